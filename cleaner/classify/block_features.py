"""What the model sees of a block besides its words: its looks and place, and what the rules say of it. Nothing here is learned."""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.classify.document import Judgement
from cleaner.classify.fixed_point import Floats
from cleaner.classify.rules import strongest
from cleaner.kernel import COMPILED
from cleaner.load.labels import labels
from cleaner.load.unspaced import narrowed
from cleaner.values import Document

#: so many words from a block's start and end are read; a paragraph's middle says little more
HEAD_WORDS, TAIL_WORDS = 16, 8
ROLES = ("paragraph", "heading", "list_item", "table_row", "quote", "code")
#: what a character at a block's edge is, by its class; anything else is 0
_LAST = {character: number for number, group in enumerate((".", "?", "!", ":", ",;", "…", "\"'“”«»„’", ")]"), 1) for character in group}
_FIRST = {character: number for number, group in enumerate(("\"'“”«»„‚", "([", "-–—•*·", "©@#"), 1) for character in group}
_LAST_CLASSES, _FIRST_CLASSES = 11, 8
#: reasons of verdicts that are no rule's, as numbers
_JUDGES = {"structure": 2, "duplicate": 3}
#: characters whose classes are remembered
_MOST_CHARACTERS = 4_096
_SIGNS = ("|", "©", "@", "/", "»", "›", "€", "$", "%", "http", "?", "!", ":", "“", "„", '"', "(", "…", ",")
#: numbers of a block, in this order, before its signs and its categories
NUMBERS = (
    "words", "characters", "mean_word", "ends", "prose", "content", "evidence", "before", "after", "score", "by_rule", "by_structure",
    "by_duplicate", "span_removed", "opener", "from_start", "from_end", "place", "gap_before", "gap_after", "repeated", "repeats",
    "title_words", "capital_words", "sentence_inside", "glued", "count",
)  # fmt: skip
#: numbers are rounded to multiples of this, further than the last bits in which machines differ
_GRID = 2.0**-12
#: categories of a block, each followed by its number of values
_LABEL_CATEGORIES = ("verdict", "line_rule", "hint", "section")


def width() -> int:
    """The number of features."""
    return len(NUMBERS) + len(_SIGNS) + _FIRST_CLASSES + _LAST_CLASSES + len(ROLES) + len(_LABEL_CATEGORIES) * (len(labels()) + 1)


def block_features(document: Document, judgement: Judgement, *, room: int = 0, compiled: bool = COMPILED) -> Floats:
    """The features of every block: blocks × (`width()` + `room`), multiples of a power of two.

    Parameters: `judgement` is what rules and structure say of the same document; `room` are features that are 0, for others
    to be written; `compiled` says whether the kernel writes them.
    """
    names = {name: number for number, name in enumerate(labels(), 1)}
    count = len(document.blocks)
    # Signs of full width mean what the narrow ones do.
    texts = [narrowed(text) or text for text in document.texts] if judgement.shapes.unspaced else list(document.texts)
    # A feature's values stand side by side while they are written, which is faster.
    dense = np.zeros((width() + room, count))
    (_write_compiled if compiled else _write)(dense, document, judgement, texts, names)
    return dense.T


def _write(dense: Floats, document: Document, judgement: Judgement, texts: list[str], names: dict[str, int]) -> None:
    """Writes features × blocks; `texts` are the blocks' with signs of full width in their narrow forms."""
    count = len(texts)
    categories = [
        [_first(text[0]) for text in texts],
        [_last(text[-1]) for text in texts],
        [_role(block.role) for block in document.blocks],
    ]
    sizes = [_FIRST_CLASSES, _LAST_CLASSES, len(ROLES)]
    for values in _label_categories(judgement, count, names):
        categories.append(values)
        sizes.append(len(names) + 1)
    for row, numbers in enumerate(_numbers(document, judgement, texts)):
        dense[row] = numbers
    dense[: len(NUMBERS)] = np.rint(dense[: len(NUMBERS)] / _GRID) * _GRID
    together = "\n".join(texts)
    for row, sign in enumerate(_SIGNS, len(NUMBERS)):
        if sign in together:
            dense[row] = [sign in text for text in texts]
    starts = np.cumsum([len(NUMBERS) + len(_SIGNS), *sizes[:-1]])
    dense[np.array(categories) + starts[:, None], np.arange(count)] = 1.0


