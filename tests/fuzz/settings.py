"""What a user may hand over beside documents: rules, site rules, decisions, models. All are used, or refused with a reason."""

from __future__ import annotations

import functools
import io
import itertools
import random
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.classify.document import classify
from cleaner.classify.examples import check_rule
from cleaner.classify.html_network import network
from cleaner.classify.html_page import classify_page
from cleaner.classify.model import block_model
from cleaner.classify.reviewed import Reviewed
from cleaner.classify.rules import RuleBook, lower
from cleaner.classify.sites import SiteBook
from cleaner.decide import decide, overlaid
from cleaner.errors import CleanerError
from cleaner.load.decisions import encode_line, is_decisions_file, read_decisions
from cleaner.load.files import DATA
from cleaner.load.html_model import PACKAGE_MODEL, html_weights
from cleaner.load.labels import removed_labels
from cleaner.load.model import DEFAULT_MODEL, load_text_model
from cleaner.load.rules import Rule, load_rules, select
from cleaner.load.site_rules import load_site_rules
from cleaner.parse.html import parse_html
from cleaner.parse.text import parse_text
from cleaner.values import Options, Span
from tests.cleaners import PARAGRAPHS, rules_alone
from tests.decisions import SOURCE, decision
from tests.fuzz.documents import page_seeds
from tests.fuzz.laws import advice
from tests.fuzz.target import Target, tokens
from tests.laws.strategies import LINES

_DOCUMENT = parse_text("\n".join([*LINES, *PARAGRAPHS, *LINES[::2]]))
_LOWERED = lower(_DOCUMENT.source)
_REMOVED = removed_labels(Options())


def _refused(load: Callable[[], Any]) -> Any | None:
    """What was loaded, or None where it was refused and the user told why."""
    try:
        return load()
    except CleanerError as error:
        advice(error)
        return None


def _write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def check_rules(content: bytes, folder: Path) -> None:
    """A rule file: its rules, if there are any, find what they find within the document."""
    rules: tuple[Rule, ...] | None = _refused(lambda: load_rules(_write(folder, "rules.toml", content)))
    if not rules:
        return
    book = RuleBook(select(rules, None))
    judgement = classify(_DOCUMENT, _LOWERED, book)
    _check_spans(decide(_DOCUMENT, judgement.verdicts, _REMOVED), _DOCUMENT.source)
    for rule in rules[:3]:
        check_rule(rule, book)


def check_site_rules(content: bytes, folder: Path) -> None:
    """Site rules: what is loaded comes back from its own TOML, and finds what it finds within the document."""
    rules = _refused(lambda: load_site_rules(_write(folder, "sites.toml", content)))
    if rules is None:
        return
    assert load_site_rules(_write(folder, "again.toml", rules.toml().encode())).toml() == rules.toml(), "saved and loaded, they differ"
    book = SiteBook(rules)
    for name in (None, *(site.name for site in rules.sites)):
        found = book.find(_DOCUMENT, site=name, paths=lambda: ["main > p"] * len(_DOCUMENT.blocks))
        _check_spans(decide(_DOCUMENT, found.verdicts, _REMOVED), _DOCUMENT.source)
    rules.merged(rules).relearned(rules).toml()


def check_decisions(content: bytes, folder: Path) -> None:
    """Decisions: what stands is laid over a document, and its spans still tile it."""
    path = _write(folder, "decisions.jsonl", content)
    is_decisions_file(path)
    decisions = _refused(lambda: read_decisions([path]))
    if decisions is None:
        return
    reviewed = Reviewed(decisions)
    spans = rules_alone().clean_text(SOURCE).spans
    for site in (None, "oberau"):
        verdicts = reviewed.verdicts(SOURCE, site=site)
        assert all(0 <= verdict.start < verdict.end <= len(SOURCE) for verdict in verdicts)
        assert all(one.end <= other.start for one, other in itertools.pairwise(verdicts)), "verdicts overlap"
        _check_spans(overlaid(SOURCE, spans, verdicts, _REMOVED), SOURCE)


