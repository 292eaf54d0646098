"""Decisions made by hand, for the tests."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec

from cleaner.load.decisions import Decision, Line, Scope, Verdict, anchors, digest_of, encode_line, landmarks_of

_numbers = itertools.count(1)

SOURCE = """Wochenblatt Oberau
Der Rat von Oberau hat am Dienstag beschlossen, die alte Schleuse zu erhalten, weil sie dicht ist.
Lesetipp der Woche
Gebaut wurde sie von einem Müller, dessen Name im Kirchenbuch steht, sagte die Archivarin Grete Holl. (Bild: Grete Holl)
Am Montag beginnen die Arbeiten, und bis zum Herbst soll das Tor wieder schließen.
Lesetipp der Woche
"""


def decision(
    words: str,
    verdict: Verdict = "remove",
    label: str = "promotion",
    *,
    source: str = SOURCE,
    nth: int = 0,
    scope: Scope = "document",
    site: str = "",
    id: str = "oberau/schleuse.txt",
    body: str | None = None,
) -> Decision:
    """A decision on the nth place where words stand in a source. Each is later than those made before it.

    `body` is what stays of the source, where that is not all of it: by this the document is known again.
    """
    start = -1
    for _ in range(nth + 1):
        start = source.index(words, start + 1)
    text, before, after = anchors(source, start, start + len(words))
    number = next(_numbers)
    return Decision(
        key=f"key-{number:06}",
        time=f"2026-03-01T10:00:00.{number:06}Z",
        id=id,
        digest=digest_of(source),
        start=start,
        end=start + len(words),
        text=text,
        before=before,
        after=after,
        verdict=verdict,
        label=label,
        scope=scope,
        site=site,
        landmarks=landmarks_of(source if body is None else body),
    )


def write(path: Path, *lines: Line) -> Path:
    """A decisions file."""
    path.write_bytes(b"".join(encode_line(line) + b"\n" for line in lines))
    return path


def with_other_key(one: Decision, key: str) -> Decision:
    """The same decision, taken by somebody else."""
    return msgspec.structs.replace(one, key=key)