def _write_compiled(dense: Floats, document: Document, judgement: Judgement, texts: list[str], names: dict[str, int]) -> None:
    from cleaner.kernel import looks

    structure, blocks, count = judgement.structure, document.blocks, len(texts)
    scores, judges, removed = [0.0] * count, [0] * count, [0.0] * count
    for block, verdict in judgement.taken.items():
        scores[block] = verdict.score
        judges[block] = _JUDGES.get(verdict.reason, 1)
    for block, length in _span_characters(document, judgement).items():
        removed[block] = length / len(document.texts[block])
    looks.numbers(
        document.source, [block.start for block in blocks], [block.end for block in blocks], list(document.texts),
        judgement.shapes.words, judgement.shapes.ends, structure.prose, structure.content, structure.evidence, structure.is_opener,
        scores, judges, removed, structure.first, structure.last, document.glued, _GRID, dense,
    )  # fmt: skip
    looks.signs(texts, _SIGNS, _FIRST, _LAST, _FIRST_CLASSES, dense)
    roles = len(NUMBERS) + len(_SIGNS) + _FIRST_CLASSES + _LAST_CLASSES
    of_labels = roles + len(ROLES)
    looks.categories(
        [[_role(block.role) for block in blocks], *_label_categories(judgement, count, names)],
        [roles, *range(of_labels, of_labels + len(_LABEL_CATEGORIES) * (len(names) + 1), len(names) + 1)],
        dense,
    )


def _numbers(document: Document, judgement: Judgement, narrow: Sequence[str]) -> list[npt.ArrayLike]:
    """One column of numbers for each of `NUMBERS`; `narrow` are the blocks' texts with signs of full width in their narrow forms."""
    shapes, structure, taken = judgement.shapes, judgement.structure, judgement.taken
    source, blocks, texts = document.source, document.blocks, document.texts
    count = len(blocks)
    places = np.arange(count)
    words, characters = np.array(shapes.words), np.array([len(text) for text in texts])
    gaps = [1.0]
    gaps += [float(source.count("\n", before.end, after.start) > 1) for before, after in itertools.pairwise(blocks)]
    gaps.append(1.0)
    score, by_rule, by_structure, by_duplicate = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
    for block, verdict in taken.items():
        score[block] = verdict.score
        column = by_structure if verdict.reason == "structure" else by_duplicate if verdict.reason == "duplicate" else by_rule
        column[block] = 1.0
    removed = np.zeros(count)
    for block, length in _span_characters(document, judgement).items():
        removed[block] = length / characters[block]
    copies = Counter(texts)
    first = {text: block for block, text in zip(reversed(range(count)), reversed(texts), strict=True)}
    upper = [text.isupper() for text in texts]
    return [
        np.log1p(words) / 3,
        np.log1p(characters) / 5,
        np.minimum(characters / words, 20) / 8,
        shapes.ends,
        structure.prose,
        structure.content,
        np.clip(structure.evidence, -4, 4) / 2,
        places < structure.first,
        places >= structure.last,
        score,
        by_rule,
        by_structure,
        by_duplicate,
        removed,
        structure.is_opener,
        np.log1p(places) / 4,
        np.log1p(places[::-1]) / 4,
        places / count,
        gaps[:-1],
        gaps[1:],
        [first[text] < block for block, text in enumerate(texts)],
        [copies[text] > 1 for text in texts],
        [is_upper or text.istitle() for is_upper, text in zip(upper, texts, strict=True)],
        upper,
        [". " in text or "? " in text or "! " in text for text in narrow],
        np.full(count, document.glued),
        np.full(count, math.log1p(count) / 4),
    ]


def _span_characters(document: Document, judgement: Judgement) -> dict[int, int]:
    """Characters of each block that span rules take."""
    found: dict[int, int] = {}
    block = 0
    for hit in judgement.hits.spans:
        while document.blocks[block].end <= hit.start:
            block += 1
        found[block] = found.get(block, 0) + hit.end - hit.start
    return found


def _label_categories(judgement: Judgement, count: int, names: dict[str, int]) -> Iterable[list[int]]:
    """The number of a label for each block (0: none), by category."""
    verdicts, lines, hints = [0] * count, [0] * count, [0] * count
    for block, verdict in judgement.taken.items():
        verdicts[block] = names[verdict.label]
    for block, rules in judgement.hits.lines.items():
        lines[block] = names[strongest(rules).label]
    for block, rules in judgement.hits.hints.items():
        hints[block] = names[strongest(rules).label]
    yield verdicts
    yield lines
    yield hints
    yield [0 if rule is None else names[rule.label] for rule in judgement.structure.section]


@functools.cache
def _role(role: str) -> int:
    return 1 if role.startswith("heading") else ROLES.index(role)


@functools.lru_cache(maxsize=_MOST_CHARACTERS)
def _first(character: str) -> int:
    """The class of a block's first character: a sign's own, or upper case, lower case, digit."""
    return _FIRST.get(character) or (5 if character.isupper() else 6 if character.islower() else 7 if character.isdecimal() else 0)


@functools.lru_cache(maxsize=_MOST_CHARACTERS)
def _last(character: str) -> int:
    return _LAST.get(character) or (9 if character.isalpha() else 10 if character.isdecimal() else 0)


def words_read(text: str) -> list[str]:
    """A block's words that are read: those at its start and at its end."""
    words = text.split(None, HEAD_WORDS)
    if len(words) > HEAD_WORDS:
        tail = words.pop().rsplit(None, TAIL_WORDS)
        words += tail[1:] if len(tail) > TAIL_WORDS else tail
    return words
