import numpy as np
import numpy.typing as npt

from cleaner.classify.candidates import Possible
from cleaner.kernel.anchors import Anchors
from cleaner.kernel.tries import Trie

class Candidates:
    """The literals, and beginnings and endings of lines, that rules ask for (`classify.candidates`).

    Parameters: `literals` are those that point to clauses; `starts` and `endings` (backwards) are UTF-8; `texts` are the literals that
    sets have; `rules` is how many rules there are. No array is empty. `clauses` has for each clause its rule, what that looks at (0 a
    line, or a part of one: 1 at its start, 2 at its end, 3 anywhere), its fewest and most words, whether the line must have a digit and be
    a sentence (1 yes, 0 no, -1 either), its reach, its set of endings (or -1), and from where to where in `needed` the sets of literals
    stand of each of which the line must hold one. Set number n is what `members` has from `sets[n]` to `sets[n + 1]`: pairs of the number
    of a text, or an ending, and what `anchors.groups_of` says of that text. In the same way `triggers_from` and `triggers` say which
    clauses each literal points to: pairs of four times the clause, 1 more where a word must end with it, 2 more where one must begin with
    it, and of what the clause looks at and four times its most words, or its reach. `started_from` and `started` say which clauses each
    beginning points to.
    """

    def __init__(
        self,
        literals: Anchors,
        starts: Trie,
        endings: Trie,
        texts: list[str],
        rules: int,
        clauses: npt.NDArray[np.int32],
        needed: npt.NDArray[np.int32],
        sets: npt.NDArray[np.int32],
        members: npt.NDArray[np.int32],
        triggers_from: npt.NDArray[np.int32],
        triggers: npt.NDArray[np.int32],
        started_from: npt.NDArray[np.int32],
        started: npt.NDArray[np.int32],
    ) -> None: ...
    def find(self, lows: list[str], texts: list[tuple[str, bool] | None], words: list[int], ends: list[bool]) -> list[Possible]: ...
