"""The desk: documents, decisions, and what the decisions make of the documents. Knows nothing of HTTP."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from cleaner.batch.results import Reviewable
from cleaner.classify.reviewed import Reviewed
from cleaner.decide import overlaid
from cleaner.errors import InputError
from cleaner.load.decisions import (
    Decision,
    Scope,
    Undo,
    Verdict,
    anchors,
    check_label,
    digest_of,
    landmark,
    landmarks_of,
    sentences,
    standing,
)
from cleaner.render.page import report_page
from cleaner.render.report import MOST_DOCUMENTS, Report
from cleaner.render.risk import word_count
from cleaner.render.sheets import Row, Text, pieces_of
from cleaner.review.log import DecisionLog
from cleaner.values import Result


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reviewer says of a span."""

    #: place of the document on the desk
    document: int
    #: in code points of its source
    start: int
    end: int
    verdict: Verdict
    label: str
    scope: Scope = "document"


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of the tables that grow a page has."""

    labels: int = 0
    reasons: int = 0
    groups: int = 0


class Taken(msgspec.Struct, frozen=True):
    """Where a decision stood that was taken back."""

    document: int
    start: int


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a page needs to be up to date again."""

    version: int
    #: place and row of each document that has changed
    rows: list[tuple[int, Row]]
    #: what was added to the tables since
    added: dict[str, list[Any]] = {}
    undone: Taken | None = None


class Desk:
    """Documents under review.

    Parameters: `documents` are shown in their order, no more than a browser can hold; `log` takes the decisions; `removed_labels` are
    the labels that go; `reviewer` is noted with each decision.
    """

    def __init__(self, documents: Iterable[Reviewable], log: DecisionLog, removed_labels: frozenset[str], reviewer: str = "") -> None:
        self._log, self._removed, self._reviewer = log, removed_labels, reviewer
        self.documents: list[Reviewable] = []
        #: documents that are beyond what a browser can hold
        self.left_out = 0
        self._book = Reviewed(standing(log.lines))
        self._by_digest: dict[str, list[int]] = {}
        #: landmark -> documents that have it: one decided on is known again in another version of itself
        self._having: dict[str, list[int]] = {}
        self._report = Report()
        for document in documents:
            if len(self.documents) >= MOST_DOCUMENTS:
                self.left_out += 1
                continue
            self._by_digest.setdefault(digest_of(document.result.source), []).append(len(self.documents))
            for mark in set(map(landmark, sentences(document.result.source))):
                self._having.setdefault(mark, []).append(len(self.documents))
            self.documents.append(document)
            self._report.add(document.id, self._result(document), document.site)
        # What the page asks for is made when it is asked for.
        shown = len(self._report.rows)
        self._report.texts.clear()
        self.left_out += len(self.documents) - shown
        del self.documents[shown:]
        #: by version: the documents that changed then
        self._changed: list[list[int]] = []

    @property
    def version(self) -> int:
        """Counts the changes."""
        return len(self._changed)

    def close(self) -> None:
        """Closes the log."""
        self._log.close()

    def page(self) -> str:
        """The review page as it is now."""
        note = f"{self.left_out:,} more documents are not shown: review the folder in parts." if self.left_out else None
        return report_page(self._report, "review", note=note, version=self.version)

    def text(self, number: int) -> Text:
        """A document's text with the decisions laid over it.

        Raises `InputError` for a number that no document has.
        """
        result = self._result(self._document(number))
        return self._report.text(result.source, pieces_of(result))

    def decide(self, request: Request) -> Answer:
        """Takes a decision: it is on disk when this returns.

        Raises `InputError` for one that cannot be taken, `OutputError` where it cannot be written.
        """
        document = self._document(request.document)
        source = document.result.source
        start, end = request.start, request.end
        if not 0 <= start < end <= len(source) or not source[start:end].strip():
            raise InputError(f"from {start} to {end} there are no words in {document.id}: reload the page")
        wrong = check_label(request.verdict, request.label)
        if wrong:
            raise InputError(wrong)
        if request.scope == "site" and not document.site:
            raise InputError(f"no site is known for {document.id}: decide for the document, or for all identical spans")
        start += len(source[start:end]) - len(source[start:end].lstrip())
        end = start + len(source[start:end].strip())
        text, before, after = anchors(source, start, end)
        was = next((span for span in document.result.spans if span.start <= start < span.end), None)
        decision = Decision(
            key=secrets.token_hex(8),
            time=_now(),
            id=document.id,
            digest=digest_of(source),
            start=start,
            end=end,
            text=text,
            before=before,
            after=after,
            verdict=request.verdict,
            label=request.label,
            scope=request.scope,
            site=document.site,
            landmarks=landmarks_of(document.result.text) or landmarks_of(source),
            was=(was.label, was.reason, was.score) if was else None,
            reviewer=self._reviewer,
        )
        self._log.append(decision)
        return self._answer(self._touch(decision))

    def undo(self) -> Answer:
        """Takes the latest decision back that stands. Nothing happens where none does."""
        latest = next(reversed(standing(self._log.lines)), None)
        if latest is None:
            return self._answer([])
        self._log.append(Undo(key=secrets.token_hex(8), time=_now(), undoes=latest.key))
        touched = self._touch(latest)
        here = self._by_digest.get(latest.digest)
        answer = self._answer(touched)
        return msgspec.structs.replace(answer, undone=Taken(here[0], latest.start)) if here else answer

    def changes(self, since: int) -> Answer:
        """What has changed since a version."""
        touched = {number for numbers in self._changed[max(0, since) :] for number in numbers}
        return self._answer(sorted(touched))

    def grown(self, answer: Answer, known: Known) -> Answer:
        """The answer with what a page's tables lack."""
        report = self._report
        tables: dict[str, Sequence[Any]] = {
            "labels": report.labels[known.labels :],
            "reasons": report.reasons[known.reasons :],
            "groups": report.groups[known.groups :],
            "groupDocuments": report.group_documents[known.groups :],
        }
        return msgspec.structs.replace(answer, added={name: list(rows) for name, rows in tables.items() if rows})

    def _document(self, number: int) -> Reviewable:
        if not 0 <= number < len(self.documents):
            raise InputError(f"there is no document {number} on the desk: reload the page")
        return self.documents[number]

    def _result(self, document: Reviewable) -> Result:
        result = document.result
        verdicts = self._book.verdicts(result.source, url=result.url, site=document.site)
        if not verdicts:
            return result
        spans = overlaid(result.source, result.spans, verdicts, self._removed)
        text = "".join([result.source[span.start : span.end] for span in spans if span.kept])
        return msgspec.structs.replace(result, spans=spans, text=text)

    def _touch(self, decision: Decision) -> list[int]:
        """Reckons anew what a decision, given or taken back, can have changed."""
        self._book = Reviewed(standing(self._log.lines))
        touched = {number for mark in decision.landmarks for number in self._having.get(mark, ()) if number < len(self.documents)}
        touched.update(self._by_digest.get(decision.digest, ()))
        if decision.scope != "document":
            for number, document in enumerate(self.documents):
                is_meant = decision.scope == "identical" or document.site == decision.site
                if is_meant and decision.text in document.result.source:
                    touched.add(number)
        for number in touched:
            document = self.documents[number]
            result = self._result(document)
            self._report.rows[number] = self._report.row(
                document.id, document.site, result, tuple(pieces_of(result)), word_count(result.source), word_count(result.text)
            )
        self._changed.append(sorted(touched))
        return sorted(touched)

    def _answer(self, numbers: Iterable[int]) -> Answer:
        return Answer(self.version, [(number, self._report.rows[number]) for number in numbers])


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
