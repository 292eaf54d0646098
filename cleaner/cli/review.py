"""`cleaner review`: a page on which a person confirms and corrects removals."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import failed, printable


def review(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder of documents, or an output folder of `cleaner clean --ledger`.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="Where the page is served; 0 for any that is free.")] = 0,
    decisions: Annotated[
        str | None, typer.Option("--decisions", metavar="FILE", help="The file that takes the decisions; decisions.jsonl in DIR.")
    ] = None,
    reviewer: Annotated[str, typer.Option("--reviewer", metavar="NAME", help="Noted with each decision.")] = "",
    browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    keep: shared.Keep = None,
    strip: shared.Strip = None,
    bias: shared.BiasOption = "balanced",
    rules: shared.RuleFiles = None,
    site_rules: shared.SiteRules = None,
    model: shared.Model = "default",
    extractor: shared.Extractor = "cleaner",
    language: shared.Language = None,
    deadline: shared.Deadline = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that clean the folder.")] = 1,
) -> None:
    """Review a folder in the browser: keep, remove, relabel. Every decision is saved at once; only this machine is served."""
    from cleaner import Cleaner
    from cleaner.batch.results import Failed, Reviewable, documents
    from cleaner.load.decisions import DECISIONS, sound, standing
    from cleaner.load.labels import removed_labels
    from cleaner.review.desk import Desk
    from cleaner.review.log import DecisionLog
    from cleaner.review.server import serve

    options = shared.cleaning_options(keep, strip, bias, rules, site_rules, model, extractor, language, deadline)
    found: list[Reviewable] = []
    for thing in documents(folder, Cleaner(options), jobs=jobs):
        if isinstance(thing, Failed):
            failed(f"{thing.id}: {thing.reason}")
        else:
            found.append(thing)
    log = DecisionLog(decisions or os.path.join(folder, DECISIONS))
    try:
        desk = Desk(found, log, removed_labels(options), sound(reviewer))

        def told(address: str) -> None:
            print(address, flush=True)
            count = len(desk.documents)
            print(
                printable(f"{count:,} document{'' if count == 1 else 's'}; decisions go to {log.path}; Ctrl-C ends"),
                file=sys.stderr,
                flush=True,
            )
            if browser:
                import webbrowser

                webbrowser.open(address)

        serve(desk, port, told)
    except KeyboardInterrupt:
        pass  # the way to end it: everything is saved already
    finally:
        log.close()
    count = len(standing(log.lines))
    if count:
        said = f"{count:,} decisions stand in {log.path}: `cleaner clean` honours them, `cleaner learn --decisions` makes rules of them"
        print(printable(said), file=sys.stderr)
