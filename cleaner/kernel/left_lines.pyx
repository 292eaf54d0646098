# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Names for removed lines that no rule takes, then for all by the box they stand in: `classify.left`, compiled."""

from cpython.dict cimport PyDict_Next
from cpython.list cimport PyList_GET_ITEM
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GET_ITEM, PyTuple_GET_SIZE
from libc.math cimport exp, fabs
from libc.stdint cimport int32_t

from cleaner.kernel.boxes cimport MOST_LABELS, Boxes
from cleaner.kernel.joints cimport is_run_together
from cleaner.kernel.line_text cimport has_decimal, has_letter, last_sign
from cleaner.kernel.named_lines cimport (
    ADVERT, AUTHOR_BIO, BYLINE, CAPTION, COMMENTS, HEADLINE, MEDIA, NAVIGATION, NONE, PHOTO_CREDIT, PROMOTION, SECTION, SHARE, TEASER_LIST,
    TIMESTAMP, Known, Place, label_at, nearest,
)
from cleaner.kernel.rounded cimport whole
from cleaner.kernel.rule_facts cimport BEFORE, Facts, RuleFacts, in_position

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_ssize_t PyUnicode_Find(object text, object part, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)

cdef enum:
    #: no title
    FAR = 1_000_000_000


cdef struct Sizes:
    Py_ssize_t menu_lines
    Py_ssize_t menu_words
    Py_ssize_t few_words
    Py_ssize_t title_words
    Py_ssize_t teaser_words
    Py_ssize_t reach
    Py_ssize_t kicker_reach
    Py_ssize_t byline_reach
    Py_ssize_t second_title_reach
    Py_ssize_t caption_reach
    Py_ssize_t caption_words
    Py_ssize_t kicker_words
    Py_ssize_t joining


