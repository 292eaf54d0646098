"""Body text that stands in the document twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cleaner.classify.shape import Shapes
from cleaner.kernel import COMPILED
from cleaner.values import Document

if COMPILED:
    from cleaner.kernel.repeats import Repeats

#: repeats of fewer words are refrains, table cells, speakers
LEAST_WORDS = 6
#: a pull quote has at least this many words
_LEAST_WORDS_QUOTE = 10
_MOST_WORDS_QUOTE = 45
_LEAST_WORDS_WITHOUT_END = 14
#: a heading that a table of contents lists
_MOST_WORDS_HEADING = 14
#: before the name of who said it
_DASHES = "—–―"
#: a question may be put again
_MOST_WORDS_QUESTION = 25
#: a whole sentence in quotation marks, on a line of its own, may be shorter
_LEAST_WORDS_QUOTED = 5
_OPENING, _CLOSING, _STOPS = frozenset("\"'„“‚‘«»‹›「『"), frozenset("\"'“”‘’«»‹›」』"), frozenset(".!?…。！？")
#: a copy of the text holds so many of its short paragraphs at least, and its paragraphs are so much of it
_LEAST_COPIED, _COPIED = 3, 0.6
#: the speaker under a pull quote
_MOST_WORDS_SPEAKER = 6
#: how far below a pull quote the words stand that it repeats, in characters, and how far above: further down a text says
#: again what it said
_REACH, _REACH_ABOVE = 30_000, 4_000
_QUOTES = " \t\"'„“”‚‘’»«›‹.,!?…–—-「」『』。，、！？"
if COMPILED:
    # Next to no block stands twice, so it is only told which ones may.
    _suspects = Repeats(_QUOTES)


def find_repeats(document: Document, shapes: Shapes, candidates: Sequence[int]) -> dict[int, int]:
    """Block -> the block that says the same and stays, for blocks among the candidates (ascending): the earlier one as a rule."""
    if COMPILED:
        candidates = _suspects.repeated(document.texts, shapes.words, candidates, LEAST_WORDS)
        if not candidates:
            return {}
    by_length: dict[int, list[int]] = {}
    for block in candidates:
        if shapes.words[block] >= LEAST_WORDS and document.blocks[block].role != "code":
            by_length.setdefault(len(document.texts[block].strip(_QUOTES)), []).append(block)
    repeats: dict[int, int] = {}
    for blocks in by_length.values():
        if len(blocks) == 1:
            continue
        first: dict[str, int] = {}
        for block in blocks:
            key = document.texts[block].strip(_QUOTES).lower()
            earlier = first.setdefault(key, block)
            if earlier == block or _is_listed(document, shapes, earlier, block) or _is_signature(document, shapes, block):
                continue
            # Of a caption and a sentence that say the same, the sentence has the full stop.
            if shapes.ends[block] and not shapes.ends[earlier]:
                repeats[earlier] = first[key] = block
            else:
                repeats[block] = earlier
    return {block: earlier for block, earlier in sorted(repeats.items()) if not _is_asked_again(document, shapes, block, repeats)}


def _is_listed(document: Document, shapes: Shapes, earlier: int, block: int) -> bool:
    """Whether a block is a heading that a table of contents above lists."""
    if document.blocks[earlier].role.startswith("heading"):
        return False
    return document.blocks[block].role.startswith("heading") or (
        block > earlier + 1
        and shapes.words[block] <= _MOST_WORDS_HEADING
        and not shapes.ends[block]
        and _is_over_sentence(shapes, block)
        and not _is_over_sentence(shapes, earlier)
    )


def _is_over_sentence(shapes: Shapes, block: int) -> bool:
    """Whether what follows a block is a sentence of some length."""
    return block + 1 < len(shapes.ends) and shapes.ends[block + 1] and shapes.words[block + 1] >= _LEAST_WORDS_WITHOUT_END


def _is_signature(document: Document, shapes: Shapes, block: int) -> bool:
    """Whether a block only says who wrote or said what stands above it, as under posts and quotations."""
    return not shapes.ends[block] and document.texts[block][0] in _DASHES


def _is_asked_again(document: Document, shapes: Shapes, block: int, repeats: dict[int, int]) -> bool:
    """Whether a block is a question that several are asked, each giving an answer of their own."""
    if shapes.words[block] > _MOST_WORDS_QUESTION or not document.texts[block].endswith(("?", "？")):
        return False
    return block - 1 not in repeats and block + 1 not in repeats


def find_pull_quotes(document: Document, shapes: Shapes, candidates: Sequence[int]) -> list[int]:
    """Blocks among the candidates (ascending) whose words stand inside another, longer candidate near them.

    Where that other one is a copy of the whole text, as pages keep one for search engines or for print, it goes itself.
    """
    quoted: dict[int, list[int]] = {}
    for block, other in _inside_others(document, shapes, candidates):
        quoted.setdefault(other, []).append(block)
    if not quoted:
        return []
    known = frozenset(candidates)
    quotes = []
    for other, blocks in quoted.items():
        if len(blocks) >= _LEAST_COPIED and _is_copy(document, shapes, other, candidates):
            quotes.append(other)
            continue
        for block in blocks:
            # What takes up two sentences in a row of another paragraph is a paragraph too.
            if block - 1 in blocks or block + 1 in blocks:
                continue
            quotes.append(block)
            if block + 1 in known and shapes.words[block + 1] <= _MOST_WORDS_SPEAKER and not shapes.ends[block + 1]:
                quotes.append(block + 1)
    return quotes


def _inside_others(document: Document, shapes: Shapes, candidates: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Blocks that may be pull quotes, each with the longer one that its words stand in."""
    source, suspects = document.source, candidates
    if COMPILED:
        suspects = _suspects.quoted(source, document.blocks, shapes.words, candidates, _LEAST_WORDS_QUOTED, _MOST_WORDS_QUOTE)
    quotes = _possible_quotes(document, shapes, suspects)
    if not quotes:
        return
    starts = [document.blocks[block].start for block in candidates]
    for block in quotes:
        start, end = document.blocks[block].start, document.blocks[block].end
        text = source[start:end].strip(_QUOTES)
        for low, high in ((end, end + _REACH), (max(0, start - _REACH_ABOVE), start)):
            at = source.find(text, low, high)
            if at < 0:
                continue
            other = candidates[bisect_right(starts, at) - 1]
            inside = document.blocks[other]
            if at + len(text) <= inside.end and inside.end - inside.start > 1.2 * len(text):
                yield block, other
                break


