"""What `cleaner learn` makes of reviewers' decisions: site rules corrected by them, and rules for all documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.load.decisions import Decision
    from cleaner.load.rules import RuleTable
    from cleaner.load.site_rules import SiteRules


class Taught:
    """Decisions, and the rules for all documents that follow from them.

    Parameters: `user_rules` is where these are to be written, or None.
    """

    def __init__(self, decisions: Sequence[Decision] | None, user_rules: str | None) -> None:
        self.user_rules = user_rules
        self._decisions = decisions
        self._rules: tuple[RuleTable, ...] = ()
        if decisions:
            from cleaner.learning.user_rules import user_rules as made

            self._rules = made(decisions)

    @classmethod
    def read(cls, files: Sequence[str], user_rules: str | None, *, force: bool) -> Taught:
        """Reads decisions files; with none of them nothing is corrected.

        Raises `DataFileError` for a file that is none, `OptionError` where rules are wanted and there is nothing to make them of,
        `OutputError` where they would replace a file of another kind.
        """
        if user_rules is not None:
            _check(user_rules, files, force=force)
        if not files:
            return cls(None, user_rules)
        from cleaner.load.decisions import read_decisions

        return cls(read_decisions(files), user_rules)

    def corrected(self, old: SiteRules, learned: SiteRules) -> SiteRules:
        """What was learned, as the decisions correct it, with what a user did to the rules of before."""
        if self._decisions is None:
            return old.relearned(learned)
        from cleaner.learning.reviewed_sites import with_decisions

        return old.relearned(with_decisions(learned, self._decisions), reviewed=True)

    def write(self) -> None:
        """Writes the rules for all documents, where they are wanted."""
        if self.user_rules is not None:
            from cleaner.learning.user_rules import rules_toml
            from cleaner.sinks.atomic import write_file

            write_file(self.user_rules, rules_toml(self._rules).encode(), replace=True)

    def tell(self, rules: SiteRules) -> None:
        """Says what the decisions came to."""
        if self._decisions is None:
            return
        lines = sum(rule.reviewed and not rule.off for site in rules.sites for rule in site.line)
        everywhere = sum(len(rule.lines) or 1 for rule in self._rules)
        print(f"decisions: {len(self._decisions):,}\nlines decided on: {lines:,}", file=sys.stderr)
        hint = "" if self.user_rules is not None or not everywhere else " (--user-rules FILE writes them)"
        print(f"lines for all documents: {everywhere:,}{hint}", file=sys.stderr)


def _check(path: str, files: Sequence[str], *, force: bool) -> None:
    from cleaner.errors import OptionError, OutputError
    from cleaner.learning.user_rules import FIRST_LINE

    if not files:
        raise OptionError("user-rules", path, "there are no decisions to make rules of: name them with --decisions FILE")
    if force or not os.path.isfile(path):
        return
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            first = file.readline(len(FIRST_LINE))
    except OSError as error:
        raise OutputError(path, f"cannot be read ({error.strerror or error})") from error
    if first != FIRST_LINE:
        raise OutputError(path, "holds something else than rules from decisions: name another file, or replace it with --force")