cdef class Namer:
    cdef tuple names
    cdef dict numbers
    cdef Sizes sizes
    cdef double menu_share
    cdef object is_name
    cdef str stops
    cdef object verdict
    cdef Py_ssize_t path_end
    cdef Boxes boxes
    #: what the evidence of a run says
    cdef Py_ssize_t sure_reach
    cdef object rounded

    def __cinit__(
        self, tuple names, tuple sizes, double menu_share, object is_name, str stops, Py_ssize_t path_end, Boxes boxes,
        Py_ssize_t sure_reach, object rounded, object verdict,
    ):
        if not MEDIA < len(names) <= MOST_LABELS:
            raise ValueError("there are too many labels, or too few")
        self.names, self.numbers, self.boxes = names, {name: label for label, name in enumerate(names)}, boxes
        (
            self.sizes.menu_lines, self.sizes.menu_words, self.sizes.few_words, self.sizes.title_words, self.sizes.teaser_words,
            self.sizes.reach, self.sizes.kicker_reach, self.sizes.byline_reach, self.sizes.second_title_reach, self.sizes.caption_reach,
            self.sizes.caption_words, self.sizes.kicker_words, self.sizes.joining,
        ) = sizes
        self.menu_share, self.is_name, self.stops, self.path_end, self.verdict = menu_share, is_name, stops, path_end, verdict
        self.sure_reach, self.rounded = sure_reach, rounded

    def name(
        self, RuleFacts rules, tuple blocks, tuple texts, dict taken, dict hints, list words, list content, list evidence, Py_ssize_t first,
        Py_ssize_t first_body, Py_ssize_t last, frozenset users,
    ):
        """Names what the structure removed, in `taken`, and renames what stands there."""
        cdef Place place = Place(first, first_body, last, len(blocks), False)
        cdef Py_ssize_t at, block, named = 0, dict_place = 0
        cdef Known* known
        cdef int32_t* order
        cdef PyObject* key
        cdef PyObject* value
        if not (len(texts) == len(words) == len(content) == len(evidence) == place.count):
            raise ValueError("each block has a text, words, evidence, and a place")
        known = <Known*>PyMem_Malloc(place.count * (sizeof(Known) + sizeof(int32_t)) + 1)
        if known == NULL:
            raise MemoryError
        order = <int32_t*>(known + place.count)
        try:
            for at in range(place.count):
                known[at] = Known(<object>PyList_GET_ITEM(words, at), NONE, NONE, NONE, True, False, True, <object>PyList_GET_ITEM(content, at))
            while PyDict_Next(taken, &dict_place, &key, &value):
                block = <object>key
                if not 0 <= block < place.count or named == place.count:
                    raise ValueError("no such block")
                known[block].label = self.numbers[(<object>value).label]
                place.has_titles = place.has_titles or known[block].label == HEADLINE
                if users and (<object>value).reason in users:
                    known[block].is_open = False
                known[block].before = known[block].label
                order[named] = block
                named += 1
            named = self._guess(rules, texts, hints, known, order, named, &place)
            self.boxes.join_teasers(known, &place)
            self.boxes.keep_company(known, order, named, &place)
            self._write(blocks, taken, evidence, known, order, named, &place)
        finally:
            PyMem_Free(known)

    cdef int _write(
        self, tuple blocks, dict taken, list evidence, const Known* known, const int32_t* order, Py_ssize_t named, const Place* place
    ) except -1:
        """Makes verdicts of what has a name, or another."""
        cdef Py_ssize_t at, block, start = 0, stop = 0
        for at in range(named):
            block = order[at]
            if known[block].is_new:
                if block >= stop:
                    start = stop = block
                    while start > 0 and not known[start - 1].content:
                        start -= 1
                    while stop < place.count and not known[stop].content:
                        stop += 1
                where = blocks[block]
                sureness = self._sureness(evidence, max(start, block - self.sure_reach), min(stop, block + self.sure_reach + 1))
                taken[block] = self.verdict(where.start, where.end, self.names[known[block].label], "structure", sureness)
            elif known[block].label != known[block].before:
                old = taken[block]
                taken[block] = self.verdict(old.start, old.end, self.names[known[block].label], old.reason, old.score)
        return 0

    cdef object _sureness(self, list evidence, Py_ssize_t start, Py_ssize_t stop):
        """The mean evidence of these blocks as a probability that they go, with four digits."""
        cdef double mean = 0.0, steps, chance
        cdef Py_ssize_t at
        for at in range(start, stop):
            mean += <object>PyList_GET_ITEM(evidence, at)
        mean = mean / (stop - start)
        chance = mean - 0.5
        chance = chance if chance < 6.0 else 6.0
        chance = 1 / (1 + exp(chance if chance > -6.0 else -6.0))
        steps = chance * 1e4
        # Beside a half, what was rounded in the product may decide.
        return whole(steps) / 1e4 if fabs(fabs(steps - whole(steps)) - 0.5) > 1e-6 else self.rounded(chance, 4)

    cdef Py_ssize_t _guess(
        self, RuleFacts rules, tuple texts, dict hints, Known* known, int32_t* order, Py_ssize_t named, const Place* place
    ) except -1:
        cdef Py_ssize_t start = 0, stop, block, short, title_above = -FAR, title_below = -1, under, over
        cdef int previous, following, label
        cdef bint is_menu, is_author, follows
        # Titles are those that were known before anything was guessed: those of `before`.
        while start < place.count:
            if known[start].content or known[start].label != NONE:
                if known[start].before == HEADLINE:
                    title_above = start
                start += 1
                continue
            stop, short = start, 0
            while stop < place.count and not known[stop].content and known[stop].label == NONE:
                short += known[stop].words <= self.sizes.menu_words
                stop += 1
            is_menu = stop - start >= self.sizes.menu_lines and <double>short > self.menu_share * <double>(stop - start)
            previous = nearest(known, start - 1, -1, self.sizes.reach, place.count)
            following = nearest(known, stop, 1, self.sizes.reach, place.count)
            if place.has_titles and title_below < stop:
                title_below = stop
                while title_below < place.count and known[title_below].before != HEADLINE:
                    title_below += 1
            follows = False
            for block in range(start, stop):
                under = block - title_above if title_above >= 0 else FAR
                over = title_below - block if place.has_titles and title_below < place.count else FAR
                is_author = self._is_author(texts, known, place, block, under, is_menu, follows)
                follows = is_author or (follows and PyUnicode_GET_LENGTH(texts[block]) <= self.sizes.joining)
                if follows and not self._is_caption(texts, known, place, block):
                    label = BYLINE
                elif is_menu:
                    label = NAVIGATION
                else:
                    label = self._by_looks(rules, texts, hints, known, place, block, under, over, previous, following)
                    if label == NONE:
                        label = self._by_place(texts, known, place, block, under, over, previous, following)
                known[block].label, known[block].is_new = label, True
                order[named] = block
                named += 1
            start = stop
        return named

    cdef bint _is_author(
        self, tuple texts, const Known* known, const Place* place, Py_ssize_t block, Py_ssize_t under, bint is_menu, bint follows
    ) except -1:
        cdef int above = label_at(known, place, block - 1), below = label_at(known, place, block + 1)
        if known[block].words > self.sizes.title_words:
            return False
        if not (follows or above == BYLINE or above == AUTHOR_BIO or below == BYLINE or below == AUTHOR_BIO):
            if is_menu:
                return False
            if under > self.sizes.byline_reach:
                if block >= place.last:
                    return False
                if above != TIMESTAMP and below != TIMESTAMP:
                    if block <= place.first or block + 1 >= place.count or not known[block + 1].content or below != NONE:
                        return False
        return self.is_name(texts[block])

    cdef bint _is_caption(self, tuple texts, const Known* known, const Place* place, Py_ssize_t block) except -1:
        cdef bint over_credit
        if block >= place.last:
            return False
        over_credit = label_at(known, place, block + 1) == PHOTO_CREDIT
        if known[block].words > self.sizes.few_words:
            return over_credit or label_at(known, place, block - 1) == PHOTO_CREDIT
        return over_credit and self.is_name(texts[block])

    cdef int _by_looks(
        self, RuleFacts rules, tuple texts, dict hints, const Known* known, const Place* place, Py_ssize_t block, Py_ssize_t under,
        Py_ssize_t over, int previous, int following,
    ) except -2:
        """A label for what a line looks like, or stands beside, wherever it is."""
        cdef str text = texts[block]
        cdef const Facts* best = NULL
        cdef const Facts* rule
        cdef bint above
        cdef Py_ssize_t at
        cdef tuple weak
        if hints and block in hints:
            weak = hints[block]
            above = block < place.first_body or under <= self.sizes.caption_reach
            for at in range(PyTuple_GET_SIZE(weak)):
                rule = &rules.facts[rules.number_of(<object>PyTuple_GET_ITEM(weak, at))]
                if in_position(rule, block, place.first, place.last) or (above and rule.position == BEFORE):
                    best = rules.strongest(best, rule)
            if best != NULL:
                return best.label
        if self._is_caption(texts, known, place, block):
            return CAPTION
        if is_run_together(text, self.stops):
            return SECTION
        if place.has_titles and (
            self._ends_path(texts, text, block - under, place.count) or self._ends_path(texts, text, block + over, place.count)
        ):
            return SECTION
        if previous == SHARE or previous == COMMENTS or following == SHARE or following == COMMENTS:
            if has_decimal(text) and not has_letter(text):
                return previous if previous == SHARE or previous == COMMENTS else following
        return NONE

    cdef bint _ends_path(self, tuple texts, str text, Py_ssize_t at, Py_ssize_t count) except -1:
        """Whether a line is a path of sections at whose end the title stands, cut short perhaps."""
        cdef str title
        if not 0 <= at < count:
            return False
        title = texts[at]
        if PyUnicode_GET_LENGTH(title) < self.path_end or PyUnicode_GET_LENGTH(text) <= self.path_end:
            return False
        return PyUnicode_Find(text, PyUnicode_Substring(title, 0, self.path_end), 0, PyUnicode_GET_LENGTH(text), 1) > 0

    cdef int _by_place(
        self, tuple texts, const Known* known, const Place* place, Py_ssize_t block, Py_ssize_t under, Py_ssize_t over, int previous,
        int following,
    ) except -2:
        """The label that most lines of this length have at this place."""
        cdef Py_ssize_t words = known[block].words
        cdef const Sizes* sizes = &self.sizes
        if under <= sizes.second_title_reach and sizes.title_words <= words < sizes.caption_words:
            return HEADLINE
        if under <= sizes.caption_reach and words >= sizes.caption_words:
            return CAPTION
        if block < place.first:
            if over == 1 and (words >= sizes.kicker_words or under == 1 or last_sign(texts[block]) == c':'):
                return HEADLINE
            if (previous == HEADLINE or previous == BYLINE) and words <= sizes.title_words:
                return BYLINE
            if words >= sizes.title_words:
                return HEADLINE if not place.has_titles or min(under, over) <= sizes.kicker_reach else NAVIGATION
            return SECTION if following == HEADLINE else NAVIGATION
        if block < place.last:
            if words >= sizes.title_words or previous == TIMESTAMP or following == TIMESTAMP:
                return TEASER_LIST
            return previous if previous == SHARE or previous == ADVERT or previous == MEDIA or previous == COMMENTS else NAVIGATION
        if PyUnicode_GET_LENGTH(texts[block]) == 1:
            return NAVIGATION
        if previous == PROMOTION or (following == PROMOTION and previous != NAVIGATION and words < sizes.teaser_words):
            return PROMOTION
        if previous == TIMESTAMP or following == TIMESTAMP or words >= sizes.teaser_words:
            return TEASER_LIST
        if previous == following and (previous == TEASER_LIST or previous == COMMENTS or previous == SHARE or previous == ADVERT):
            return previous
        return NAVIGATION if words <= sizes.few_words else TEASER_LIST
