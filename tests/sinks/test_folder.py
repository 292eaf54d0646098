"""A folder as a sink: what an earlier run has begun is gone on with."""

from __future__ import annotations

from pathlib import Path

from cleaner.sinks.counts import Counts
from cleaner.sinks.fence import Fence
from cleaner.sinks.folder import FolderSink
from cleaner.sinks.journal import Header
from cleaner.sinks.places import Files, Finished, Place

_HEADER = Header("1", {})


def _sink(folder: Path, *, resume: bool) -> FolderSink:
    return FolderSink(str(folder), ".txt", _HEADER, Fence([], str(folder)), ledger=False, resume=resume, force=False, dry=False)


def _place(sink: FolderSink, name: str) -> Place:
    place = sink.place_records(Files(f"{name}.jsonl", name, "jsonl", None))
    assert place is not None
    return place


def _finished(place: Place, name: str, first: int, content: bytes, *, last: bool) -> Finished:
    return Finished(id=f"{name}.jsonl", place=place, content=content, first=first, count=1, last=last, counts=Counts())


def test_a_begun_file_goes_on_though_the_next_one_has_its_place_already(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    killed = _sink(folder, resume=False)
    place = _place(killed, "a")
    killed.accept(_finished(place, "a", 0, b"one\n", last=False))
    killed.accept(_finished(place, "a", 1, b"two\n", last=False))
    killed.finish(whole=False)

    resumed = _sink(folder, resume=True)
    begun = _place(resumed, "a")
    assert begun.done == 2
    following = _place(resumed, "b")  # asked for ahead, as many workers do
    assert following.done == 0
    resumed.accept(_finished(begun, "a", 2, b"three\n", last=True))
    resumed.accept(_finished(following, "b", 0, b"four\n", last=True))
    resumed.finish(whole=True)
    assert (folder / "a.jsonl").read_bytes() == b"one\ntwo\nthree\n"
    assert (folder / "b.jsonl").read_bytes() == b"four\n"
