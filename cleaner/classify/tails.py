"""Labels for sections: their heading, and the tail beneath it, as far as the structure removed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.classify.shape import Shapes, is_run_together
from cleaner.classify.structure import Structure
from cleaner.load.rules import Rule
from cleaner.values import Document, Verdict

#: in a section's tail these lines keep their own label; dates, kickers, credits there belong to the whole
OWN_LABEL_IN_TAIL = frozenset(
    {"share", "legal", "navigation", "consent", "promotion", "comments", "advert", "paywall", "editorial_note", "author_bio"}
)
#: these do where they may be this article's own
OF_ITS_OWN = frozenset({"timestamp", "byline", "caption", "photo_credit", "media", "artifact"})
#: what menus are made of
CHROME = frozenset({"navigation", "legal", "consent", "section"})
#: what stands beneath each title of a teaser list, never in a menu
BENEATH_TITLES = frozenset({"timestamp", "byline", "photo_credit"})
#: a title of another article has so many words or more
TITLE_WORDS = 5
#: a menu's entry has so many at the most; the middle one of all is looked at
ENTRY_WORDS = 3
#: so many short lines are a menu where rules know a third of them as a menu's, or topics where they end the list
FEW_LINES = 3
KNOWN_SHARE = 3
#: lines of which so many are numbers are a table, or pages
FIGURES_SHARE = 4
PAGE_DIGITS = 3
#: the heading is known by its words, what stands beneath it only by where it stands: the model may know better
SURE_IN_TAIL = 0.85


def label_tails(document: Document, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> None:
    """Gives section headings and the lines beneath them their section's label, in `taken`."""
    tail: list[int] = []
    for block, rule in enumerate((*structure.section, None)):
        if rule is None and not tail:
            continue
        if tail and (rule is None or structure.is_opener[block] or rule is not structure.section[tail[-1]]):
            _label_tail(document, shapes, structure, tail, taken)
            tail = []
        if rule is not None and not structure.content[block]:
            tail.append(block)


def _label_tail(document: Document, shapes: Shapes, structure: Structure, tail: list[int], taken: dict[int, Verdict]) -> None:
    rule = structure.section[tail[0]]
    assert rule is not None
    others = _no_teasers(document, shapes, structure, tail, taken) if rule.label == "teaser_list" else {}
    for block in tail:
        own = taken.get(block)
        if own is not None and (own.label in OWN_LABEL_IN_TAIL or (own.label in OF_ITS_OWN and not _belongs(rule, block, structure))):
            continue
        score = rule.score if structure.is_opener[block] else min(rule.score, SURE_IN_TAIL)
        taken[block] = _by_rule(document, block, rule, others.get(block, rule.label), score)


def _belongs(rule: Rule, block: int, structure: Structure) -> bool:
    """Whether dates and names in this section's tail are other articles': not above the body, nor under topics."""
    return rule.label != "section" and block >= structure.first


def _by_rule(document: Document, block: int, rule: Rule, label: str, score: float) -> Verdict:
    where = document.blocks[block]
    return Verdict(where.start, where.end, label, f"rule:{rule.id}", score)


def _no_teasers(document: Document, shapes: Shapes, structure: Structure, tail: list[int], taken: dict[int, Verdict]) -> dict[int, str]:
    """The lines beneath a teaser list's heading that are rather a menu's entries, topics or page numbers: titles are longer."""
    lines = [block for block in tail if not structure.is_opener[block]]
    labels: dict[int, str] = {}
    for stretch in _between_titles(shapes, lines, taken):
        label = _short_lines_label(document, shapes, structure, stretch, lines, taken)
        if label:
            labels |= dict.fromkeys(stretch, label)
    for block in lines:
        if _is_page_number(document, block):
            labels[block] = "navigation"
        elif is_run_together(document.texts[block]):
            labels[block] = "section"
    return labels


def _between_titles(shapes: Shapes, lines: Sequence[int], taken: dict[int, Verdict]) -> Iterator[list[int]]:
    """The runs of lines of a tail that are no titles."""
    stretch: list[int] = []
    for block in lines:
        if shapes.words[block] >= TITLE_WORDS and (block not in taken or taken[block].label not in CHROME):
            if stretch:
                yield stretch
            stretch = []
        else:
            stretch.append(block)
    if stretch:
        yield stretch


def _short_lines_label(
    document: Document, shapes: Shapes, structure: Structure, stretch: Sequence[int], lines: Sequence[int], taken: dict[int, Verdict]
) -> str | None:
    own = [taken[block].label for block in stretch if block in taken]
    if any(label in BENEATH_TITLES for label in own):
        return None
    known = sum(label in CHROME for label in own)
    middle = sorted(shapes.words[block] for block in stretch)[len(stretch) // 2]
    if middle > ENTRY_WORDS:
        return None
    if len(stretch) >= FEW_LINES and known * KNOWN_SHARE >= len(stretch):
        return "navigation"
    figures = sum(document.texts[block].isdecimal() for block in stretch)
    if len(stretch) >= FEW_LINES and figures * FIGURES_SHARE >= len(stretch):
        return "navigation"
    is_first, is_last = stretch[0] == lines[0], stretch[-1] == lines[-1]
    if is_last and not is_first and len(stretch) >= FEW_LINES:
        return "navigation" if known else "section"
    return "navigation" if is_first and is_last and stretch[0] < structure.first else None


def _is_page_number(document: Document, block: int) -> bool:
    """Whether a line is a number that the line above or below counts on from."""
    text = document.texts[block]
    if not text.isdecimal() or len(text) > PAGE_DIGITS:
        return False
    around = {document.texts[at] for at in (block - 1, block + 1) if 0 <= at < len(document.texts)}
    return bool(around & {str(int(text) - 1), str(int(text) + 1)})
