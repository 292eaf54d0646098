from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import DataFileError, RuleError
from cleaner.load.rules import load_rules, normalise, select
from cleaner.pipeline import Cleaner
from cleaner.values import Options

_EXAMPLES = 'removes = ["Zur Werft"]\nkeeps = ["Der Weg führt zur Werft."]'
_GOOD = f'[[rule]]\nid = "t-yard"\nlabel = "advert"\nlanguages = ["*"]\nline = "zur werft"\n{_EXAMPLES}\n'


def _table(body: str, *, label: str = "advert", languages: str = '["*"]', examples: str = _EXAMPLES) -> str:
    return f'[[rule]]\nid = "t-yard"\nlabel = "{label}"\nlanguages = {languages}\n{body}\n{examples}\n'


_BROKEN = {
    "numbers for rules": ("rule = [1, 2]\n", "rule 1", "Expected `object`"),
    "nested beyond the stack": ("rule = " + "[" * 5_000, None, "is nested too deeply"),
    "a number of thousands of digits": ("rule = " + "9" * 5_000, None, "is no valid TOML"),
    "a count beyond all counts": (_table('line = "werft{99999999999999999999}"'), "rule t-yard", "the pattern is not valid"),
    "brackets beyond the stack": (_table(f'line = "{"(" * 3_000}werft{")" * 3_000}"'), "rule t-yard", "too many brackets"),
    "a pattern without end": (_table(f'line = "werft {"a" * 20_000}"'), "rule t-yard", "more than 10,000"),
    "a character that stands for a list": (_table('line = "werft \U000f0000"'), "rule t-yard", "private sign"),
    "no TOML": ("[[rule]\n", None, "is no valid TOML"),
    "no rules": ("", None, "a rule file holds [[rule]] tables and nothing else"),
    "something else": ("version = 1\n" + _GOOD, None, "a rule file holds [[rule]] tables and nothing else"),
    "one table": ('[rule]\nid = "x"\n', None, "a rule file holds [[rule]] tables and nothing else"),
    "no id": ('[[rule]]\nlabel = "advert"\n', "rule 1", "missing required field `id`"),
    "second without id": (_GOOD + '[[rule]]\nlabel = "advert"\n', "rule 2", "missing required field `id`"),
    "id of a wrong type": ("[[rule]]\nid = 3\n", "rule 1", "Expected `str`, got `int`"),
    "same id": (_GOOD + _GOOD, "rule t-yard", "this id stands twice"),
    "no examples": (_table('line = "zur werft"', examples=""), "rule t-yard", "missing required field `removes`"),
    "no keeps": (_table('line = "zur werft"', examples='removes = ["x"]\nkeeps = []'), "rule t-yard", "fill both lists"),
    "no removes": (_table('line = "zur werft"', examples='removes = []\nkeeps = ["x"]'), "rule t-yard", "fill both lists"),
    "unknown label": (_table('line = "zur werft"', label="ad"), "rule t-yard", "no label 'ad'; there are body, lead"),
    "no language": (_table('line = "zur werft"', languages="[]"), "rule t-yard", "languages is empty"),
    "misspelt key": (_table('line = "zur werft"\nmax_word = 3'), "rule t-yard", "unknown field `max_word`"),
    "wrong type": (_table('line = "zur werft"\nmax_words = "3"'), "rule t-yard", "Expected `int"),
    "unknown position": (_table('line = "zur werft"\nposition = "top"'), "rule t-yard", "Invalid enum value 'top'"),
    "nothing to look at": (_table(""), "rule t-yard", "a rule looks at one thing"),
    "two things to look at": (_table('line = "zur werft"\nwords = ["werft"]'), "rule t-yard", "a rule looks at one thing"),
    "span without at": (_table('span = "zur werft"'), "rule t-yard",
    "`at` (\"start\", \"end\" or \"anywhere\") belongs to every span rule"),
    "line with at": (_table('line = "zur werft"\nat = "end"'), "rule t-yard", "belongs to every span rule, and to no other"),
    "line with until": (_table('line = "zur werft"\nuntil = "end"'), "rule t-yard", "`until` belongs to section rules only"),
    "unknown until": (_table('section = "zur werft"\nuntil = "body"'), "rule t-yard", "Invalid enum value 'body'"),
    "span with neighbour": (
        _table('span = "zur werft"\nat = "end"\nneighbour = { next = ["prose"] }'),
        "rule t-yard",
        "`neighbour` goes with line, lines and words, or alone",
    ),
    "sign that stands for a list": (_table('line = "zur \U000f0002"'), "rule t-yard", "private sign beyond U+EFFFF"),
    "such a sign, escaped": (_table(r"line = 'zur \U000F0002'"), "rule t-yard", "private sign beyond U+EFFFF"),
    "unknown neighbour": (_table('neighbour = { next = ["picture"] }'), "rule t-yard", "neighbour names no labels: picture"),
    "unknown side": (_table('neighbour = { after = ["prose"] }'), "rule t-yard", "unknown field `after`"),
    "score over 1": (_table('line = "zur werft"\nscore = 95'), "rule t-yard", "score 95.0 is not between 0 and 1"),
    "open bracket": (_table('line = "(zur werft"'), "rule t-yard", "the pattern is not valid"),
    "look-ahead": (_table('line = "zur (?=werft)"'), "rule t-yard", "no look-around"),
    "look-behind": (_table('line = "(?<=zur) werft"'), "rule t-yard", "no look-around"),
    "back reference": (_table(r"line = '(zur) werft \1'"), "rule t-yard", "no back references"),
    "unknown list": (_table('line = "{agencies} zur werft"'), "rule t-yard", "{agencies} is no list of terms.toml"),
    "no literal": (_table(r"line = '\d+ \w+'"), "rule t-yard", "the pattern has no literal that every match contains"),
    "a way without literal": (_table(r"line = '(werft|\d+) \w*'"), "rule t-yard", "the pattern has no literal"),
    "literal of one letter": (_table(r"line = 'a\d+'"), "rule t-yard", "the pattern has no literal"),
    "digits, but long lines": (_table(r"line = '^\d+ \w+$'" + "\ndigits = true\nmax_words = 13"), "rule t-yard", "max_words of at most 12"),
    "line of digits": (_table('lines = ["12"]'), "rule t-yard", "every number would equal it"),
    "empty line": (_table('lines = ["  "]'), "rule t-yard", "a text of digits alone, or none"),
    "heading of digits": (_table('sections = ["Mehr", "2025"]'), "rule t-yard", "every number would equal it"),
}  # fmt: skip


