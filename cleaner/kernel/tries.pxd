from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcmp


cdef struct Node:
    #: where the nodes behind this one are, one for each byte; 0: there are none; below 0: only the text of this number goes on (-1 - it)
    int32_t base
    #: the node before this one; -1: it is not used
    int32_t check
    #: the number of the text that ends here, or -1
    int32_t value


cdef struct Walk:
    int32_t node
    Py_ssize_t start
    #: one past the last byte that was read
    Py_ssize_t at


cdef enum:
    # logarithms of how many bits there are for beginnings of four bytes, of three, of two
    FOUR = 16
    THREE = 13
    TWO = 16


cdef class Trie:
    #: which beginnings texts have: of four bytes (all texts, but the shorter ones), three (texts as long as that), two (of two or one)
    cdef uint8_t four[1 << (FOUR - 3)]
    cdef uint8_t three[1 << (THREE - 3)]
    cdef uint8_t two[1 << (TWO - 3)]
    cdef Node* nodes
    cdef Py_ssize_t room
    #: all texts, one behind the other, and where each begins
    cdef uint8_t* letters
    cdef int32_t* starts
    cdef readonly Py_ssize_t count
    cdef readonly Py_ssize_t longest
    cdef int _read(self, list texts) except -1
    cdef int _build(self) except -1
    cdef Py_ssize_t _base(self, const uint8_t* bytes_behind, int count, Py_ssize_t* free) except -1
    cdef int _make_room(self, Py_ssize_t room) except -1
    cdef void _note_beginning(self, const uint8_t* text, Py_ssize_t size) noexcept


cdef inline uint32_t bit_of(uint32_t value, int logarithm) noexcept nogil:
    """A number of so many bits for a value (multiplicative hashing, Knuth)."""
    return (value * 2654435761u) >> (32 - logarithm)


cdef inline bint is_set(const uint8_t* bits, uint32_t bit) noexcept nogil:
    return bits[bit >> 3] >> (bit & 7) & 1


cdef inline bint may_begin(const uint8_t* four, const uint8_t* three, const uint8_t* two, const uint8_t* at, Py_ssize_t rest) noexcept nogil:
    """Whether a text may begin there; it says no at most places, and only where none does."""
    cdef uint32_t value
    if rest < 4:
        return True
    value = at[0] | <uint32_t>at[1] << 8 | <uint32_t>at[2] << 16 | <uint32_t>at[3] << 24
    return is_set(four, bit_of(value, FOUR)) or is_set(three, bit_of(value & 0xFFFFFF, THREE)) or is_set(two, value & 0xFFFF)


cdef inline Walk walk_from(Py_ssize_t start) noexcept nogil:
    return Walk(0, start, start)


cdef inline int32_t next_text(const Node* nodes, const uint8_t* letters, const int32_t* starts, const uint8_t* line, Py_ssize_t size, Walk* walk) noexcept nogil:
    """The number of the next, longer text with which the line goes on from the walk's start; -1 where there is none any more."""
    cdef int32_t base, node
    cdef Py_ssize_t rest, length
    while walk.node >= 0:
        base = nodes[walk.node].base
        if base < 0:
            walk.node = -1
            node = -1 - base
            rest = starts[node] + walk.at - walk.start
            length = starts[node + 1] - rest
            if length > size - walk.at or letters[rest] != line[walk.at] or memcmp(letters + rest, line + walk.at, length) != 0:
                return -1
            walk.at += length
            return node
        if base == 0 or walk.at == size:
            break
        node = base + line[walk.at]
        if nodes[node].check != walk.node:
            break
        walk.node = node
        walk.at += 1
        if nodes[node].value >= 0:
            return nodes[node].value
    walk.node = -1
    return -1
