"""Documents one after another to site rules, in bounded memory, whatever their order.

Of every site the documents with the smallest digests are kept (bottom-k sampling: Cohen and Kaplan 2007, "Summarizing data using
bottom-k sketches"): a random sample, but the same for the same documents. The share of a site's pages that have a line is told from
`MOST_PAGES` of them to 0.036 (one standard deviation, at worst), and to 0.09 from the fewest that are kept of a large site.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence

import msgspec
import xxhash

from cleaner.errors import DataFileError
from cleaner.learning.clustering import Group, group_by_lines
from cleaner.learning.near_duplicates import Duplicate, Sketches
from cleaner.learning.pages import Page, make_page
from cleaner.learning.sites import learn_site
from cleaner.learning.sketches import sketch_of
from cleaner.learning.views import View
from cleaner.load.address import host
from cleaner.load.site_rules import Site, SiteRules
from cleaner.sinks.atomic import write_file
from cleaner.values import Document

#: pages that are kept of a site whose name is known for sure
MOST_PAGES = 200
#: pages that are kept of a folder, which may hold many sites
MOST_POOL_PAGES = 20_000
#: pages that are kept in all; beyond, fewer are kept of each site, down to so many
_BUDGET, _FEWEST = 100_000, 32
_STATE_VERSION = 2
#: pages of a site, and of a folder, that the cleaner is asked about: those with the smallest digests
_VIEWED, _VIEWED_OF_POOL = 8, 1_000
#: before a name that is a host or was given; before a folder's
_SURE, _FOLDER = "=", "/"


class _Kept(msgspec.Struct):
    """The sample of one site."""

    documents: int = 0
    #: by key
    pages: dict[int, Page] = {}
    #: negated keys, the largest first
    heap: list[int] = []
    #: negated keys of the pages that the cleaner was asked about, the largest first
    viewed: list[int] = []


class _State(msgspec.Struct):
    """A learner as it is saved."""

    version: int
    halvings: int
    kept: dict[str, _Kept]
    read: bytes
    ids: list[str]
    words: list[int]
    sketches: bytes


class Learner:
    """Takes documents and gives the rules of their sites."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._held = 0
        self._halvings = 0
        self._sketches = Sketches()
        self._read: set[int] = set()

    @property
    def documents(self) -> int:
        """How many documents were added."""
        return sum(kept.documents for kept in self._kept.values())

    def has_read(self, id: str) -> bool:
        """Whether a document of that id was added, by this learner or the one whose state it was loaded from."""
        return _digest(id) in self._read

    def add(
        self,
        document: Document,
        *,
        id: str,
        url: str | None = None,
        site: str | None = None,
        folder: str = "",
        paths: Sequence[str] = (),
        view: Callable[[], Sequence[View]] | None = None,
    ) -> None:
        """Adds a parsed document.

        Parameters: `id` is its own among all; `site` is its site's name, where that is known, else the host of its `url` is; without
        both, documents of one `folder` are parted into sites by the lines they share. `paths` has the path of every block's element;
        `view` gives what the cleaner makes of every block, and is asked of a few pages of each site.
        """
        self._read.add(_digest(id))
        if not document.blocks:
            return
        name = site or host(url)
        mark = (_SURE + name) if name else (_FOLDER + folder)
        kept = self._kept.get(mark)
        if kept is None:
            kept = self._kept[mark] = _Kept()
        kept.documents += 1
        page = make_page(document, url or "", paths)
        if self._keep(mark, kept, page) and view is not None and _is_to_view(mark, kept, page.key):
            kept.pages[page.key] = page.with_view(document, view())
        words, made = sketch_of(document.texts)
        if made is not None:
            self._sketches.add(id, words, made)

    def _keep(self, mark: str, kept: _Kept, page: Page) -> bool:
        """Puts a page into its site's sample; returns whether it is new there."""
        most = self._most(mark)
        known = kept.pages.get(page.key)
        if known is not None:
            if (page.url, page.paths) < (known.url, known.paths):
                kept.pages[page.key] = msgspec.structs.replace(page, view=known.view)
            return False
        if len(kept.pages) >= most:
            if page.key >= -kept.heap[0]:
                return False
            del kept.pages[-heapq.heappushpop(kept.heap, -page.key)]
        else:
            heapq.heappush(kept.heap, -page.key)
            self._held += 1
        kept.pages[page.key] = page
        while self._held > _BUDGET and MOST_PAGES >> self._halvings > _FEWEST:
            self._halvings += 1
            self._shrink()
        return page.key in kept.pages

    def _most(self, mark: str) -> int:
        return max(_FEWEST, (MOST_PAGES if mark.startswith(_SURE) else MOST_POOL_PAGES) >> self._halvings)

    def _shrink(self) -> None:
        self._held = 0
        for mark, kept in self._kept.items():
            while len(kept.pages) > self._most(mark):
                del kept.pages[-heapq.heappop(kept.heap)]
            self._held += len(kept.pages)

    def rules(self) -> SiteRules:
        """The rules of all sites."""
        named = {mark[1:]: list(kept.pages.values()) for mark, kept in self._kept.items() if mark.startswith(_SURE)}
        pools = {mark[1:]: list(kept.pages.values()) for mark, kept in self._kept.items() if mark.startswith(_FOLDER)}
        groups = [Group(name, pages) for name, pages in named.items()]
        groups += [group for group in group_by_lines(pools) if group.name not in named]
        sites: list[Site] = []
        for group in sorted(groups, key=lambda group: group.name):
            site = learn_site(group.name, heapq.nsmallest(MOST_PAGES, group.pages, key=lambda page: (page.key, page.url)))
            if site.line or site.selector:
                sites.append(site)
        return SiteRules(tuple(sites))

    def duplicates(self) -> list[Duplicate]:
        """The documents that are nearly the same as another, sorted by id."""
        return self._sketches.duplicates()

    def save(self, path: str) -> None:
        """Writes what was learned so far, to go on from there.

        Raises `OutputError` where it cannot be written.
        """
        state = _State(
            _STATE_VERSION,
            self._halvings,
            self._kept,
            b"".join(digest.to_bytes(8, "little") for digest in sorted(self._read)),
            self._sketches.ids,
            self._sketches.words,
            self._sketches.packed(),
        )
        write_file(path, msgspec.msgpack.encode(state), replace=True)

    @classmethod
    def load(cls, path: str) -> Learner:
        """Goes on from what `save` wrote.

        Raises `DataFileError` for a file that is none.
        """
        try:
            with open(path, "rb") as file:
                state = msgspec.msgpack.decode(file.read(), type=_State)
        except OSError as error:
            raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
        except msgspec.DecodeError as error:
            raise DataFileError(path, f"is no state of cleaner learn ({error}): remove it, or name another") from error
        if state.version != _STATE_VERSION:
            raise DataFileError(path, "was written by another version of cleaner: remove it, and learn anew")
        made = cls()
        made._kept, made._halvings = state.kept, state.halvings
        made._held = sum(len(kept.pages) for kept in state.kept.values())
        made._read = {int.from_bytes(state.read[at : at + 8], "little") for at in range(0, len(state.read), 8)}
        made._sketches = Sketches.unpacked(state.ids, state.words, state.sketches)
        return made


def _is_to_view(mark: str, kept: _Kept, key: int) -> bool:
    """Whether a page has one of the smallest keys so far; the page that had one before is as if it had never been asked about."""
    if len(kept.viewed) < (_VIEWED if mark.startswith(_SURE) else _VIEWED_OF_POOL):
        heapq.heappush(kept.viewed, -key)
        return True
    if key >= -kept.viewed[0]:
        return False
    former = -heapq.heappushpop(kept.viewed, -key)
    if former in kept.pages:
        kept.pages[former] = msgspec.structs.replace(kept.pages[former], view=b"")
    return True


def _digest(id: str) -> int:
    return xxhash.xxh3_64_intdigest(id.encode("utf-8", "surrogatepass"))
