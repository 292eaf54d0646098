"""A page's blocks as numbers: a matrix of what each looks like and where it stands, and rows of hashed words and names.

Arrays in, arrays out. What is computed is exact: counts are whole numbers, logarithms are the straight lines between powers of two,
so no machine's rounding tells in the result.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.html_text import DIGIT, LETTER, LOWER, SIGN, SIGNS, STOP, UPPER, Table, buckets, code_points, hash_pairs, hash_words
from cleaner.classify.rules import lower
from cleaner.kernel import COMPILED
from cleaner.parse.page import ARIA_HIDDEN, Page

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

#: bits of the row numbers of words, pairs of words and names
WORD_BITS, PAIR_BITS, NAME_BITS = 15, 15, 14
#: elements around a block whose names are looked at, its own included
LEVELS = 6
#: elements around a block whose text is summed up
SUMMED = 5
#: a block with so many words and few links is text
GOOD_WORDS = 12
_GOOD_LINKED = 0.3
#: elements over the densest one that are compared with each block's
_MOST_ANCESTORS = 48
#: names of an element, and a page's title and description, are cut here, in characters
_LONGEST_NAMES = 160
_LONGEST_TITLE = 2_000
#: a page's scripts are looked at so far, in characters, and so far what they say its article is
_SCRIPT = 5_000
_ARTICLE = 60_000
#: bits of the row numbers of pairs of words that an article in a script has
_ARTICLE_BITS = 18
#: an article in a script has so many words
_LEAST_ARTICLE = 40
#: and is shown if such a share of its pairs of words stands on the page
_SHOWN = 0.8
#: characters from the beginning of a word to the next one's that make it one that says what a text is about
_LONG_WORD = 7
#: a heading of so many words that has such a share of its words in the title, and of the title's in it, is the title
_TITLE_WORDS, _TITLE_SHARE = 3, 0.6
_ROLES = ("heading1", "heading2", "heading3", "heading4", "heading5", "heading6", "list_item", "table_row", "quote", "code")
_ROLE_NUMBERS = {role: number for number, role in enumerate(_ROLES)}
_MARK_BITS = np.arange(ARIA_HIDDEN.bit_length())[:, None]
_WINDOWS = (4, 16)
_ROLE_ROWS = np.arange(len(_ROLES))[:, None]
#: roles of headings come first
_HEADINGS = 6
#: classes of first characters that are told apart
_BEGINNINGS = np.array([LOWER, UPPER, DIGIT, STOP + 2, SIGN])[:, None]
#: words that a block of each class of length has more than, and the most it has
_MORE_WORDS = np.array([0, 1, 3, 8, 20, 50])[:, None]
_MOST_WORDS = np.array([1, 3, 8, 20, 1 << 62, 1 << 62])[:, None]
_ONE = np.float64(1.0).view(np.int64)
_LAST_BIT = 2.0**-52


class Arrays(msgspec.Struct, frozen=True):
    """A page as the model sees it. `n` is the number of blocks."""

    #: (features, n)
    dense: Floats
    #: (n,) words of each block
    count: Integers
    #: row numbers of words, one block behind the other, and where each block's begin: (words,), (n + 1,)
    words: Integers
    word_from: Integers
    #: the same of pairs of words
    pairs: Integers
    pair_from: Integers
    #: row numbers of names, one set of names behind the other, and where each set's begin
    names: Integers
    name_from: Integers
    #: (LEVELS + 1, n) the set of names in `name_from` of a block's own element, its parent …, and last of the inline element it begins with
    elements: Integers
    #: (SUMMED, n) first block and one past the last block in each of the elements around a block, from its own on
    first: Integers
    last: Integers
    #: (n,) number of each block's kind: blocks of the same tag, names and depth have the same
    kind: Integers
    #: (n,) blocks kind by kind, and where in it each kind begins: (kinds,)
    by_kind: Integers
    kind_from: Integers
    #: (n,) number of the element around each block's own, and a block for each of these: (elements around,)
    around: Integers
    around_block: Integers
    #: (n,) the share of each block that stands in what the page's scripts say its article is; 0 where they do not say, or it is not shown
    told: Floats


class _Columns:
    """Collects features by how they are to be computed: all of a sort at once is faster. Each is a row (n,), or several rows (rows, n)."""

    def __init__(self, n: int) -> None:
        self._n = n
        self._logarithms: list[Any] = []
        self._parts: list[Any] = []
        self._wholes: list[Any] = []
        self._plain: list[Any] = []

    def log(self, *counts: Any) -> None:
        """Counts that are to be scaled."""
        self._logarithms += counts

    def share(self, part: Any, whole: Any) -> None:
        """A part of a whole, which counts as 1 at the least; both have as many rows."""
        self._parts.append(part)
        self._wholes.append(whole)

    def plain(self, *values: Any) -> None:
        """Values as they are."""
        self._plain += values

    def same(self, *values: Any) -> Floats:
        """Numbers that are the same for every block, as rows."""
        return np.repeat(np.array(values, dtype=np.float64), self._n)

    def matrix(self) -> Floats:
        """All features, shape (features, n)."""
        n = self._n
        if not n:
            return np.zeros((0, 0))
        logarithms, parts, wholes, plain = map(_joined, (self._logarithms, self._parts, self._wholes, self._plain))
        first, second = len(logarithms), len(logarithms) + len(parts)
        out = np.empty((second + len(plain)) // n * n)
        out[second:] = plain
        np.divide(parts, np.maximum(wholes, 1.0, out=wholes), out=out[first:second])
        out[:first] = scale(logarithms)
        return out.reshape(-1, n)


def _joined(rows: list[Any]) -> Floats:
    """Rows one behind the other, shape (rows * n,)."""
    return np.concatenate([row if row.ndim == 1 else row.reshape(-1) for row in rows], dtype=np.float64)


class _Groups:
    """Blocks in groups, ready for sums over each."""

    def __init__(self, key: Any) -> None:
        #: blocks, those of a group side by side, in their order
        self.order = np.argsort(key, kind="stable")
        ordered = key[self.order]
        begins = np.empty(len(key), dtype=bool)
        begins[:1] = True
        np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
        #: where in `order` each group begins
        self.starts = np.flatnonzero(begins)
        #: (n,) the group of each block
        self.number = np.empty(len(key), dtype=np.int64)
        self.number[self.order] = np.cumsum(begins) - 1
        #: blocks in each group
        self.sizes = np.bincount(self.number)

    def sums(self, values: Any) -> Any:
        """What all blocks of a block's group add up to, for each row of values."""
        return np.add.reduceat(values.take(self.order, axis=-1), self.starts, axis=-1).take(self.number, axis=-1)


