"""Decisions files: what reviewers said of spans, one JSON line each, read and merged."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from cleaner.errors import DataFileError
from cleaner.load.labels import labels

#: what the review page calls its file, in the folder that is reviewed
DECISIONS = "decisions.jsonl"

Verdict: TypeAlias = Literal["keep", "remove"]
#: this document alone; every span with the same words; every document of the same site
Scope: TypeAlias = Literal["document", "identical", "site"]

#: characters of the source kept on either side of a decided span, to find it again
_CONTEXT = 60
#: so many of a document's longest sentences are remembered, to know it again when it has changed
_LANDMARKS = 8
#: a shorter sentence may stand in any document
_SHORTEST_LANDMARK = 20
#: bytes of a file's first line that are looked at to know it; a decision holds the words it is on
_LONGEST_FIRST_LINE = 1 << 26
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\n\r\x0b\x0c\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="decision", tag_field="kind"):
    """What a reviewer said of a span."""

    #: of its own in all the world, so that files can be merged
    key: str
    #: when it was taken: ISO 8601, UTC, to the microsecond
    time: str
    #: the document, as the reviewed folder calls it
    id: str
    #: SHA-256 of the document's source in UTF-8
    digest: str
    #: where the span stood, in code points of that source
    start: int
    end: int
    #: the words of the span
    text: str
    #: what stood before and behind it
    before: str
    after: str
    verdict: Verdict
    #: what the span is: a label of content for `keep`, of residue for `remove`
    label: str
    scope: Scope = "document"
    #: host of the document's address, or the folder it lies in; empty where neither is known
    site: str = ""
    #: digests of the document's longest sentences
    landmarks: tuple[str, ...] = ()
    #: what the cleaner had said: label, reason and score
    was: tuple[str, str, float] | None = None
    reviewer: str = ""


class Undo(msgspec.Struct, frozen=True, kw_only=True, tag="undo", tag_field="kind"):
    """A decision taken back."""

    key: str
    time: str
    #: the decision's key
    undoes: str


Line: TypeAlias = Decision | Undo
_decoder = msgspec.json.Decoder(Line)


def read_decisions(paths: Iterable[str | os.PathLike[str]]) -> tuple[Decision, ...]:
    """The decisions that stand, of one file or of several merged, the latest last.

    Order and number of the files do not matter, nor whether one decision is in two of them. A torn last line, which a crash leaves
    behind, is passed over.
    Raises `DataFileError` for a file that cannot be read, or a line that is no decision.
    """
    return standing(line for path in paths for line in read_lines(path))


def read_lines(path: str | os.PathLike[str]) -> list[Line]:
    """All lines of one file, in the file's order. Raises as `read_decisions` does."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise DataFileError(os.fspath(path), f"cannot be read: {error.strerror or error}") from error
    lines: list[Line] = []
    for number, line in enumerate(content.split(b"\n")[:-1], 1):
        if not line.strip():
            continue
        try:
            lines.append(_checked(_decoder.decode(line)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = f"is no decision ({error}): `cleaner review` writes these files; mend or delete the line"
            raise DataFileError(os.fspath(path), reason, f"line {number}") from error
        except ValueError as error:
            raise DataFileError(os.fspath(path), f"{error}: mend or delete the line", f"line {number}") from error
    return lines


def is_decisions_file(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins like one that `cleaner review` writes: others may bear the name too."""
    try:
        with open(path, "rb") as file:
            _decoder.decode(file.readline(_LONGEST_FIRST_LINE))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def standing(lines: Iterable[Line]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, the latest last."""
    decisions: dict[str, Decision] = {}
    undone: set[str] = set()
    for line in lines:
        if isinstance(line, Undo):
            undone.add(line.undoes)
        else:
            decisions[line.key] = line
    return tuple(sorted((one for key, one in decisions.items() if key not in undone), key=lambda decision: (decision.time, decision.key)))


def encode_line(line: Line) -> bytes:
    """A line of a decisions file, without its line break."""
    return msgspec.json.encode(line)


def anchors(source: str, start: int, end: int) -> tuple[str, str, str]:
    """A span's words, and what stands before and behind them, as a decision holds them."""
    text = sound(source)
    return text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]


def digest_of(source: str) -> str:
    """What a decision calls a document's source."""
    return hashlib.sha256(sound(source).encode()).hexdigest()


def landmarks_of(text: str) -> tuple[str, ...]:
    """Digests of the longest sentences of a text, by which it is known again when some of it has changed."""
    found = sorted(set(sentences(text)), key=lambda sentence: (-len(sentence), sentence))
    return tuple(map(landmark, found[:_LANDMARKS]))


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text that are long enough to be a landmark, white space evened."""
    pieces = (" ".join(piece.split()) for piece in _SENTENCE_END.split(text))
    return [piece for piece in pieces if len(piece) >= _SHORTEST_LANDMARK]


def landmark(sentence: str) -> str:
    """The digest of a sentence."""
    return hashlib.blake2b(sound(sentence).encode(), digest_size=8).hexdigest()


def sound(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, so of the same length: no file in UTF-8 can hold these."""
    return _SURROGATE.sub("\ufffd", text)


def check_label(verdict: Verdict, label: str) -> str | None:
    """Why a verdict cannot go with a label, or None."""
    known = labels().get(label)
    if known is None:
        return f"there is no label {label!r}; there are {', '.join(labels())}"
    if known.content != (verdict == "keep"):
        fitting: Sequence[str] = [name for name, one in labels().items() if one.content == (verdict == "keep")]
        return f"what is to {'stay' if verdict == 'keep' else 'go'} cannot be {label!r}; give one of {', '.join(fitting)}"
    return None


def _checked(line: Line) -> Line:
    if isinstance(line, Decision):
        wrong = check_label(line.verdict, line.label)
        if wrong:
            raise ValueError(wrong)
        if not (0 <= line.start < line.end and line.end - line.start == len(line.text)):
            raise ValueError("start and end do not fit the text")
    return line
