from libc.stdint cimport int32_t, uint8_t
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


cdef class Trie:
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
