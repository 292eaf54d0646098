"""`cleaner diff --runs A B`: what changed between two runs over the same documents."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from cleaner.cli.ends import SOME_FAILED, failed, one_line, printable

if TYPE_CHECKING:
    from cleaner.render.changes import Change
    from cleaner.render.report import Report
    from cleaner.values import Result

#: so much of a change's words is printed
_SHOWN = 100
#: documents whose changes are printed; the page has all
_MOST_DOCUMENTS = 50
_MOST_CHANGES = 10
_SIGNS = {"removed now": "-", "kept now": "+", "relabelled": "~"}


def compare_runs(first: str, second: str, html: str | None, *, force: bool) -> int:
    """Prints what changed, or writes it as a page. Returns the exit code.

    Raises `RestoreError` where a run has no ledger, `OutputError` where the page cannot be written.
    """
    from cleaner.batch.runs import read_run
    from cleaner.errors import OutputError
    from cleaner.load.address import site_of
    from cleaner.render.changes import add_changes, changes
    from cleaner.render.report import Report
    from cleaner.sinks.fence import Fence

    if html is not None:
        if not force and os.path.lexists(html):
            raise OutputError(html, "exists already: --force replaces it")
        Fence([first, second], None).check_page(html)
    before: dict[str, Result] = {}
    bad = 0
    for ran in read_run(first):
        if ran.result is None:
            bad += 1
            failed(f"{first}: {ran.id}: {ran.error}")
        else:
            before[ran.id] = ran.result
    tally = _Tally()
    report = Report(changes=True)
    for ran in read_run(second):
        if ran.result is None:
            bad += 1
            before.pop(ran.id, None)
            failed(f"{second}: {ran.id}: {ran.error}")
            continue
        old = before.pop(ran.id, None)
        if old is None:
            tally.only_second.append(ran.id)
            continue
        found = changes(old, ran.result)
        tally.add(ran.id, ran.result, found)
        if found and html is not None:
            add_changes(report, ran.id, site_of(ran.id, ran.result.url), old, ran.result, found)
    tally.only_first = list(before)
    if html is not None:
        _write(html, report, tally, first, second, force=force)
    tally.show(changed_only=html is not None)
    return SOME_FAILED if bad else 0


class _Tally:
    """What changed, counted, and the beginning of it to print."""

    def __init__(self) -> None:
        self.documents = self.changed = 0
        #: label of a change -> changes, words, documents
        self.labels: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.in_documents: Counter[str] = Counter()
        self.only_first: list[str] = []
        self.only_second: list[str] = []
        self.lines: list[str] = []

    def add(self, id: str, after: Result, found: list[Change]) -> None:
        """Counts a document's changes."""
        from cleaner.render.changes import words_of

        self.documents += 1
        if not found:
            return
        self.changed += 1
        for change in found:
            self.labels[change.label] += 1
            self.words[change.label] += words_of(change, after)
        self.in_documents.update({change.label for change in found})
        if self.changed > _MOST_DOCUMENTS:
            return
        self.lines.append(one_line(id))
        for change in found[:_MOST_CHANGES]:
            words = " ".join(after.source[change.start : change.end].split())
            words = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
            why = f"{change.before.label} {change.before.reason} → {change.after.label} {change.after.reason}"
            self.lines.append(printable(f"  {_SIGNS[change.what]} {words}  {{{why}}}"))
        if len(found) > _MOST_CHANGES:
            self.lines.append(f"  … {len(found) - _MOST_CHANGES:,} more changes")

    def show(self, *, changed_only: bool) -> None:
        """Prints it: documents, then labels, then what only one run has."""
        if not changed_only:
            for line in self.lines:
                print(line)
            if self.changed > _MOST_DOCUMENTS:
                print(f"… {self.changed - _MOST_DOCUMENTS:,} more documents: --html FILE shows them")
            if self.lines:
                print()
        for label, times in sorted(self.labels.items(), key=lambda item: (-self.words[item[0]], item[0])):
            print(f"{label}: {self.words[label]:,} words, {times:,} times, in {self.in_documents[label]:,} documents")
        print(f"documents in both runs: {self.documents:,}, changed: {self.changed:,}")
        for which, ids in (("first", self.only_first), ("second", self.only_second)):
            if ids:
                shown = ", ".join(map(printable, ids[:5])) + (", …" if len(ids) > 5 else "")
                print(f"only in the {which} run: {len(ids):,} ({shown})")


def _write(html: str, report: Report, tally: _Tally, first: str, second: str, *, force: bool) -> None:
    from cleaner.render.page import report_page
    from cleaner.render.record import utf8
    from cleaner.render.visible import visible_line
    from cleaner.sinks.atomic import write_file

    note = f"From {first} to {second}: {tally.changed:,} of {tally.documents:,} documents changed."
    if tally.only_first or tally.only_second:
        note += f" {len(tally.only_first):,} are in the first run only, {len(tally.only_second):,} in the second only."
    write_file(html, utf8(report_page(report, "runs", note=visible_line(note))), replace=force)
    if report.totals.left_out:
        failed(f"{html} shows the first {len(report.rows):,} changed documents; the other {report.totals.left_out:,} are counted")
