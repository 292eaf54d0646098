# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A page's blocks, elements and words, checked and counted: what its features are made of."""

from libc.stdint cimport int64_t, uint8_t

from cleaner.kernel.page_store cimport Store, first_of_integers, integers
from cleaner.kernel.page_words cimport Words, first_bits, hash_of_pair
from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef double GOOD_LINKED = 0.3


cdef class Page(Store):
    """A page of `n` blocks in `nodes` elements; whoever makes one sets these, `length`, `above` and `elements`, then reads in this order."""

    cdef int read_blocks(self, list start, list end, list linked, list roles) except -1:
        self.start = self.listed(start, 0, self.length)
        self.end = self.listed(end, 0, self.length)
        self.amount[LINKED] = self.listed(linked, 0, (<int64_t>1) << 62)
        self.role = self.listed(roles, -1, ROLES - 1)
        return 0

    cdef int read_elements(self, list parent, list depth, list marks, list first, list last, list tags) except -1:
        cdef Py_ssize_t at
        self.parent = self.listed(parent, 0, self.nodes - 1)
        self.depth = self.listed(depth, 0, (<int64_t>1) << 31)
        self.marks = self.listed(marks, 0, (<int64_t>1) << 62)
        self.first_of = self.listed(first, 0, self.n)
        self.last_of = self.listed(last, 0, self.n)
        self.tag = self.listed(tags, 0, self.nodes)
        for at in range(self.nodes):
            if self.last_of[at] == 0:
                self.last_of[at] = self.n
        return 0

    cdef int check_blocks(self) except -1:
        cdef Py_ssize_t block, level
        for block in range(self.n):
            if self.start[block] >= self.end[block] or (block and self.start[block] < self.end[block - 1]):
                raise ValueError("a block is empty, or not behind the one before it")
            for level in range(LEVELS):
                if not 0 <= self.above[level * self.n + block] < self.nodes:
                    raise ValueError("a block stands in no node")
        return 0

    cdef int read_words(self, str text, str lowered, const uint8_t* table) except -1:
        self.text, self.found = text, Words()
        self.classes = <uint8_t*>self.zeros(self.length, 1)
        self.found.read(text, lowered, table, self.length, self.classes)
        self.find_edges()
        self.part_words()
        self.pair_words()
        return 0

    cdef int find_edges(self) except -1:
        """Where the words of each text behind the source begin."""
        cdef int kind = PyUnicode_KIND(self.text)
        cdef void* data = PyUnicode_DATA(self.text)
        cdef Words found = self.found
        cdef list edges = []
        cdef Py_ssize_t at, place = 0
        for at in range(self.length, PyUnicode_GET_LENGTH(self.text)):
            if PyUnicode_READ(kind, data, at) == 0:
                while place < found.count and found.begins[place] < at:
                    place += 1
                edges.append(place)
        if len(edges) <= TITLES:
            raise ValueError("the texts behind the source are too few")
        self.edge_count, self.edges = len(edges), self.listed(edges, 0, found.count)
        self.words = self.edges[0]
        return 0

    cdef int part_words(self) except -1:
        """Where the words of each block begin, and how many it has."""
        cdef Py_ssize_t at, block, place = 0
        self.word_from_array, self.counts_array, self.words_array = integers(self.n + 1), integers(self.n), integers(self.words)
        cdef int64_t* word_from = first_of_integers(self.word_from_array)
        cdef int64_t* count = first_of_integers(self.counts_array)
        cdef int64_t* rows = first_of_integers(self.words_array)
        for block in range(self.n):
            while place < self.words and self.found.begins[place] < self.start[block]:
                place += 1
            word_from[block] = place
        word_from[self.n] = self.words
        if word_from[0] != 0:
            raise ValueError("words stand before the first block")
        for at in range(self.words):
            rows[at] = first_bits(self.found.values[at], WORD_BITS)
        for block in range(self.n):
            count[block] = word_from[block + 1] - word_from[block]
        self.word_from, self.amount[COUNT], self.word_rows = word_from, count, rows
        return 0

    cdef int pair_words(self) except -1:
        """Pairs of words beside each other in a block."""
        cdef Py_ssize_t at, block, place = 0
        for block in range(self.n):
            if self.amount[COUNT][block] > 1:
                place += self.amount[COUNT][block] - 1
        self.pairs_array, self.pair_from_array = integers(place), integers(self.n + 1)
        cdef int64_t* pairs = first_of_integers(self.pairs_array)
        cdef int64_t* pair_from = first_of_integers(self.pair_from_array)
        place = 0
        for block in range(self.n):
            pair_from[block] = place
            for at in range(self.word_from[block], self.word_from[block + 1] - 1):
                pairs[place] = first_bits(hash_of_pair(self.found.values[at], self.found.values[at + 1]), PAIR_BITS)
                place += 1
        pair_from[self.n] = place
        return 0

    cdef int sum_up(self) except -1:
        cdef Py_ssize_t block, row, n = self.n
        cdef int64_t* count = self.amount[COUNT]
        cdef int64_t* linked = self.amount[LINKED]
        cdef int64_t* chars = self.numbers(n)
        cdef int64_t* good = self.numbers(n)
        cdef int64_t* is_good = self.numbers(n)
        self.amount[CHARS], self.amount[GOOD], self.amount[IS_GOOD] = chars, good, is_good
        self.flagged = <uint8_t*>self.zeros(FLAGS * n, 1)
        for block in range(n):
            chars[block] = self.end[block] - self.start[block]
            if linked[block] > chars[block]:
                linked[block] = chars[block]
            if count[block] >= GOOD_WORDS and <double>linked[block] < GOOD_LINKED * <double>chars[block]:
                good[block], is_good[block] = count[block], 1
            self.flagged[PARAGRAPH * n + block] = self.role[block] == 0
            self.flagged[HEADING * n + block] = 0 <= self.role[block] < HEADINGS
            self.flagged[GOOD_TEXT * n + block] = is_good[block]
        for row in range(AMOUNTS):
            self.running[row] = self.numbers(n + 1)
            for block in range(n):
                self.running[row][block + 1] = self.running[row][block] + self.amount[row][block]
            self.total[row] = self.running[row][n]
        return 0

    cdef int64_t article_words(self) noexcept:
        """How many words has the article that the page's scripts tell."""
        return self.edges[4] - self.edges[3]

    cdef bint has_article(self) noexcept:
        return self.article_words() >= LEAST_ARTICLE and self.words >= 2
