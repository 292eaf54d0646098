"""The package's patterns compiled for the kernel, from an index of them, or compiled when asked for.

Compiling a pattern takes milliseconds, finding it in the index some microseconds. An entry is found by the pattern's own digest, so an old
index is slow and never wrong.
"""

from __future__ import annotations

import functools
import hashlib
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from cleaner.kernel import COMPILED
from cleaner.load.files import DATA

if COMPILED:
    from cleaner.kernel.matcher import Program, Trie

INDEX = DATA / "programs.index"
_CODE = (
    "letter_case.py",
    "node_texts.py",
    "packed_tries.py",
    "pattern_nodes.py",
    "pattern_starts.py",
    "programs.py",
    "sign_classes.py",
    "translation.py",
    "terms.py",
)


class _Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    code: bytes
    #: places of its tries among the index's
    tries: tuple[int, ...]
    has_places: bool


class _Index(msgspec.Struct, frozen=True, array_like=True):
    #: of the code that compiled them
    digest: str
    #: digest of a pattern -> its entry, compressed
    programs: dict[bytes, bytes]
    #: compressed; one list is part of many patterns
    tries: tuple[bytes, ...]


def program_of(pattern: str, otherwise: Callable[[bytes], object]) -> tuple[Program, bool] | None:
    """The program of a pattern, and whether it may be asked for places too; None where the pattern is left to RE2.

    Parameters: lists must have been inserted into `pattern`; `otherwise` answers for texts that are too long.
    """
    if not COMPILED:
        return None
    index = _index()
    packed = index.programs.get(_key(pattern)) if index else None
    if packed is not None:
        entry = msgspec.msgpack.decode(zlib.decompress(packed), type=_Entry)
        return Program(entry.code, tuple(map(_trie_of_index, entry.tries)), otherwise), entry.has_places
    # What compiles is slow to import, and the package's patterns do without.
    from cleaner.load.programs import compiled_program

    compiled = compiled_program(pattern)
    if compiled is None:
        return None
    return Program(compiled.code, tuple(map(_trie, compiled.tries)), otherwise), compiled.has_places


@functools.cache
def _index() -> _Index | None:
    try:
        index = msgspec.msgpack.decode(INDEX.read_bytes(), type=_Index)
    except (OSError, msgspec.DecodeError):
        return None
    return index if index.digest == code_digest() else None


@functools.lru_cache(maxsize=4096)
def _trie(packed: bytes) -> Trie:
    return Trie(packed)


@functools.cache
def _trie_of_index(place: int) -> Trie:
    index = _index()
    assert index is not None
    return Trie(zlib.decompress(index.tries[place]))


def _key(pattern: str) -> bytes:
    return hashlib.blake2b(pattern.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def code_digest() -> str:
    """SHA-256 of the code that compiles patterns, and of the order of bytes in numbers, in hexadecimal."""
    hashed = hashlib.sha256(sys.byteorder.encode())
    for name in _CODE:
        hashed.update(Path(__file__).with_name(name).read_bytes())
    return hashed.hexdigest()


def write_programs(patterns: Iterable[str]) -> None:
    """Makes the index anew.

    Parameters: `patterns` are those of the package's rules, their lists inserted.
    """
    from cleaner.load.programs import compiled_program

    tries: dict[bytes, int] = {}
    programs: dict[bytes, bytes] = {}
    for pattern in sorted(set(patterns)):
        compiled = compiled_program(pattern)
        if compiled is None:
            continue
        places = tuple(tries.setdefault(trie, len(tries)) for trie in compiled.tries)
        programs[_key(pattern)] = zlib.compress(msgspec.msgpack.encode(_Entry(compiled.code, places, compiled.has_places)), 9)
    index = _Index(code_digest(), programs, tuple(zlib.compress(trie, 9) for trie in tries))
    INDEX.write_bytes(msgspec.msgpack.encode(index))
