from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

from cleaner.kernel.folded cimport long_bit_of

cdef enum:
    # logarithms of how many bits there are for groups of six letters, of four, of three, of two; of how many slots the anchors lie in
    SIX = 17
    FOUR = 16
    THREE = 14
    TWO = 13
    SLOTS = 14
    #: bounds are no greater, and neither is what is held against them
    MOST = 0xFFFF


cdef struct Anchor:
    #: the letters of a group of six; of fewer, or the sign that stands for itself, and `tagged` how many there are
    uint64_t group
    #: another group of four of the literal, so many letters further on; at 0: there is none
    uint32_t other
    int32_t other_at
    int32_t literal
    #: where among the signs of all literals its own begin, and how many they are
    int32_t first, length
    #: where in the literal the group begins; an edge before it is at -1
    int32_t offset
    #: its first sign, and its last
    uint32_t first_sign, last_sign
    #: it is of use in lines of fewer words; where it ends nearer to a line's start than so many signs; and so to its end
    uint16_t words_below, start_below, end_below


cdef class Anchors:
    cdef readonly Py_ssize_t count
    cdef uint8_t six[1 << (SIX - 3)]
    cdef uint8_t four[1 << (FOUR - 3)]
    cdef uint8_t three[1 << (THREE - 3)]
    cdef uint8_t two[1 << (TWO - 3)]
    cdef uint8_t one[32]
    cdef int32_t slots[(1 << SLOTS) + 1]
    #: what there is in each slot, side by side
    cdef Anchor* anchors
    cdef uint32_t* signs
    cdef int _read(self, list literals, const int32_t[:, ::1] uses, const uint8_t[::1] figures) except -1
    cdef int _choose(
        self, Anchor* anchor, const uint8_t* letters, Py_ssize_t size, Py_ssize_t before, const uint8_t* figures, uint8_t* chosen
    ) except -1
    cdef int _choose_sign(self, Anchor* anchor) except -1
    cdef void _sort(self, const Anchor* anchors) noexcept


cdef inline uint64_t tagged(uint32_t group, int size) noexcept nogil:
    """A group of fewer letters than six, as none of six can be."""
    return group | <uint64_t>size << 56


cdef inline uint32_t slot_of(uint64_t group) noexcept nogil:
    return long_bit_of(group, SLOTS)
