"""Documents of unknown sites to groups that share lines, as the pages of a site do."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import xxhash

from cleaner.learning.pages import Page
from cleaner.load.line_shapes import line_shape

#: lines of more words are paragraphs, which documents of several sites may share
_MOST_WORDS = 15
#: a document joins a group that knows so much of the lines it shares with any other document
_SHARED = 0.4
#: and at least so many of them
_LEAST_LINES = 2
#: a group knows a line that so many of its documents have
_GROUP_SHARE = 0.2
#: lines that more groups know say nothing about the site
_MOST_GROUPS = 50
#: groups whose lines are the same to this share are one
_SAME_GROUP = 0.5
#: one page has nothing in common with itself
_LEAST_PAGES = 2
#: a folder's group has the folder's name if it is so much of it
_MAIN_GROUP = 0.5
#: a group's name is from so many of its pages
_NAMING_PAGES = 200


class Group(msgspec.Struct, frozen=True):
    """The documents of one site, as far as their lines tell."""

    name: str
    pages: list[Page]


class _Group:
    """Documents, and how many of them have each line."""

    def __init__(self, pool: str = "") -> None:
        #: the pools that its documents are from
        self.pools = {pool}
        self.members: list[int] = []
        self.lines: Counter[int] = Counter()

    def add(self, document: int, keys: Sequence[int]) -> None:
        self.members.append(document)
        self.lines.update(keys)

    def common(self) -> set[int]:
        """The lines that the group knows."""
        least = max(1.0, _GROUP_SHARE * len(self.members))
        return {key for key, count in self.lines.items() if count >= least}


def group_by_lines(pools: Mapping[str, Sequence[Page]]) -> list[Group]:
    """Groups of pages that share lines, of two pages or more, the same whatever the order of pools and pages.

    Parameters: `pools` has the pages of each folder. A folder may hold the pages of many sites, a site's pages may lie in many folders.
    Returns groups with names: a folder's, where the group is the folder's only large one, else `unnamed-…`.
    """
    pages: list[Page] = []
    groups: list[_Group] = []
    sizes: dict[str, int] = {}
    for pool in sorted(pools):
        own = sorted(pools[pool], key=lambda page: (page.key, page.url))
        sizes[pool] = len(own)
        groups += _groups(own, len(pages), pool)
        pages += own
    named: dict[str, Group] = {}
    for group in _joined(groups):
        if len(group.members) >= _LEAST_PAGES:
            own = [pages[at] for at in group.members]
            pool = next(iter(group.pools))
            is_main = len(group.pools) == 1 and pool != "" and len(own) >= _MAIN_GROUP * sizes[pool]
            name = pool if is_main and pool not in named else _unnamed(own)
            named.setdefault(name, Group(name, own))
    return list(named.values())


def _unnamed(pages: Sequence[Page]) -> str:
    """A name for a group of pages: from the line that most of them have, so that it stays when more pages come."""
    count: Counter[str] = Counter()
    for page in pages[:_NAMING_PAGES]:
        count.update({shape for shape in map(line_shape, page.texts()) if shape.count(" ") < _MOST_WORDS})
    line = min(count, key=lambda shape: (-count[shape], shape), default="")
    return f"unnamed-{xxhash.xxh3_64_hexdigest(line.encode('utf-8', 'replace'))[:8]}"


def _groups(pages: Sequence[Page], offset: int, pool: str) -> list[_Group]:
    """The groups in one pool; its first page is number `offset` of all."""
    keys = [_keys(page) for page in pages]
    count: Counter[int] = Counter()
    for own in keys:
        count.update(own)
    shared = [array("Q", (key for key in own if count[key] > 1)) for own in keys]
    del keys, count
    groups = _assigned(shared, _joined(_assigned(shared, [])))
    for group in groups:
        group.members = [offset + at for at in group.members]
        group.pools = {pool}
    return [group for group in groups if group.members]


def _keys(page: Page) -> list[int]:
    """Digests of the page's short lines, ascending."""
    return sorted(
        {
            xxhash.xxh3_64_intdigest(line_shape(text).encode("utf-8", "replace"))
            for text in page.texts()
            if text.count(" ") < _MOST_WORDS and any(map(str.isalpha, text))
        }
    )


def _assigned(shared: Sequence[Sequence[int]], groups: Sequence[_Group]) -> list[_Group]:
    """Every document in the group that knows most of its lines; new groups where none knows enough.

    Parameters: `shared` has each document's lines that other documents have too; given `groups` say what they know, and are not changed.
    """
    made = [_Group() for _ in groups]
    known: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for key in group.common():
            known[key].append(number)
    for document, keys in enumerate(shared):
        number, lines = _best(keys, known)
        if lines < max(_LEAST_LINES, _SHARED * len(keys)):
            made.append(_Group())
            number = len(made) - 1
        made[number].add(document, keys)
        if not groups:
            for key in keys:
                if number not in known[key]:
                    known[key].append(number)
    return made


def _best(keys: Iterable[int], known: Mapping[int, Sequence[int]]) -> tuple[int, int]:
    """The group that knows most of these lines, and how many."""
    votes: Counter[int] = Counter()
    for key in keys:
        numbers = known.get(key, ())
        if len(numbers) <= _MOST_GROUPS:
            votes.update(numbers)
    return min(votes.items(), key=lambda vote: (-vote[1], vote[0]), default=(-1, 0))


def _joined(groups: Sequence[_Group]) -> list[_Group]:
    """The groups, those that know the same lines joined, largest first."""
    made: list[_Group] = []
    known: dict[int, list[int]] = defaultdict(list)
    common: list[set[int]] = []
    for group in sorted(groups, key=lambda group: (-len(group.members), group.members)):
        own = group.common()
        number, lines = _best(own, known)
        if lines >= _LEAST_LINES and lines >= _SAME_GROUP * min(len(own), len(common[number])):
            made[number].members += group.members
            made[number].lines.update(group.lines)
            made[number].pools |= group.pools
            continue
        for key in own:
            known[key].append(len(made))
        made.append(group)
        common.append(own)
    return made
