"""What a call of `cleaner clean` asks for."""

from __future__ import annotations

import msgspec

from cleaner.load.fields import Fields
from cleaner.values import Options


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The command line of `cleaner clean`, read and named."""

    paths: list[str]
    output: str | None
    #: what is written; None where nothing was said
    form: str | None
    options: Options
    #: of records
    fields: Fields
    #: processes
    jobs: int
    #: where a page that shows every removal is written
    report: str | None
    resume: bool
    force: bool
    ledger: bool
    #: nothing is written
    dry: bool
    drop_duplicates: bool
    quiet: bool

    @property
    def may_replace(self) -> bool:
        """Whether outputs that exist may be replaced."""
        return self.resume or self.force
