"""A folder's documents, cleaned: from a run's ledger where the folder holds one, else cleaned now."""

from __future__ import annotations

import os
from collections.abc import Iterator

import msgspec

from cleaner.batch.run import run
from cleaner.batch.runs import read_run
from cleaner.batch.work import Manner, Outcome
from cleaner.errors import InputError
from cleaner.load.address import site_of
from cleaner.pipeline import Cleaner
from cleaner.sinks.fence import Fence
from cleaner.sinks.folder import LEDGER
from cleaner.sinks.single import NoSink
from cleaner.sources.folders import Found, Input, Unusable, find
from cleaner.values import Result


class Reviewable(msgspec.Struct, frozen=True):
    """A document, cleaned, and where it belongs."""

    id: str
    #: host of its address, or the folder it lies in; empty where neither is known
    site: str
    #: what the cleaner says of it, without any reviewer's decision of now
    result: Result


class Failed(msgspec.Struct, frozen=True):
    """A document that cannot be cleaned, or read back."""

    id: str
    reason: str


def documents(folder: str, cleaner: Cleaner, *, jobs: int = 1) -> Iterator[Reviewable | Failed]:
    """The documents of a folder, in a fixed order.

    Raises `InputError` where the folder is none.
    """
    if not os.path.isdir(folder):
        raise InputError(f"{folder}: is no folder: name the folder of documents, or of a run's output")
    if os.path.isfile(os.path.join(folder, LEDGER)):
        for ran in read_run(folder):
            yield Reviewable(ran.id, site_of(ran.id, ran.result.url), ran.result) if ran.result else Failed(ran.id, ran.error or "")
        return
    watch = _Watch()
    fence = Fence([folder], None)
    run(cleaner, _inside(folder, find([folder], fence.passed)), NoSink(".txt"), Manner(dry=True, results=True), jobs=jobs, watch=watch)
    yield from watch.seen


def _inside(folder: str, found: Iterator[Found]) -> Iterator[Found]:
    """What was found, without what links lead to outside the folder."""
    root = os.path.join(os.path.realpath(folder), "")
    for thing in found:
        if isinstance(thing, Input) and thing.path is not None and not os.path.realpath(thing.path).startswith(root):
            yield Unusable(thing.path, "leads out of the folder, and is not followed")
        else:
            yield thing


class _Watch:
    """Gathers what a run makes."""

    def __init__(self) -> None:
        self.seen: list[Reviewable | Failed] = []

    def failed(self, name: str, reason: str) -> None:
        """A document cannot be read."""
        self.seen.append(Failed(name, reason))

    def cleaned(self, outcome: Outcome) -> None:
        """A document is cleaned."""
        self.seen += [Reviewable(id, site_of(id, result.url), result) for id, result in outcome.results]

    def skipped(self, name: str, reason: str) -> None:
        """Passed over: no document."""

    def done_before(self, name: str, size: int) -> None:
        """Does not happen: nothing is resumed."""

    def passed(self, size: int) -> None:
        """How far the run is; nobody watches."""

    def note(self, text: str) -> None:
        """Does not happen: nothing is written."""