def scale(values: Any) -> Floats:
    """log2(1 + x) with straight lines between powers of two: exact, unlike a logarithm."""
    # A number's bits from its exponent on are just that, in units of its last bit.
    above: Floats = np.asarray(values, dtype=np.float64) + 1.0
    out: Floats = (above.view(np.int64) - _ONE).astype(np.float64) * _LAST_BIT
    return out


def _sums(values: Any) -> Integers:
    """Running sums with a zero before them, along the last axis."""
    out = np.zeros((*values.shape[:-1], values.shape[-1] + 1), dtype=np.int64)
    np.cumsum(values, axis=-1, out=out[..., 1:])
    return out


def html_arrays(page: Page, lowered: str, table: Table, *, compiled: bool = COMPILED) -> Arrays:
    """The blocks of a page as arrays.

    Parameters: `lowered` is the page's source in lower case, of the same length; `table` holds the classes of characters; `compiled` says
    whether the kernel makes them.
    """
    return _compiled_arrays(page, lowered, table) if compiled and page.start else _arrays(page, lowered, table)


def _compiled_arrays(page: Page, lowered: str, table: Table) -> Arrays:
    from cleaner.kernel.page_features import block_arrays, element_names

    document, nodes = page.document, page.nodes
    names, above, elements = element_names(page.node, nodes.parent, nodes.look, nodes.looks, page.inline, _LONGEST_NAMES)
    rest = "\0".join(["", *_titles(page), _clean(page.head.article or "", _ARTICLE), *names, ""])
    known: dict[str, int] = {}
    tags = [known.setdefault(tag, len(known)) for tag, _ in nodes.looks]
    roles = [_ROLE_NUMBERS.get(block.role, -1) for block in document.blocks]
    articles = [nodes.first[at] for at, tag in enumerate(nodes.tag) if tag == "article"] if "article" in nodes.tag else []
    dense, count, words, word_from, pairs, pair_from, names_, name_from, first, last, kind, by_kind, kind_from, around, block, told = (
        block_arrays(
            document.source + rest, lowered + lower(rest), len(lowered), table, page.start, page.end, page.linked, roles, above, elements,
            nodes.parent, nodes.depth, nodes.marks, nodes.first, nodes.last, [tags[look] for look in nodes.look], articles,
            *_said_by_page(page),
        )
    )  # fmt: skip
    return Arrays(
        dense=dense, count=count, words=words, word_from=word_from, pairs=pairs, pair_from=pair_from, names=names_, name_from=name_from,
        elements=elements, first=first, last=last, kind=kind, by_kind=by_kind, kind_from=kind_from, around=around, around_block=block,
        told=told,
    )  # fmt: skip


