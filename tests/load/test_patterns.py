r"""RE2 with the alphabets of all languages in `\w`, `\d` and `\s`."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cleaner.load.patterns import compile_pattern, group_finder


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("werft", "Zur WERFT", "WERFT"),
        ("münchner", "MÜNCHNER Teile", "MÜNCHNER"),
        ("(?-i:Werft)", "zur werft", None),
        (r"^\w+$", "Straßenbahnübergang", "Straßenbahnübergang"),
        (r"^\w+$", "łódź", "łódź"),
        (r"^\w+$", "駅前", "駅前"),
        (r"^\w+$", "zur Werft", None),
        (r"\W+", "für, über", ", "),
        (r"[\w-]+", "Öl-Preis", "Öl-Preis"),
        (r"[^\w]", "öä,", ","),
        (r"^\d+$", "٣٤", "٣٤"),
        (r"\D+", "12 Uhr", " Uhr"),
        (r"zur\swerft", "zur\u00a0werft", "zur\u00a0werft"),
        (r"zur\swerft", "zur\u202fwerft", "zur\u202fwerft"),
        (r"\S+", "\u00a0Öl\u00a0", "Öl"),
        (r"\bdpa\b", "(dpa)", "dpa"),
        (r"\bdpa\b", "dpal", None),
        (r"\bübrigens\b", "und übrigens", "übrigens"),
        (r"\b(über|zu)\b", "über", "über"),
        (r"café\b", "café,", "café"),
        (r"\\w", r"\w", r"\w"),
        (r"[]a]", "]", "]"),
    ],
)
def test_what_patterns_find(pattern: str, text: str, found: str | None) -> None:
    match = compile_pattern(pattern).search(text)
    assert (text[match.start() : match.end()] if match else None) == found


@pytest.mark.parametrize("pattern", ["(?=a)b", "(?<!a)b", r"(a)\1", "(a", "a{1001}{1001}", "*a", r"\p{Nonsense}"])
def test_patterns_that_cannot_be_used(pattern: str) -> None:
    with pytest.raises(ValueError, match="RE2 cannot use the pattern"):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "(a*)*b", "^(a|aa)+$", r"(\w+\s?)+$"])
def test_no_pattern_runs_away(pattern: str) -> None:
    """Thirty characters keep a backtracking engine busy for minutes; a million are nothing here."""
    assert compile_pattern(pattern).search("a" * 1_000_000 + "!") is None


def test_named_groups() -> None:
    match = compile_pattern(r"von (?P<author>\w+)(?P<more> und \w+)?").search("Von Jörg")
    assert match is not None
    assert match.groupdict() == {"author": "Jörg", "more": None}


@pytest.mark.parametrize(
    ("text", "found"), [("Wörter: von Änne und von Jo", "Änne"), ("von", None), ("", None), ("Ö \U0001f4f7 von \U0001f4f7 Ida", None)]
)
def test_a_named_group_is_found(text: str, found: str | None) -> None:
    pattern = compile_pattern(r"von (?P<author>\w+)|Ida", groups=True)
    assert group_finder(pattern, "author")(text) == found
    match = pattern.search(text)
    assert (match.groupdict()["author"] if match else None) == found
    assert group_finder(pattern, "date")(text) is None


def test_a_named_group_is_found_without_re2s_own() -> None:
    pattern = compile_pattern(r"von (?P<author>\w+)|Ida", groups=True)
    find = group_finder(SimpleNamespace(search=pattern.search, groupindex=pattern.groupindex), "author")
    assert (find("Ä von Änne"), find("Ida"), find("")) == ("Änne", None, None)
