"""Labelled documents of our own invention, enough to train and to measure on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_PLACES = ("Tarnwick", "Oakmere", "Selby Quay", "Marrow Hill", "Dunfold", "Erlach", "Pendle Cross", "Withern")
_PEOPLE = ("Edith Marlowe", "Tom Aldous", "Petra Ahlers", "Ines Karlow", "Noel Brandt", "Rosa Tiller", "Hugh Ferris", "Mara Lindt")
_SUBJECTS = ("night ferry", "old bridge", "town library", "harbour crane", "market hall", "tram depot", "salt mill", "public baths")


def documents() -> list[dict[str, Any]]:
    """Two articles from each of eight sites, as they stand in a file of labelled documents."""
    return [_article(number, half) for number in range(len(_PLACES)) for half in (0, 1)]


def write(path: Path, written: list[dict[str, Any]]) -> Path:
    """Writes documents to a file, one a line."""
    path.write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in written), encoding="utf-8")
    return path


def _article(number: int, half: int) -> dict[str, Any]:
    place, person, subject = _PLACES[number], _PEOPLE[(number + half) % 8], _SUBJECTS[(number + 3 * half) % 8]
    other, next_subject = _PEOPLE[(number + 5) % 8], _SUBJECTS[(number + 2) % 8]
    rows = [
        ("section", "News" if half else f"{place} and around"),
        ("headline", f"Council keeps the {subject}"),
        ("byline", f"By {person}"),
        ("timestamp", f"{3 + number} March 2025, 1{number}:30"),
        ("share", "Share this article"),
        (
            "body",
            f"The council of {place} voted on Thursday to keep the {subject} for another two years, after a debate of five hours "
            "in which the fishermen, the hotel owners and the bus company each asked for something else.",
        ),
        (
            "body",
            f"Nobody had expected the vote to be close. {other}, who chairs the council, had twice called the {subject} a museum "
            "that happens to stand in the way, and the crew had painted her words on its door the next morning.",
        ),
        ("caption", f"The {subject} of {place} in the morning. Photo: {person}"),
        (
            "body",
            f"What changed her mind was a list of names. A nurse had written down everyone who came by the {subject} in January, "
            "and there were four hundred of them, most of whom had no other way home from the hospital.",
        ),
        ("promotion", "Sign up for our newsletter and get the news of the coast every morning"),
        (
            "body",
            f"The work begins on the first of May. Until then the {subject} stays open at the weekend, weather permitting, and "
            f"the council has promised to publish the number of visitors every month. ({person[:2].lower()})",
        ),
        ("teaser_list", "More on this"),
        ("teaser_list", f"How {place} pays for its {next_subject}"),
        ("teaser_list", f"{other}: why I left the council"),
        ("comments", f"{2 + number} comments"),
        ("legal", f"© 2025 The {place} Herald. All rights reserved"),
    ]
    lines = [line for _, line in rows]
    last = lines[10]
    return {
        "id": f"herald-{number}/{half}",
        "site": f"herald-{number}.example",
        "language": "en",
        "lines": lines,
        "labels": [label for label, _ in rows],
        "spans": [[10, last.index("("), len(last), "agency_credit"]],
    }