def _arrays(page: Page, lowered: str, table: Table) -> Arrays:
    document, nodes = page.document, page.nodes
    n = len(page.start)
    depths = np.array(nodes.depth, dtype=np.int64)
    start, end = np.array(page.start, dtype=np.int64), np.array(page.end, dtype=np.int64)
    node, parent = np.array(page.node, dtype=np.int64), np.array(nodes.parent, dtype=np.int64)
    above = np.empty((LEVELS, n), dtype=np.int64)
    above[0] = node
    for level in range(1, LEVELS):
        above[level] = parent[above[level - 1]]
    name_texts, number, elements = _names(page, above)
    title_texts = [*_titles(page), _clean(page.head.article or "", _ARTICLE)]
    length = len(document.source)
    rest = "\0".join(["", *title_texts, *name_texts, ""])
    points = code_points(document.source + rest)
    low = code_points(lowered + lower(rest))
    classes = table.take(points, mode="clip")
    breaks = np.zeros(len(points), dtype=bool)
    breaks[length:] = (classes[length:] == UPPER) & (classes[length - 1 : -1] == LOWER) if length else False
    found, value = hash_words(low, classes, breaks)
    edges = np.searchsorted(found, length + np.flatnonzero(points[length:] == 0))
    word_from = np.append(np.searchsorted(found, start), edges[0]) if n else np.zeros(1, dtype=np.int64)
    value_here = value[: edges[0]]
    words = buckets(value_here, WORD_BITS)
    pairs, pair_from = _pairs(value_here, word_from)
    count = np.diff(word_from)
    chars = end - start
    linked = np.minimum(np.array(page.linked, dtype=np.int64), chars)
    first_of, last_of = np.array(nodes.first, dtype=np.int64), np.array(nodes.last, dtype=np.int64)
    last_of = np.where(last_of == 0, n, last_of)
    first, last = first_of[above[:SUMMED]], last_of[above[:SUMMED]]
    good = np.where((count >= GOOD_WORDS) & (linked < _GOOD_LINKED * chars), count, 0)
    columns = _Columns(n)
    if n:
        _add_text(columns, points, classes, start, end, count, linked, chars)
        role = np.array([_ROLE_NUMBERS.get(block.role, -1) for block in document.blocks], dtype=np.int64)
        _add_marks(columns, page, node, role)
        _add_place(columns, depths[node], count, good, role)
        amounts = np.stack([count, linked, chars, good, good > 0])
        _add_around(columns, first, last, amounts)
        groups = _add_kinds(columns, _kinds(page, number, depths, above, parent), amounts)
        _add_densest(columns, node, parent, depths, first_of, last_of, good)
        _add_repeats(columns, value_here, word_from, count)
        of_word = np.repeat(np.arange(n), count)
        titles = buckets(value[edges[0] : edges[3]], WORD_BITS)
        is_title = _add_title(columns, words, of_word, titles, edges, count)
        _add_since_title(columns, page, is_title, role)
        is_long = found[1 : edges[3] + 1] - found[: edges[3]] >= _LONG_WORD
        _add_subject(columns, words, of_word, titles[is_long[edges[0] :]], is_long[: edges[0]], first, last)
        told = _add_article(columns, value_here, word_from, value[edges[3] : edges[4]], first, last, good)
        _add_page(columns, page, count, linked, chars, good)
        kind, around = groups, _Groups(above[1])
    else:
        kind = around = _Groups(node)
        told = np.zeros(0)
    name_edges = edges[len(title_texts) :]
    names = buckets(value[name_edges[0] :], NAME_BITS)
    return Arrays(
        dense=columns.matrix(), count=count, words=words, word_from=word_from, pairs=pairs, pair_from=pair_from, names=names,
        name_from=name_edges - name_edges[0], elements=elements, first=first, last=last, kind=kind.number[:n], by_kind=kind.order[:n],
        kind_from=kind.starts[kind.starts < n], around=around.number, around_block=around.order[around.starts], told=told,
    )  # fmt: skip


