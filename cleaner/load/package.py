"""The rules that ship with the package, read from their files or, fifty times as fast, from an index made of these."""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec

from cleaner.errors import RuleError
from cleaner.load.files import DATA
from cleaner.load.frequency import FIGURES
from cleaner.load.literals import Clause
from cleaner.load.patterns import widened
from cleaner.load.program_index import write_programs
from cleaner.load.required_lists import required_lists
from cleaner.load.rules import AUTHOR_GROUP, Rule, author_pattern, load_rules
from cleaner.load.rules import _expanded as expanded
from cleaner.load.terms import expand

INDEX = DATA / "rules.index"


class _Clause(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A clause whose lists are given by their places among the index's."""

    trigger: int
    also: tuple[int, ...]
    starts: int
    ends: int


class _Index(msgspec.Struct, frozen=True):
    #: of all files that the rules are made of
    digest: str
    #: the lists of all clauses, each once: one list is part of many clauses, and each copy would cost memory
    lists: tuple[tuple[str, ...], ...]
    #: of each rule
    clauses: tuple[tuple[_Clause, ...], ...]
    #: without their examples and their clauses
    rules: tuple[Rule, ...]

    def complete(self) -> tuple[Rule, ...]:
        """The rules with their clauses."""
        triggers = {clause.trigger: frozenset(self.lists[clause.trigger]) for clauses in self.clauses for clause in clauses}
        return tuple(
            msgspec.structs.replace(rule, clauses=tuple(self._clause(clause, triggers) for clause in clauses)) if clauses else rule
            for rule, clauses in zip(self.rules, self.clauses, strict=True)
        )

    def _clause(self, clause: _Clause, triggers: dict[int, frozenset[str]]) -> Clause:
        lists = self.lists
        also = tuple([lists[place] for place in clause.also])
        return Clause(trigger=triggers[clause.trigger], also=also, starts=lists[clause.starts], ends=lists[clause.ends])


@functools.cache
def package_rules() -> tuple[Rule, ...]:
    """The rules that ship with the package, in the order of their files' names.

    Where a rule file was changed since the index was made, the files are read; `make rules` makes the index anew.
    Raises `RuleError` where two rules share an id.
    """
    try:
        index = msgspec.msgpack.decode(zlib.decompress(INDEX.read_bytes()), type=_Index)
    except (OSError, zlib.error, msgspec.DecodeError):
        index = None
    if index is not None and index.digest == rules_digest():
        return index.complete()
    return read_package_rules()


def read_package_rules() -> tuple[Rule, ...]:
    """The same rules with their examples, read from their files."""
    rules: dict[str, Rule] = {}
    for path in _rule_files():
        for rule in load_rules(path, trusted=True):
            if rule.id in rules:
                raise RuleError(path, f"this id stands in {rules[rule.id].path} too", f"rule {rule.id}")
            rules[rule.id] = msgspec.structs.replace(rule, path=path.relative_to(DATA).as_posix())
    return tuple(rules.values())


def write_index() -> None:
    """Makes the index anew."""
    rules = read_package_rules()
    places: dict[tuple[str, ...], int] = {}
    clauses = tuple(tuple(_placed(clause, places) for clause in rule.clauses) for rule in rules)
    bare = tuple(msgspec.structs.replace(rule, clauses=(), removes=(), keeps=()) for rule in rules)
    packed = msgspec.msgpack.encode(_Index(rules_digest(), tuple(places), clauses, bare), order="deterministic")
    INDEX.write_bytes(zlib.compress(packed, 9))
    write_programs(chain.from_iterable(map(_patterns, rules)))


def _patterns(rule: Rule) -> Iterator[str]:
    """What is compiled for a rule: its pattern; where it asks for digits, its lists and what is looked for first too."""
    if rule.pattern is not None:
        pattern = expanded(rule)
        yield pattern
        if AUTHOR_GROUP in rule.pattern:
            yield author_pattern(rule)
        if not rule.clauses:
            yield widened(pattern)
            yield from (expand(f"{{{name}}}") for names in required_lists(rule.pattern) for name in names)


def _placed(clause: Clause, places: dict[tuple[str, ...], int]) -> _Clause:
    """The clause, its lists put among the others where they are not there yet."""

    def place(texts: tuple[str, ...]) -> int:
        return places.setdefault(texts, len(places))

    return _Clause(
        trigger=place(tuple(sorted(clause.trigger))),
        also=tuple(map(place, clause.also)),
        starts=place(clause.starts),
        ends=place(clause.ends),
    )


def rules_digest() -> str:
    """SHA-256 of all files that the package's rules are made of, in hexadecimal."""
    hashed = hashlib.sha256()
    code = [Path(__file__).with_name(name) for name in ("frequency.py", "literals.py", "rules.py", "terms.py")]
    for path in (*code, DATA / "terms.toml", DATA / "labels.toml", FIGURES, *sorted((DATA / "languages").glob("*.toml")), *_rule_files()):
        hashed.update(f"{path.name}\0".encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _rule_files() -> list[Path]:
    return sorted((DATA / "rules").rglob("*.toml"))


if __name__ == "__main__":
    write_index()
