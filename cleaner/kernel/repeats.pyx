# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which blocks of a text may stand in it twice: `classify.duplicates`, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy

from cleaner.kernel.line_edges cimport NEAR, is_edge, mark_near

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    uint32_t Py_UNICODE_TOLOWER(uint32_t sign) noexcept nogil

cdef enum:
    #: bytes by which a start is looked for, and by which it is known
    START = 16
    MOST_COMPARED = 128
    #: slots for each start, and each text; so many starts that meet are told from each other
    ROOM = 64
    MOST_MEETING = 8
    LEAST_SLOTS = 256
    MOST_SLOTS = 1 << 20
    # İ, whose small form is longer, and ς and σ, the small forms of Σ
    DOTTED_CAPITAL = 0x130
    FINAL_SIGMA = 0x3C2
    SMALL_SIGMA = 0x3C3


cdef struct Bare:
    #: a block, and its text without the signs at its edges
    Py_ssize_t block
    Py_ssize_t low
    Py_ssize_t high
    #: whether it may stand elsewhere
    bint may


cdef inline uint64_t _hash_of_start(const uint8_t* start) noexcept nogil:
    """Of the first `START` bytes (multilinear hashing, Lemire and Kaser 2014)."""
    cdef uint64_t first, second
    memcpy(&first, start, 8)
    memcpy(&second, start + 8, 8)
    first = first * <uint64_t>0x9E3779B97F4A7C15 + second * <uint64_t>0xC2B2AE3D27D4EB4F
    return first >> 40


cdef inline uint64_t _slots(Py_ssize_t count) noexcept nogil:
    cdef uint64_t slots = LEAST_SLOTS
    while slots < ROOM * <uint64_t>count and slots < MOST_SLOTS:
        slots *= 2
    return slots


cdef inline void _note(Bare* bare, Py_ssize_t number, uint32_t* slot) noexcept nogil:
    """Puts a text into its slot: with another that is there already, it may stand twice."""
    if slot[0]:
        bare[number].may = bare[slot[0] - 1].may = True
    else:
        slot[0] = <uint32_t>(number + 1)


cdef inline bint _put(uint32_t* table, uint64_t mask, uint64_t hashed, Py_ssize_t number) noexcept nogil:
    """Whether there was room for a start."""
    cdef uint64_t slot
    for slot in range(hashed, hashed + MOST_MEETING):
        if not table[slot & mask]:
            table[slot & mask] = <uint32_t>(number + 1)
            return True
    return False


cdef uint64_t _hash_of_text(int kind, void* data, Py_ssize_t low, Py_ssize_t high, bint* is_plain) noexcept nogil:
    """The same for texts that are the same in small letters."""
    cdef uint64_t hashed = <uint64_t>(high - low)
    cdef uint32_t sign
    cdef Py_ssize_t at
    for at in range(low, high):
        sign = PyUnicode_READ(kind, data, at)
        if sign < 0x80:
            sign += 32 if c"A" <= sign <= c"Z" else 0
        elif sign == DOTTED_CAPITAL:
            is_plain[0] = False
        else:
            sign = <uint32_t>(SMALL_SIGMA if sign == FINAL_SIGMA else Py_UNICODE_TOLOWER(sign))
        hashed = (hashed ^ sign) * <uint64_t>0x9E3779B97F4A7C15
        hashed ^= hashed >> 32
    return hashed