def _pairs(values: Any, word_from: Integers) -> tuple[Integers, Integers]:
    """Pairs of words that stand in the same block."""
    if len(values) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(len(word_from), dtype=np.int64)
    inside = np.ones(len(values) - 1, dtype=bool)
    inside[word_from[(word_from > 0) & (word_from < len(values))] - 1] = False
    before = _sums(inside)
    return buckets(hash_pairs(values)[inside], PAIR_BITS), before[np.minimum(word_from, len(inside))]


def _titles(page: Page) -> list[str]:
    """What the page calls itself: the title, the title and description it gives to others."""
    meta = dict(reversed(page.head.meta))
    texts = (page.head.title or "", meta.get("og:title", ""), meta.get("og:description") or meta.get("description") or "")
    return [_clean(text, _LONGEST_TITLE) for text in texts]


def _clean(text: str, longest: int) -> str:
    """A text's beginning as it can be encoded, without what parts texts from another."""
    return text[:longest].replace("\0", " ").encode("utf-8", "replace").decode()


def _add_text(
    columns: _Columns, points: Any, classes: Any, start: Integers, end: Integers, count: Integers, linked: Integers, chars: Integers
) -> None:
    """What a block's text looks like."""
    n, kinds = len(start), int(SIGNS) + 1
    # A line break between blocks counts for the one before it: white space is none of the classes that are looked at.
    place = np.minimum(classes[: end[-1]], SIGNS) * np.int64(n)
    place += np.repeat(np.arange(n), np.append(start[1:], end[-1]) - start)
    counts = np.bincount(place, minlength=n * kinds).reshape(kinds, n)
    columns.log(count, chars, linked, counts[STOP : STOP + 3])
    columns.share(chars, 8 * count)
    columns.share(linked, chars)
    columns.share(counts[UPPER], counts[LOWER] + counts[UPPER] + counts[LETTER])
    columns.share(counts[DIGIT], chars)
    columns.share(counts[STOP + 1], count)
    columns.share(counts[STOP], count)
    columns.share(counts[SIGNS], chars)
    columns.plain(np.minimum(counts[STOP + 3 : SIGNS], 3))
    last, before, begin = classes[end - 1], classes[np.maximum(end - 2, start)], classes[start]
    closed = (last > STOP + 1) & (before == STOP)
    columns.plain((last == STOP) | closed, last == STOP, last == STOP + 1, points[end - 1] == ord(":"))
    columns.plain(begin == _BEGINNINGS, begin > STOP + 2)
    columns.plain((count > _MORE_WORDS) & (count <= _MOST_WORDS))


def _add_marks(columns: _Columns, page: Page, node: Integers, role: Integers) -> None:
    """What a block lies in, and its role."""
    marks = np.array(page.nodes.marks, dtype=np.int64)[node]
    columns.plain((marks >> _MARK_BITS) & 1)
    columns.plain(role == _ROLE_ROWS)


def _since(flags: Any) -> Integers:
    """Blocks since the last one flagged, itself 0, for each row of flags; the number of blocks where there is none."""
    n = flags.shape[-1]
    places = np.arange(n)
    seen = np.maximum.accumulate(np.where(flags, places, -1), axis=-1)
    return np.where(seen < 0, n, places - seen)