def check_model(content: bytes, folder: Path) -> None:
    """A model: used, or refused as a whole. What does not begin like an archive says which arrays of the shipped ones to spoil, and how."""
    if not content.startswith(b"PK"):
        content = _spoiled(zlib.crc32(content))
    path = str(_write(folder, "model.npz", content))
    for forget in (load_text_model, html_weights, block_model, network):
        forget.cache_clear()
    judgement = classify(_DOCUMENT, _LOWERED, RuleBook([]))
    verdicts = _refused(lambda: list(block_model(path).verdicts(_DOCUMENT, judgement, "balanced")))
    if verdicts is not None:
        _check_spans(decide(_DOCUMENT, verdicts, _REMOVED), _DOCUMENT.source)
    page = parse_html(page_seeds()[-1])
    model = _refused(lambda: network(path))
    if model is not None:
        judged = classify_page(page, lower(page.document.source), RuleBook([]), model)
        _check_spans(decide(page.document, judged, _REMOVED), page.document.source)


def _spoiled(number: int) -> bytes:
    """A model with one array or two of another shape, kind, or of other numbers."""
    chance = random.Random(number)
    arrays = dict(_arrays(chance.choice((DEFAULT_MODEL, PACKAGE_MODEL))))
    for _ in range(chance.randrange(1, 3)):
        name = chance.choice(sorted(arrays))
        array = arrays[name]
        arrays[name] = chance.choice(_SPOILERS)(array, chance)
    packed = io.BytesIO()
    np.savez(packed, **arrays)
    return packed.getvalue()


