from __future__ import annotations

import zlib

import msgspec
import pytest

from cleaner.errors import RuleError
from cleaner.load import package
from cleaner.load.package import INDEX, package_rules, read_package_rules, rules_digest


def test_the_index_is_fresh() -> None:
    index = msgspec.msgpack.decode(zlib.decompress(INDEX.read_bytes()))
    assert index["digest"] == rules_digest(), "the rules changed: run `make rules`"


def test_the_index_holds_what_the_files_hold() -> None:
    bare = tuple(msgspec.structs.replace(rule, removes=(), keeps=()) for rule in read_package_rules())
    assert tuple(msgspec.structs.replace(rule, removes=(), keeps=()) for rule in package_rules()) == bare


def test_ids_begin_with_their_folder() -> None:
    for rule in read_package_rules():
        assert rule.id.startswith(f"{rule.path.split('/')[1]}-"), f"{rule.path}: {rule.id}"


def test_rules_of_a_language_lie_in_its_folder() -> None:
    for rule in read_package_rules():
        folder = rule.path.split("/")[1]
        assert rule.languages & ({"*"} if folder == "any" else {folder, "*"}), rule.id


def test_two_files_with_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    path = package._rule_files()[0]
    monkeypatch.setattr(package, "_rule_files", lambda: [path, path])
    with pytest.raises(RuleError, match=r"this id stands in .* too"):
        read_package_rules()