def _add_place(columns: _Columns, depth: Integers, count: Integers, good: Integers, role: Integers) -> None:
    """Where a block stands."""
    n = len(count)
    places = np.arange(n)
    running, running_good = _sums(count), _sums(good)
    columns.share(places, columns.same(n))
    columns.share(running[:-1], columns.same(running[-1]))
    columns.share(running_good[:-1], columns.same(running_good[-1]))
    columns.log(places, n - 1 - places, running_good[:-1], running_good[-1] - running_good[1:])
    flags = np.stack([role == 0, (role >= 0) & (role < _HEADINGS), good > 0])
    since, until = _since(flags), _since(flags[:, ::-1])[:, ::-1]
    columns.log(np.stack([since, until], axis=1).reshape(-1, n))
    columns.plain(since[0] < n, np.minimum(depth, 40) / 8.0)
    for reach in _WINDOWS:
        low, high = np.maximum(places - reach, 0), np.minimum(places + reach + 1, n)
        near = running_good[high] - running_good[low]
        columns.share(near, running[high] - running[low])
        columns.log(near)


def _add_around(columns: _Columns, first: Integers, last: Integers, amounts: Integers) -> None:
    """The text of the elements around a block."""
    running = _sums(amounts)
    words, links, signs, goods, paragraphs = running.take(last, axis=1) - running.take(first, axis=1)
    levels, n = first.shape
    blocks = last - first
    columns.log(np.stack([words, blocks], axis=1).reshape(-1, n))
    parts = np.stack([links, goods, goods, paragraphs, np.arange(n) - first], axis=1)
    wholes = np.stack([signs, words, np.full((levels, n), running[3, -1]), blocks, blocks], axis=1)
    columns.share(parts.reshape(-1, n), wholes.reshape(-1, n))


def _kinds(page: Page, number: Integers, depths: Integers, above: Integers, parent: Integers) -> Integers:
    """The kinds of blocks, as numbers that differ from one sort of kinds to the next, smallest first.

    By tag, names and depth of their own element, of its parent, of both; by tag and the element around theirs, since names may differ from
    one paragraph to the next. `number` tells tags and names apart.

    Returns shape (4, n).
    """
    kind = number * (int(depths.max()) + 1) + depths
    n = above.shape[1]
    own, around = _Groups(kind[above[:2]].reshape(-1)).number.reshape(2, n)
    known: dict[str, int] = {}
    tag = np.array([known.setdefault(tag, len(known)) for tag, _ in page.nodes.looks], dtype=np.int64)
    sibling = parent[above[0]] * len(known) + tag[np.array(page.nodes.look, dtype=np.int64)[above[0]]]
    size = 2 * n
    return np.stack([own, around + size, own * size + around + 2 * size, sibling + (size + 2) * size])


def _add_kinds(columns: _Columns, kinds: Integers, amounts: Integers) -> _Groups:
    """How the blocks of a block's kinds are. Returns the groups of all sorts of kinds, one sort behind the other."""
    sorts, n = kinds.shape
    groups = _Groups(kinds.reshape(-1))
    size = groups.sizes.take(groups.number).reshape(sorts, n)
    words, links, signs, goods, paragraphs = groups.sums(np.tile(amounts, sorts)).reshape(-1, sorts, n)
    columns.log(np.stack([size, words], axis=1))
    columns.share(
        np.stack([words, goods, goods, links, paragraphs], axis=1),
        np.stack([64 * size, words, np.full((sorts, n), amounts[3].sum()), signs, size], axis=1),
    )
    return groups