cdef class Repeats:
    cdef str edges
    cdef uint8_t near[NEAR]

    def __cinit__(self, str edges not None):
        self.edges = edges
        mark_near(edges, self.near)

    cdef int _strip(self, int kind, void* data, Bare* bare) except -1:
        while bare.low < bare.high and is_edge(self.edges, self.near, PyUnicode_READ(kind, data, bare.low)):
            bare.low += 1
        while bare.low < bare.high and is_edge(self.edges, self.near, PyUnicode_READ(kind, data, bare.high - 1)):
            bare.high -= 1
        return 0

    def repeated(self, tuple texts not None, list words not None, candidates, Py_ssize_t least_words):
        cdef Py_ssize_t most = len(candidates), count = 0, block, number
        cdef uint64_t slots = _slots(most), place
        cdef bint is_plain = True
        cdef Bare* bare
        cdef uint32_t* table
        cdef str text
        if len(words) != len(texts):
            raise ValueError("each block has words, and a text")
        bare = <Bare*>PyMem_Calloc(most * sizeof(Bare) + slots * sizeof(uint32_t), 1)
        if bare == NULL:
            raise MemoryError
        table = <uint32_t*>(bare + most)
        try:
            for block in candidates:
                if not 0 <= block < len(words) or count == most:
                    raise ValueError("there is no such block")
                if <Py_ssize_t>words[block] < least_words:
                    continue
                text = texts[block]
                bare[count].block, bare[count].high = block, PyUnicode_GET_LENGTH(text)
                self._strip(PyUnicode_KIND(text), PyUnicode_DATA(text), bare + count)
                _note(bare, count, table + (<uint64_t>(bare[count].high - bare[count].low) & (slots - 1)))
                count += 1
            # Of the same length are few: only these are read to their ends.
            most = 0
            for number in range(count):
                if bare[number].may:
                    bare[most] = bare[number]
                    most += 1
            if most and not _compare(bare, most, texts, table, slots):
                is_plain = False
            return [bare[number].block for number in range(most) if bare[number].may or not is_plain]
        finally:
            PyMem_Free(bare)

    def quoted(
        self, str source not None, tuple blocks not None, list words not None, candidates, Py_ssize_t least_words, Py_ssize_t most_words
    ):
        cdef int kind = PyUnicode_KIND(source)
        cdef const uint8_t* data = <const uint8_t*>PyUnicode_DATA(source)
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(source), most = len(candidates), places = 0, count = 0, low, high, block, number
        cdef Py_ssize_t shortest = length
        cdef uint64_t slots
        cdef Bare* bare
        cdef Bare* where
        cdef uint32_t* table = NULL
        if len(words) != len(blocks):
            raise ValueError("each block has words")
        bare = <Bare*>PyMem_Calloc(2 * most + 1, sizeof(Bare))
        if bare == NULL:
            raise MemoryError
        where = bare + most
        try:
            for block in candidates:
                if not 0 <= block < len(blocks) or places == most:
                    raise ValueError("there is no such block")
                item = blocks[block]
                low, high = item.start, item.end
                if not 0 <= low <= high <= length:
                    raise ValueError("a block lies outside of the source")
                where[places].low, where[places].high = low, high
                places += 1
                if least_words <= <Py_ssize_t>words[block] <= most_words:
                    bare[count].block, bare[count].low, bare[count].high = block, low, high
                    self._strip(kind, <void*>data, bare + count)
                    shortest = min(shortest, bare[count].high - bare[count].low)
                    count += 1
            if not count:
                return []
            slots = _slots(count)
            table = <uint32_t*>PyMem_Calloc(slots, sizeof(uint32_t))
            if table == NULL:
                raise MemoryError
            for number in range(count):
                if (bare[number].high - bare[number].low) * kind < START:
                    bare[number].may = True
                else:
                    bare[number].may = not _put(table, slots - 1, _hash_of_start(data + bare[number].low * kind), number)
            # What stands before the first candidate may begin there and reach into it.
            _find_starts(data, kind, 0, where[0].low, length, bare, table, slots - 1)
            for number in range(places):
                if where[number].high - where[number].low > shortest:
                    _find_starts(data, kind, where[number].low, where[number].high, where[number].high, bare, table, slots - 1)
            return [bare[number].block for number in range(count) if bare[number].may]
        finally:
            PyMem_Free(table)
            PyMem_Free(bare)


cdef bint _compare(Bare* bare, Py_ssize_t count, tuple texts, uint32_t* table, uint64_t slots) except -1:
    """Whether the texts could be compared by their hashes; of those that could, the ones that may stand twice are marked."""
    cdef Py_ssize_t number
    cdef bint is_plain = True
    cdef uint64_t hashed
    cdef str text
    for number in range(<Py_ssize_t>slots):
        table[number] = 0
    for number in range(count):
        bare[number].may = False
    for number in range(count):
        text = texts[bare[number].block]
        hashed = _hash_of_text(PyUnicode_KIND(text), PyUnicode_DATA(text), bare[number].low, bare[number].high, &is_plain)
        _note(bare, number, table + (hashed & (slots - 1)))
    return is_plain


cdef void _find_starts(
    const uint8_t* data, int width, Py_ssize_t low, Py_ssize_t high, Py_ssize_t end, Bare* bare, const uint32_t* table, uint64_t mask
) noexcept nogil:
    """Marks the texts that stand somewhere between `low` and `high`, or begin there, beside their own place."""
    cdef Py_ssize_t at, size, last = min(high, end - START // width)
    cdef uint64_t hashed, slot
    cdef uint32_t number
    cdef Bare* text
    for at in range(low, last + 1):
        hashed = _hash_of_start(data + at * width)
        if not table[hashed & mask]:
            continue
        for slot in range(hashed, hashed + MOST_MEETING):
            number = table[slot & mask]
            if not number:
                break
            text = bare + number - 1
            size = text.high - text.low
            if not text.may and text.low != at and size <= end - at:
                size = min(size * width, <Py_ssize_t>MOST_COMPARED)
                text.may = memcmp(data + at * width, data + text.low * width, size) == 0
