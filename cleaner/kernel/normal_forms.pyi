from collections.abc import Callable, Mapping, Sequence
from typing import Literal

class NormalForms:
    """The form in which whole lines are compared (`load.rules.normalise`); `edges` are the signs that do not count at a line's edges."""

    def __init__(self, edges: str) -> None: ...
    def of(self, line: str) -> str | None:
        """The normal form of a line; None where the twin is to look: runs of white space, soft hyphens, letters with more than one form."""
    def look_up(
        self,
        texts: Sequence[str],
        words: Sequence[int],
        most: tuple[int, int, int, int],
        phrases: Mapping[str, object],
        listed: Mapping[str, object],
        of_twin: Callable[[str], str],
    ) -> list[tuple[str, bool] | Literal[False] | None]:
        """What a look-up says of lines (`classify.line_rules.LineRules.look_up`, where its twin is).

        Parameters: `texts` and `words` are lists; `most` are the most words of a line, the most characters of a line and of one that is
        looked up, and the most words of one that rules without a literal look at; `phrases` and `listed` are dicts; `of_twin` gives the
        normal form of any line.
        """
