from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import DataFileError
from cleaner.load import terms as module
from cleaner.load.patterns import compile_pattern
from cleaner.load.terms import expand, terms


@pytest.mark.parametrize("name", terms())
def test_every_list_is_a_pattern(name: str) -> None:
    compile_pattern(expand(f"{{{name}}}"))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^{agency}$", "dpa", True),
        (r"^{agency}$", "dpa-AFX", True),
        (r"^{agency}$", "dpal", False),
        (r"^{agency}$", "Japan", False),
        (r"^{picture_agency}$", "Getty Images", True),
        (r"^{picture_agency}$", "Gettysburg", False),
        (r"^{month}$", "März", True),
        (r"^{month}$", "août", True),
        (r"^{month}$", "Marsch", False),
        (r"^{weekday}$", "Donnerstag", True),
        (r"^{weekday}$", "Sonntagsruhe", False),
        (r"^{date}$", "12.03.2025", True),
        (r"^{date}$", "12. März 2025", True),
        (r"^{date}$", "March 12, 2025", True),
        (r"^{date}$", "1:0", False),
        (r"^{time}$", "14:30 Uhr", True),
        (r"^{time}$", "2.30 p.m.", True),
        (r"^{time}$", "30 Uhren", False),
        (r"^{duration}$", "2:42 min", True),
        (r"^{duration}$", "45 sec", True),
        (r"^{duration}$", "minder", False),
        (r"^(?-i:{name})$", "Petra Ahlers", True),
        (r"^(?-i:{name})$", "Margaux Le Goëllo", True),
        (r"^(?-i:{name})$", "die alte Brücke", False),
        (r"^(?-i:{upper})", "Öl", True),
        (r"^(?-i:{upper})", "öl", False),
    ],
)
def test_what_lists_hold(pattern: str, text: str, found: bool) -> None:
    assert (compile_pattern(expand(pattern)).search(text) is not None) is found


def test_a_list_that_does_not_exist() -> None:
    with pytest.raises(KeyError, match="agencies"):
        expand("{agencies}")


@pytest.mark.parametrize("pattern", [r"a{2}", r"\d{1,3}", "{", r"\{x"])
def test_counts_are_no_lists(pattern: str) -> None:
    assert expand(pattern) == pattern


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[x]\nwords = ["a"]\npattern = "a"', "terms.toml, x: write either `words` or `pattern`"),
        ("[x]\n", "terms.toml, x: write either `words` or `pattern`"),
        ('[x]\npattern = "{y}"\n[y]\npattern = "{x}"', "inserts itself: break the circle"),
    ],
)
def test_lists_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str) -> None:
    (tmp_path / "terms.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "DATA", tmp_path)
    with pytest.raises(DataFileError, match=reason):
        terms.__wrapped__()


def test_lists_hold_lists_and_the_longest_word_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "terms.toml").write_text('[both]\npattern = "the {boat}"\n[boat]\nwords = ["ferry", "ferry boat"]', encoding="utf-8")
    monkeypatch.setattr(module, "DATA", tmp_path)
    found = compile_pattern(terms.__wrapped__()["both"]).search("On the ferry boat")
    assert found is not None
    assert (found.start(), found.end()) == (3, 17)
