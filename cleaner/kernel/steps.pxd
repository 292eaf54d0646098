from libc.stdint cimport int32_t, uint8_t, uint32_t

from cleaner.kernel.utf8 cimport is_inside

#: literals of one trie, each the beginning of the next
cdef enum:
    MOST_ENDS = 32


cdef inline bint is_word(uint8_t byte) noexcept nogil:
    return c"a" <= (byte | 0x20) <= c"z" or c"0" <= byte <= c"9" or byte == c"_"


cdef inline bint has_bit(const int32_t* bits, uint8_t byte) noexcept nogil:
    return (<uint32_t>bits[byte >> 5] >> (byte & 31)) & 1


cdef inline int taken(const int32_t* members, const uint8_t* text, Py_ssize_t at, Py_ssize_t size) noexcept nogil:
    """How many bytes the sign there has, if it is in the class; 0 otherwise. A class is 128 bits, a number of ranges, and the ranges."""
    cdef uint8_t first
    cdef uint32_t sign
    cdef int width, low, high, middle
    if at >= size:
        return 0
    first = text[at]
    if first < 0x80:
        return has_bit(members, first)
    if first < 0xC2 or members[4] == 0:
        return 0
    if first < 0xE0:
        width = 2
        sign = first & 0x1F
    elif first < 0xF0:
        width = 3
        sign = first & 0x0F
    elif first < 0xF5:
        width = 4
        sign = first & 0x07
    else:
        return 0
    if size - at < width:
        return 0
    for middle in range(1, width):
        if not is_inside(text[at + middle]):
            return 0
        sign = (sign << 6) | (text[at + middle] & 0x3F)
    if (width == 3 and sign < 0x800) or (width == 4 and not 0x10000 <= sign < 0x110000):
        return 0
    low = 0
    high = members[4]
    while low < high:
        middle = (low + high) >> 1
        if <uint32_t>members[6 + 2 * middle] < sign:
            low = middle + 1
        else:
            high = middle
    return width if low < members[4] and <uint32_t>members[5 + 2 * low] <= sign else 0


cdef inline int ends_of(const int32_t* nodes, const uint8_t* text, Py_ssize_t at, Py_ssize_t size, int32_t* ends) noexcept nogil:
    """Where literals end that begin there, the preferred one first; returns how many.

    A node is its number of edges, with bit 16 set where a literal ends, which one it is then, and the edges: byte, node << 8.
    """
    cdef int32_t order[MOST_ENDS]
    cdef int32_t head, edges, edge, place
    cdef int count = 0, low, high, middle
    cdef uint8_t byte
    cdef const int32_t* node = nodes
    while True:
        head = node[0]
        edges = head & 0xFFFF
        node += 1
        if head & 0x10000:
            low = count
            while low > 0 and order[low - 1] > node[0]:
                order[low] = order[low - 1]
                ends[low] = ends[low - 1]
                low -= 1
            order[low] = node[0]
            ends[low] = <int32_t>at
            count += 1
            node += 1
        if at >= size or edges == 0:
            return count
        byte = text[at]
        if c"A" <= byte <= c"Z":
            byte |= 0x20
        at += 1
        if edges == 1:
            edge = node[0]
            if (edge & 0xFF) != byte:
                return count
        else:
            low = 0
            high = edges
            while low < high:
                middle = (low + high) >> 1
                if (node[middle] & 0xFF) < byte:
                    low = middle + 1
                else:
                    high = middle
            if low == edges:
                return count
            edge = node[low]
            if (edge & 0xFF) != byte:
                return count
        node = nodes + (edge >> 8)
