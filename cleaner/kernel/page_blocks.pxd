from libc.stdint cimport int64_t, uint8_t

from cleaner.kernel.page_store cimport Store
from cleaner.kernel.page_words cimport Words

#: sizes and limits, as in `classify.html_features`
cdef enum:
    WORD_BITS = 15
    PAIR_BITS = 15
    LEVELS = 6
    SUMMED = 5
    GOOD_WORDS = 12
    LEAST_ARTICLE = 40
    ROLES = 10
    HEADINGS = 6
    #: texts before the names: two titles, a description, an article
    TITLES = 4

#: what is summed up over blocks: words, signs in links, signs, words of paragraphs of text, these paragraphs
cdef enum:
    COUNT, LINKED, CHARS, GOOD, IS_GOOD
    AMOUNTS

#: what blocks are flagged with
cdef enum:
    PARAGRAPH, HEADING, GOOD_TEXT
    FLAGS


cdef class Page(Store):
    cdef Py_ssize_t n, nodes
    #: of the blocks
    cdef int64_t* start
    cdef int64_t* end
    cdef int64_t* role
    cdef int64_t* amount[AMOUNTS]
    #: one row of blocks each
    cdef uint8_t* flagged
    #: amounts of the blocks before each, and of all
    cdef int64_t* running[AMOUNTS]
    cdef int64_t total[AMOUNTS]
    #: of the elements
    cdef int64_t* parent
    cdef int64_t* depth
    cdef int64_t* marks
    cdef int64_t* tag
    cdef int64_t* first_of
    cdef int64_t* last_of
    #: elements around blocks, and their sets of names: one row of blocks for each level
    cdef const int64_t* above
    cdef const int64_t* elements
    #: the source, classes of its characters, and its words; behind these are those of the titles, the article and the names
    cdef str text
    cdef Py_ssize_t length
    cdef uint8_t* classes
    cdef Words found
    cdef Py_ssize_t words
    #: the first word of each of those texts, and of each block
    cdef Py_ssize_t edge_count
    cdef int64_t* edges
    cdef int64_t* word_from
    #: words as rows of their table
    cdef int64_t* word_rows
    #: the first block of each element around each block, and the one behind its last
    cdef int64_t* firsts
    cdef int64_t* lasts
    cdef object counts_array, words_array, word_from_array, pairs_array, pair_from_array, first_array, last_array
    cdef int read_blocks(self, list start, list end, list linked, list roles) except -1
    cdef int read_elements(self, list parent, list depth, list marks, list first, list last, list tags) except -1
    cdef int check_blocks(self) except -1
    cdef int read_words(self, str text, str lowered, const uint8_t* table) except -1
    cdef int find_edges(self) except -1
    cdef int part_words(self) except -1
    cdef int pair_words(self) except -1
    cdef int sum_up(self) except -1
    cdef int64_t article_words(self) noexcept
    cdef bint has_article(self) noexcept