def _add_densest(
    columns: _Columns, node: Integers, parent: Integers, depths: Integers, first: Integers, last: Integers, good: Integers
) -> None:
    """How far a block is from the element that holds most text, and from their common ancestor."""
    n = len(node)
    container = parent[node]
    held = np.bincount(container, weights=good, minlength=len(parent))
    best = int(np.argmax(held))
    common = np.zeros(n, dtype=np.int64)
    ancestors = [best]
    while ancestors[-1] and len(ancestors) < _MOST_ANCESTORS:
        ancestors.append(int(parent[ancestors[-1]]))
    for ancestor in reversed(ancestors):
        common[first[ancestor] : last[ancestor]] = depths[ancestor]
    places = np.arange(n)
    columns.plain(np.minimum(depths[best] - common, 16) / 4.0, np.minimum(depths[node] - common, 16) / 4.0)
    columns.plain(places < first[best], places >= last[best], container == best)
    columns.share(held[container], columns.same(held[best]))
    columns.share(columns.same(held[best]), columns.same(good.sum()))
    columns.log(np.maximum(first[best] - places, 0), np.maximum(places - last[best] + 1, 0))
    most = held[best]
    held[best] = 0
    columns.share(columns.same(held.max()), columns.same(most))


def _add_repeats(columns: _Columns, values: Any, word_from: Integers, count: Integers) -> None:
    """Whether a block's words stand on the page again."""
    running = np.zeros(len(values) + 1, dtype=np.uint64)
    place = np.arange(len(values), dtype=np.int64) - np.repeat(word_from[:-1], count)
    np.cumsum(values * (place.astype(np.uint64) * np.uint64(2) + np.uint64(1)), out=running[1:])
    text = (running[word_from[1:]] - running[word_from[:-1]]).tolist()
    known: dict[int, int] = {}
    first = np.array([known.setdefault(value, block) for block, value in enumerate(text)], dtype=np.int64)
    columns.log(np.bincount(first).take(first) - 1)
    columns.plain(first < np.arange(len(count)))


def _add_title(columns: _Columns, words: Integers, of_word: Integers, titles: Integers, edges: Integers, count: Integers) -> Any:
    """How much of a block stands in the page's title and description, and how much of these in it; `of_word` is the block of each word.

    Returns whether a block is one of the two titles, shape (n,).
    """
    known = np.zeros(1 << WORD_BITS, dtype=np.uint8)
    at = edges[:4] - edges[0]
    for number in range(3):
        known[titles[at[number] : at[number + 1]]] |= 1 << number
    hits = known.take(words)
    hit = np.flatnonzero(hits)
    hits, blocks = hits[hit], of_word[hit]
    is_title = np.zeros(len(count), dtype=bool)
    for number in range(3):
        size = at[number + 1] - at[number]
        found = np.bincount(blocks[(hits >> number & 1).view(bool)], minlength=len(count))
        columns.share(found, count)
        columns.share(np.minimum(found, 2 * size), columns.same(size))
        if number < 2:
            is_title |= (found >= _TITLE_SHARE * np.maximum(count, size)) & (count >= _TITLE_WORDS)
    return is_title


def _add_since_title(columns: _Columns, page: Page, is_title: Any, role: Integers) -> None:
    """What stands between a block and the page's title, and how many other texts begin before it."""
    n = len(role)
    titled = is_title & (role >= 0) & (role < _HEADINGS)
    top = role == 0
    since = _since(titled)
    columns.log(since)
    columns.plain(since < n)
    others = _sums(top & ~titled)[1:]
    first = int(np.argmax(titled)) if titled.any() else 0
    columns.log(others, np.maximum(others - others[first], 0))
    begins = np.zeros(n + 1, dtype=np.int64)
    for tag, begin in zip(page.nodes.tag, page.nodes.first, strict=True):
        if tag == "article":
            begins[begin] += 1
    articles = np.cumsum(begins)[:n]
    columns.log(articles, np.maximum(articles - articles[first], 0))


def _add_subject(
    columns: _Columns, words: Integers, of_word: Integers, subject: Integers, is_long: Any, first: Integers, last: Integers
) -> None:
    """How often the title's and the description's long words stand in the elements around a block."""
    n = first.shape[1]
    known = np.zeros(1 << WORD_BITS, dtype=bool)
    known[subject] = True
    long = np.flatnonzero(is_long)
    blocks = of_word[long]
    hits = _sums(np.stack([np.bincount(blocks[known[words[long]]], minlength=n), np.bincount(blocks, minlength=n)]))
    inside = hits.take(last, axis=1)
    inside -= hits.take(first, axis=1)
    columns.share(8 * inside[0], inside[1])
    columns.share(columns.same(8 * hits[0, -1]), columns.same(hits[1, -1]))


