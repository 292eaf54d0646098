"""`cleaner evaluate` counts as ../shared/bench/score.py does. Skipped where that is not there."""

from __future__ import annotations

import itertools

import msgspec

from cleaner.learning.documents import Labelled
from cleaner.learning.measures import measure, source_of
from tests.cleaners import rules_alone
from tests.gold.bench import bench, reads_gold

pytestmark = reads_gold

#: every sixth document: all languages and sites of all kinds are among them
_STEP = 6


def test_every_measure_of_a_document_is_the_same() -> None:
    for gold in itertools.islice(bench("gold").labelled(), 0, None, _STEP):
        document = msgspec.convert({"id": gold["doc"], **{name: gold[name] for name in ("site", "lines", "labels", "spans")}}, Labelled)
        spans = rules_alone().clean_text(source_of(document)).spans
        wanted = bench("scores").labelled_scores(spans, gold)
        score = measure(document, spans)
        assert (score.precision, score.recall, score.f1) == (wanted["keep_P"], wanted["keep_R"], wanted["keep_F1"]), document.id
        assert (score.words_lost, score.words_left) == (wanted["lost"], wanted["left"])
        assert (score.content_lines, score.content_lines_lost) == (wanted["content_lines"], wanted["content_lines_lost"])
        assert (score.spans_seen, score.spans_found) == (wanted["span_seen"], wanted["span_found"])
        assert (score.spans_right, score.spans_wrong) == (wanted["span_right"], wanted["span_wrong"])
        tallies = {label: [tally.lines, tally.removed, tally.right, tally.near] for label, tally in score.tallies.items()}
        assert tallies == wanted["labels"], document.id


def test_groups_of_near_labels_are_the_same() -> None:
    from cleaner.load.labels import labels

    groups: dict[str, set[str]] = {}
    for name, label in labels().items():
        if not label.content:
            groups.setdefault(label.group, set()).add(name)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, bench("scores").NEAR))