def _is_copy(document: Document, shapes: Shapes, block: int, candidates: Sequence[int]) -> bool:
    """Whether most of a block is what the other candidates say."""
    text = document.texts[block]
    others = (document.texts[other].strip(_QUOTES) for other in candidates if other != block and shapes.words[other] >= LEAST_WORDS)
    return sum([len(other) for other in others if other in text]) > _COPIED * len(text)


def _possible_quotes(document: Document, shapes: Shapes, candidates: Sequence[int]) -> list[int]:
    """The candidates that have the length and the look of a pull quote."""
    all_words, ends, blocks, texts = shapes.words, shapes.ends, document.blocks, document.texts
    quotes = []
    for block in candidates:
        words = all_words[block]
        if not _LEAST_WORDS_QUOTED <= words <= _MOST_WORDS_QUOTE:
            continue
        # A shorter line that does not end like a sentence is a subheading that quotes the body.
        is_long = words >= (_LEAST_WORDS_QUOTE if ends[block] else _LEAST_WORDS_WITHOUT_END)
        if (is_long or _is_quoted_sentence(texts[block])) and blocks[block].role != "code":
            quotes.append(block)
    return quotes


def _is_quoted_sentence(text: str) -> bool:
    return text[0] in _OPENING and text[-1] in _CLOSING and text[-2:-1] in _STOPS
