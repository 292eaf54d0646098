class NormalForms:
    """The form in which whole lines are compared (`load.rules.normalise`); `edges` are the signs that do not count at a line's edges."""

    def __init__(self, edges: str) -> None: ...
    def of(self, line: str) -> str | None:
        """The normal form of a line; None where the twin is to look: runs of white space, soft hyphens, letters with more than one form."""