def _with_one_other(array: Any, value: float) -> Any:
    other = array.copy()
    if other.size and other.dtype.kind in "iuf":
        limits = np.iinfo(other.dtype) if other.dtype.kind in "iu" else None
        other.flat[other.size // 2] = value if limits is None else int(min(max(value if value == value else 0, limits.min), limits.max))
    return other


_SPOILERS: tuple[Callable[[Any, random.Random], Any], ...] = (
    lambda array, chance: array[: array.shape[0] // 2] if array.ndim else array.reshape(1),
    lambda array, chance: np.concatenate([array, array]) if array.ndim else np.array([array, array]),
    lambda array, chance: array.reshape(-1),
    lambda array, chance: array[None],
    lambda array, chance: array.T,
    lambda array, chance: array[:0] if array.ndim else np.zeros(0),
    lambda array, chance: array.astype(str) if array.dtype.kind != "V" else array,
    lambda array, chance: array.astype(np.complex128) if array.dtype.kind in "iufb" else np.array(1j),
    lambda array, chance: np.zeros(array.shape, dtype="V4"),
    lambda array, chance: np.array("2020-01-01", dtype="M8[D]"),
    lambda array, chance: _with_one_other(array, chance.choice((-1, 1 << 40, float("nan"), float("inf"), -float("inf"), 1e-300, 0, 127))),
    lambda array, chance: np.zeros_like(array),
    lambda array, chance: np.array(b"\xff\xfe"),
)


@functools.cache
def _arrays(path: Path) -> dict[str, Any]:
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _check_spans(spans: Sequence[Span], source: str) -> None:
    at = 0
    for span in spans:
        assert span.start == at < span.end, "spans do not tile the source"
        assert 0 <= span.score <= 1, "a score beyond 0 to 1"
        at = span.end
    assert at == len(source)


_RULES = """[[rule]]
id = "own-ferry"
label = "promotion"
languages = ["en", "*"]
line = '^(ferry|boat) (tickets?|times) (online|here)\\b.{0,20}$'
max_words = 9
position = "after"
removes = ["Ferry tickets online"]
keeps = ["The ferry tickets were sold online, the board said on Monday."]

[[rule]]
id = "own-credit"
label = "photo_credit"
languages = ["*"]
span = '\\(Bild: (?P<residue>[A-ZÄÖÜ][\\w ]{2,30})\\)'
at = "end"
score = 0.8
removes = ["Er ging. ⟦(Bild: Grete Holl)⟧"]
keeps = ["Das Bild: ein Boot."]

[[rule]]
id = "own-tail"
label = "teaser_list"
languages = ["de"]
sections = ["Mehr davon", "Lesetipp der Woche"]
until = "prose"
removes = ["Mehr davon\\nBoot sinkt"]
keeps = ["Mehr davon wünschen sich alle."]

[[rule]]
id = "own-beside"
label = "caption"
languages = ["*"]
neighbour = { previous = ["photo_credit", "none"], next = ["prose"] }
lines = ["Im Hafen", "{agency}"]
digits = false
min_words = 1
removes = ["Im Hafen"]
keeps = ["Im Hafen lag ein Boot."]
"""
_SITES = """version = 1

[[site]]
name = "herald.example"
documents = 12

[[site.line]]
id = "herald.example/3fa9c1d2"
text = "Read {number} more in {any} Herald"
label = "promotion"
where = "inside"
max_words = 12
seen = 9
examples = ["Read 3 more in the Herald"]

[[site.line]]
id = "herald.example/3fa9c1d3"
text = "Share this article"
label = "share"
off = true

[[site.selector]]
id = "herald.example/9"
path = "div#main > article.story > p"
holds = "body"
label = "body"
seen = 12

[[site]]
name = "unnamed-kurier"
"""


def _decisions() -> Sequence[bytes]:
    lines = [
        decision("Lesetipp der Woche", nth=1),
        decision("Lesetipp der Woche", scope="identical", label="teaser_list"),
        decision("(Bild: Grete Holl)", label="photo_credit", scope="site", site="oberau"),
        decision(
            "Am Montag beginnen die Arbeiten", "keep", "body", body="Der Rat von Oberau hat beschlossen, die alte Schleuse zu erhalten."
        ),
    ]
    undo = b'{"kind":"undo","key":"key-u","time":"2026-03-01T11:00:00.000000Z","undoes":"' + lines[0].key.encode() + b'"}'
    return [b"".join(encode_line(line) + b"\n" for line in lines), b"\n".join([*map(encode_line, lines[1:]), undo, b""])]


def _models() -> Sequence[bytes]:
    small = io.BytesIO()
    arrays: dict[str, Any] = {
        "format": np.array(1),
        "text.labels": np.array(["body"]),
        "html.version": np.array([1]),
        "html.labels": np.zeros(3, np.uint8),
    }
    np.savez(small, **arrays)
    return [small.getvalue(), *(bytes([number]) * 4 for number in range(12))]


def _rule_seeds() -> Sequence[bytes]:
    return [
        _RULES.encode(),
        *(path.read_bytes()[:6_000].rpartition(b"[[rule]]")[0] for path in sorted((DATA / "rules").rglob("*.toml"))[::6]),
    ]


_TOML = tokens("= [ ] [[ ]] { } ''' \"\"\" # true false 1979-05-27 0x1 inf nan 1_0 [[rule]] \\n")
RULES = Target(
    _rule_seeds,
    (
        *_TOML,
        *tokens(
            "id label languages line= span= section= sections= lines= words= neighbour removes keeps at until position digits",
            "sentence score",
            "min_words= max_words= (?P<residue> (?: (?i) (?= (?! (?<= \\1 \\b \\w \\d \\s \\W \\x{41} \\p{L} \\pN \\Q \\A \\z",
            "{agency} {date} {x} {2,} {0,1000}",
            "{1000}{1000} * + ? *? ++ (a+)+ (a|a)* | ^ $ . [^] [[:alpha:]] [a-z] [z-a] [] \\ (((((((( )))))))) ⟦ ⟧ prose none body de *",
        ),
    ),
    check_rules,
    40,
)
SITES = Target(
    lambda: [_SITES.encode()],
    (
        *_TOML,
        *tokens(
            "[[site]] [[site.line]] [[site.selector]] name= {number} {any} {any}{any} seen=0 documents=-1 where= max_words=-1 path= > ."
        ),
    ),
    check_site_rules,
    100,
)
DECISIONS = Target(
    _decisions,
    tokens(
        '"kind":"undo" "scope":"identical" "scope":"site" "start":0 "end":9999999 "text":"" "time":null "landmarks":[] "was":[1]',
        "{} [[ null \\ud800",
        "0 1 e a der",
    ),
    check_decisions,
    100,
)
MODEL = Target(
    _models,
    tokens(
        "NUMPY text.words.table.npy html.l1.weight.npy 'descr':_'|O' 'descr':_'<f8' 'shape':_(99999999,) 'shape':_(-1,)",
        "'fortran_order':_True PK",
    ),
    check_model,
    4,
)
