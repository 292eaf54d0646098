"""Documents of unknown sites to groups that share lines, as the pages of a site do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

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


class _Group:
    """Documents, and how many of them have each line."""

    def __init__(self) -> None:
        self.members: list[int] = []
        self.lines: Counter[int] = Counter()

    def add(self, document: int, keys: Sequence[int]) -> None:
        self.members.append(document)
        self.lines.update(keys)

    def common(self) -> set[int]:
        """The lines that the group knows."""
        least = max(1.0, _GROUP_SHARE * len(self.members))
        return {key for key, count in self.lines.items() if count >= least}


def group_by_lines(pages: Sequence[Page]) -> list[list[Page]]:
    """Groups of pages that share lines, largest first; each page is in one. The same whatever the order of `pages`."""
    ordered = sorted(pages, key=lambda page: (page.key, page.url))
    keys = [_keys(page) for page in ordered]
    count: Counter[int] = Counter()
    for own in keys:
        count.update(own)
    shared = [sorted(key for key in own if count[key] > 1) for own in keys]
    groups = _assigned(shared, _joined(_assigned(shared, [])))
    listed = [[ordered[at] for at in group.members] for group in groups if group.members]
    return sorted(listed, key=lambda group: (-len(group), group[0].key))


def group_name(pages: Sequence[Page]) -> str:
    """A name for a group of pages: from the line that most of them have, so that it stays when more pages come."""
    count: Counter[str] = Counter()
    for page in pages:
        count.update({shape for shape in map(line_shape, page.texts()) if shape.count(" ") < _MOST_WORDS})
    line = min(count, key=lambda shape: (-count[shape], shape), default="")
    return f"unnamed-{xxhash.xxh3_64_hexdigest(line.encode('utf-8', 'replace'))[:8]}"


def _keys(page: Page) -> set[int]:
    return {
        xxhash.xxh3_64_intdigest(line_shape(text).encode("utf-8", "replace"))
        for text in page.texts()
        if text.count(" ") < _MOST_WORDS and any(map(str.isalpha, text))
    }


def _assigned(shared: Sequence[Sequence[int]], groups: list[_Group]) -> list[_Group]:
    """Every document in the group that knows most of its lines; new groups where none knows enough. Given groups are emptied first."""
    made = [_Group() for _ in groups]
    known: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for key in group.common():
            known[key].append(number)
    settled = bool(groups)
    for document, keys in enumerate(shared):
        votes: Counter[int] = Counter()
        for key in keys:
            if len(known[key]) <= _MOST_GROUPS:
                votes.update(known[key])
        number, lines = min(votes.items(), key=lambda vote: (-vote[1], vote[0]), default=(-1, 0))
        if lines < max(_LEAST_LINES, _SHARED * len(keys)):
            made.append(_Group())
            number = len(made) - 1
        made[number].add(document, keys)
        if not settled:
            for key in keys:
                if number not in known[key]:
                    known[key].append(number)
    return made


def _joined(groups: list[_Group]) -> list[_Group]:
    """The groups, those that know the same lines joined."""
    made: list[_Group] = []
    known: dict[int, list[int]] = defaultdict(list)
    common: list[set[int]] = []
    for group in sorted(groups, key=lambda group: (-len(group.members), group.members)):
        own = group.common()
        votes: Counter[int] = Counter()
        for key in own:
            if len(known[key]) <= _MOST_GROUPS:
                votes.update(known[key])
        number, lines = min(votes.items(), key=lambda vote: (-vote[1], vote[0]), default=(-1, 0))
        if lines >= _LEAST_LINES and lines >= _SAME_GROUP * min(len(own), len(common[number])):
            for document in group.members:
                made[number].members.append(document)
            made[number].lines.update(group.lines)
            continue
        for key in own:
            known[key].append(len(made))
        made.append(group)
        common.append(own)
    return made