def _add_article(
    columns: _Columns, values: Any, word_from: Integers, article: Any, first: Integers, last: Integers, good: Integers
) -> Floats:
    """How much of a block stands in what the page's scripts say its article is, by pairs of words.

    Returns the share of each block, shape (n,), 0 where the page does not show most of that article.
    """
    n = len(word_from) - 1
    if len(article) < _LEAST_ARTICLE or len(values) < 2:
        columns.plain(np.zeros((9, n)))
        return np.zeros(n)
    known = np.zeros(1 << _ARTICLE_BITS, dtype=bool)
    known[buckets(hash_pairs(article), _ARTICLE_BITS)] = True
    is_known = np.append(known[buckets(hash_pairs(values), _ARTICLE_BITS)], False)
    ends = word_from[1:][word_from[1:] > word_from[:-1]] - 1
    is_known[ends] = False
    hits = _sums(is_known)[word_from]
    pairs = word_from - np.append(0, np.cumsum(word_from[1:] > word_from[:-1]))
    own, size = np.diff(hits), np.diff(pairs)
    share = own / np.maximum(size, 1)
    columns.plain(share, (size > 0) & (share > 0.7), (size > 0) & (share < 0.3), columns.same(1.0))
    for level in (1, 2):
        columns.share(hits[last[level]] - hits[first[level]], pairs[last[level]] - pairs[first[level]])
    inside = _sums(share > 0.7)[1:]
    columns.share(inside, columns.same(inside[-1]))
    shown = min(1.0, float(hits[-1]) / len(article))
    columns.plain(columns.same(shown, min(1.0, good.sum() / (4 * len(article)))))
    return share if shown >= _SHOWN else np.zeros(n)


def _add_page(columns: _Columns, page: Page, count: Integers, linked: Integers, chars: Integers, good: Integers) -> None:
    """What the page is like as a whole, the same for every block."""
    n = len(count)
    counts, flags = _said_by_page(page)
    columns.log(columns.same(n, count.sum(), good.sum(), np.count_nonzero(good), good.max(), *counts))
    columns.share(columns.same(linked.sum(), good.sum()), columns.same(chars.sum(), count.sum()))
    columns.plain(columns.same(*flags))


def _said_by_page(page: Page) -> tuple[list[int], list[bool]]:
    """How many elements of some tags a page has, and what its head and its elements say it is."""
    meta = dict(page.head.meta)
    scripts = " ".join(script[:_SCRIPT] for script in page.head.scripts[:6])
    tags = page.nodes.tag
    counts = [tags.count("article"), tags.count("pre"), tags.count("tr")]
    return counts, [
        meta.get("og:type", "") == "article", "article:published_time" in meta, 'NewsArticle"' in scripts,
        'Article"' in scripts or 'BlogPosting"' in scripts, 'Product"' in scripts,
        'DiscussionForumPosting"' in scripts or 'QAPage"' in scripts, counts[0] > 0, "main" in tags,
    ]  # fmt: skip


def _names(page: Page, above: Integers) -> tuple[list[str], Integers, Integers]:
    """Tags and names of elements, each set once; the set of each element; and the sets of each block."""
    nodes = page.nodes
    look = np.array(nodes.look, dtype=np.int64)
    is_used = np.zeros(len(look), dtype=bool)
    is_used[above] = True
    # In the order of the elements that have them: where the last word of a page's description ends depends on what follows it.
    used = list(dict.fromkeys(look[is_used].tolist()))
    place = np.zeros(len(nodes.looks), dtype=np.int64)
    place[used] = np.arange(len(used))
    number = place[look]
    known = {"": 0}
    inline = np.array([known.setdefault(text, len(known)) for text in page.inline], dtype=np.int64)
    elements = np.empty((LEVELS + 1, above.shape[1]), dtype=np.int64)
    elements[:LEVELS] = number[above]
    elements[LEVELS] = inline + len(used)
    looks = [nodes.looks[at] for at in used]
    texts = [f"{tag} {names[:_LONGEST_NAMES]}" for tag, names in looks]
    return texts + [f" {text[:_LONGEST_NAMES]}" for text in known], number, elements