@pytest.mark.parametrize("name", _BROKEN)
def test_a_broken_file_is_named_with_rule_and_reason(tmp_path: Path, name: str) -> None:
    text, part, reason = _BROKEN[name]
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_rules(path)
    error = caught.value
    assert error.path == str(path)
    assert error.part == part
    assert reason in error.reason
    assert str(error).startswith(f"{path}{f', {part}' if part else ''}: ")
    assert isinstance(error, RuleError) == (part is not None)


def test_a_cleaner_refuses_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(_table('line = "zur (?=werft)"'), encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine\.toml, rule t-yard"):
        Cleaner(Options(rules=(str(path),)))


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "cannot be read: No such file"), (b"# \xe4", "is not UTF-8 .byte 2.: save it as UTF-8")]
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataFileError, match=reason):
        load_rules(path)


@pytest.mark.parametrize(
    "body",
    [
        'line = "zur werft"',
        'lines = ["Zur Werft", "12 Werften"]',
        'words = ["werft", "dock"]\ndigits = true',
        "line = '^\\d+ \\w+$'\ndigits = true\nmax_words = 12",
        'span = "zur werft"\nat = "end"',
        'section = "zur werft"\nuntil = 5',
        'sections = ["Mehr zur Werft"]\nuntil = "blank"',
        'neighbour = { previous = ["photo_credit"], next = ["none", "prose"] }',
        'line = "zur werft"\nneighbour = { next = ["caption"] }',
        'line = "^© "',
        'line = "(werft|dock) {date}"',
    ],
)
def test_usable_rules(tmp_path: Path, body: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(_table(body), encoding="utf-8")
    [rule] = load_rules(path)
    assert rule.id == "t-yard"
    assert (rule.label, rule.languages, rule.path) == ("advert", frozenset("*"), str(path))
    assert len(rule.removes) + len(rule.keeps) == 2


@pytest.mark.parametrize(
    ("line", "same", "other"),
    [
        ("Mehr zum Thema", "» MEHR ZUM THEMA:", "Mehr zu diesem Thema"),
        ("12 Kommentare", "3 Kommentare", "Kommentare"),
        ("Don’t miss", "don't miss", "dont miss"),
        ("Foto: dpa", "foto: dpa.", "Foto dpa"),
        ("Read  more", "Read\u00a0more →", "Readmore"),
        ("Abon\u00adnieren Sie jetzt", "Abonnieren Sie jetzt!", "Abonnieren Sie nun"),
        ("—", " — ", "–"),
    ],
)
def test_whole_lines_are_compared_by_what_is_read(line: str, same: str, other: str) -> None:
    assert normalise(line) == normalise(same)
    assert normalise(line) != normalise(other)


def test_languages_choose_rules(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        "".join(
            _table('line = "zur werft"', languages=code).replace("t-yard", name)
            for name, code in (("de", '["de"]'), ("any", '["*"]'), ("fr", '["fr", "it"]'))
        ),
        encoding="utf-8",
    )
    rules = load_rules(path, trusted=True)
    assert [rule.id for rule in select(rules, "it")] == ["any", "fr"]
    assert [rule.id for rule in select(rules, "pl")] == ["any"]
    assert [rule.id for rule in select(rules, None)] == ["de", "any", "fr"]
    assert [rule.id for rule in select(load_rules(path), "pl")] == ["de", "any", "fr"], "the user's own rules are for every text"
