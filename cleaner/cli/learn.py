"""`cleaner learn`: the rules of sites, from their pages."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, UNUSABLE, failed
from cleaner.cli.taught import Taught
from cleaner.load.fields import Fields

if TYPE_CHECKING:
    from cleaner.learning.inputs import Read
    from cleaner.learning.learner import Learner
    from cleaner.learning.near_duplicates import Duplicate
    from cleaner.load.site_rules import SiteRules
    from cleaner.pipeline import Cleaner

#: documents after which what was learned is written to `--state`
_EVERY = 20_000


def learn(
    paths: shared.Paths,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The site rule file; one that exists is learned anew, with what you did to it kept."
        ),
    ],
    state: Annotated[
        str | None,
        typer.Option(
            "--state", metavar="FILE", help="What was learned so far: the same command goes on after an interrupt, or with new documents."
        ),
    ] = None,
    duplicates: Annotated[
        str | None, typer.Option("--duplicates", metavar="FILE.jsonl", help="Where to list documents that are nearly the same as another.")
    ] = None,
    decisions: Annotated[
        list[str] | None,
        typer.Option(
            "--decisions",
            metavar="FILE|none",
            help="What reviewers decided: it corrects the rules. Repeatable; without it, decisions.jsonl in a named folder.",
        ),
    ] = None,
    user_rules: Annotated[
        str | None,
        typer.Option("--user-rules", metavar="FILE.toml", help="Where to write rules for all documents, made from the decisions."),
    ] = None,
    model: Annotated[
        str, typer.Option("--model", metavar="FILE|default|none", help="The model that is asked about some pages of each site; or none.")
    ] = "default",
    text_field: shared.TextField = None,
    html_field: shared.HtmlField = None,
    id_field: shared.IdField = None,
    url_field: shared.UrlField = None,
    site_field: shared.SiteField = None,
    force: Annotated[bool, typer.Option("--force", help="Forget existing rule files and state.")] = False,
    quiet: shared.Quiet = False,
) -> None:
    """Learn what the pages of each site have in common, for `cleaner clean --site-rules FILE`."""
    shared.refuse_empty(output=output, state=state, duplicates=duplicates, user_rules=user_rules, model=model)
    taught = Taught.read(shared.decisions_for(decisions, paths, quiet=quiet), user_rules, force=force)
    fields = Fields(text=text_field, html=html_field, id=id_field, url=url_field, site=site_field)
    raise typer.Exit(_learn(paths, output, state, duplicates, taught, model, fields, force=force, quiet=quiet))


def _learn(
    paths: list[str],
    output: str,
    state: str | None,
    duplicates: str | None,
    taught: Taught,
    model: str,
    fields: Fields,
    *,
    force: bool,
    quiet: bool,
) -> int:
    from cleaner.errors import OutputError
    from cleaner.learning.learn import viewer
    from cleaner.learning.learner import Learner
    from cleaner.load.site_rules import SiteRules, load_site_rules
    from cleaner.sinks.fence import Fence

    fence = Fence(paths, None)
    for written in filter(None, (output, state, duplicates, taught.user_rules)):
        if os.path.isdir(written):
            raise OutputError(written, "is a folder: name a file")
        fence.check(written)
    # Read before the work begins: an unusable file is told at once.
    old = load_site_rules(output) if os.path.lexists(output) and not force else SiteRules()
    learner = Learner.load(state) if state is not None and os.path.lexists(state) and not force else Learner()
    before = learner.documents
    interrupted = False
    try:
        failures, found = _read(paths, fence, learner, viewer(None if model == "none" else model), fields, state, quiet=quiet)
    except KeyboardInterrupt:
        interrupted, failures, found = True, 0, True
    if not found:
        return UNUSABLE
    if state is not None:
        learner.save(state)
    if interrupted:
        failed("interrupted" + ("; the same command goes on" if state is not None else "; with --state FILE it could go on"))
        return INTERRUPTED
    rules = taught.corrected(old, learner.rules())
    rules.save(output)
    taught.write()
    doubled = learner.duplicates()
    if duplicates is not None:
        _write(duplicates, doubled)
    if not quiet:
        _summary(learner, before, rules, doubled, failures)
        taught.tell(rules)
    return SOME_FAILED if failures else 0


def _read(
    paths: list[str], fence: object, learner: Learner, cleaner: Cleaner | None, fields: Fields, state: str | None, *, quiet: bool
) -> tuple[int, bool]:
    """Gives all documents to the learner. Returns how many could not be read, and whether anything that was named could."""
    import msgspec

    from cleaner.learning.inputs import Unread, documents_of
    from cleaner.sinks.names import Ids
    from cleaner.sources.folders import Input, Skipped, Unusable, find
    from cleaner.values import Options

    def say(text: str) -> None:
        if not quiet:
            print(text, file=sys.stderr)

    ids = Ids()
    failures = unusable = read = 0
    for thing in find(paths, fence.passed):  # type: ignore[attr-defined]
        if isinstance(thing, Skipped):
            if thing.told and not quiet:
                failed(f"{thing.path} {thing.reason}; skipped")
            continue
        if isinstance(thing, Unusable):
            failed(f"{thing.path}: {thing.reason}")
            unusable += thing.usage
            failures += 1
            continue
        assert isinstance(thing, Input)
        file = ids.give(thing.id)
        named = msgspec.structs.replace(thing, id=file)
        for found in documents_of(named, fields, max_chars=Options().max_chars, say=say, wanted=lambda id: not learner.has_read(id)):
            read += 1
            if isinstance(found, Unread):
                failed(f"{found.name}: {found.reason}")
                failures += 1
            else:
                failures += not _add(learner, found, cleaner, found.source.id if found.number is None else ids.give(found.source.id or ""))
            if state is not None and read % _EVERY == 0:
                learner.save(state)
        read += 1
    return failures, read > 0 or unusable == 0


def _add(learner: Learner, found: Read, cleaner: Cleaner | None, id: str | None) -> bool:
    """Gives a document to the learner that has not read it; tells and returns False where it cannot be read."""
    from cleaner.errors import CleanerError
    from cleaner.learning.learn import add

    assert id is not None
    if learner.has_read(id):
        return True
    try:
        add(learner, found.source, cleaner, id=id, folder=found.folder, kind=found.kind)
    except CleanerError as error:
        failed(f"{id}: {error}")
        return False
    return True


def _write(path: str, duplicates: list[Duplicate]) -> None:
    import msgspec

    from cleaner.sinks.atomic import write_file

    write_file(path, b"".join(msgspec.json.encode(duplicate) + b"\n" for duplicate in duplicates), replace=True)


def _summary(learner: Learner, before: int, rules: SiteRules, duplicates: list[Duplicate], failures: int) -> None:
    lines = sum(not rule.off for site in rules.sites for rule in site.line)
    selectors = sum(not rule.off for site in rules.sites for rule in site.selector)
    rows = [
        ("documents", f"{learner.documents:,}" + (f" ({before:,} from the state)" if before else "")),
        ("failed", f"{failures:,}"),
        ("sites with rules", f"{len(rules.sites):,}"),
        ("lines", f"{lines:,}"),
        ("selectors", f"{selectors:,}"),
        ("near duplicates", f"{len(duplicates):,}"),
    ]
    for name, value in rows:
        print(f"{name}: {value}", file=sys.stderr)
