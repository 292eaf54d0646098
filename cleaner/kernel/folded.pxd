from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef enum:
    # logarithms of how many bits there are for the groups of three letters that a line has, and how many figures
    GROUPS = 13
    FIGURES = 15


cdef void fold(int kind, void* data, Py_ssize_t length, uint8_t* into) noexcept


cdef inline uint32_t bit_of(uint32_t value, int logarithm) noexcept nogil:
    """A number of so many bits for a value (multiplicative hashing, Knuth)."""
    return (value * 2654435761u) >> (32 - logarithm)


cdef inline bint is_set(const uint8_t* bits, uint32_t bit) noexcept nogil:
    return bits[bit >> 3] >> (bit & 7) & 1


cdef inline void set_bit(uint8_t* bits, uint32_t bit) noexcept nogil:
    bits[bit >> 3] |= <uint8_t>(1 << (bit & 7))


cdef inline uint32_t group_at(const uint8_t* at) noexcept nogil:
    """Four letters as one number; the first three, two are its lowest bits."""
    return at[0] | <uint32_t>at[1] << 8 | <uint32_t>at[2] << 16 | <uint32_t>at[3] << 24


cdef inline uint32_t long_bit_of(uint64_t value, int logarithm) noexcept nogil:
    """`bit_of`, for longer values."""
    return <uint32_t>((value * 0x9E3779B97F4A7C15u) >> (64 - logarithm))


cdef inline uint64_t long_group_at(const uint8_t* at) noexcept nogil:
    """Six letters as one number."""
    return group_at(at) | (<uint64_t>at[4] << 32) | (<uint64_t>at[5] << 40)
