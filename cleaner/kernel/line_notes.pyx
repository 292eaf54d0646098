"""What is found in one line after the other, where rules are looked for: `candidates` asks for it."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int32_t, uint8_t
from libc.stdlib cimport qsort
from libc.string cimport memchr

from cleaner.kernel.tries cimport Trie, Walk, next_text, walk_from
from cleaner.kernel.utf8 cimport (
    Py_UNICODE_ISDECIMAL, PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_IS_ASCII, PyUnicode_KIND, PyUnicode_READ, encode, is_alnum,
    is_inside,
)


cdef int _by_place(const void* first, const void* second) noexcept nogil:
    cdef const Hit* one = <const Hit*>first
    cdef const Hit* other = <const Hit*>second
    if one.place != other.place:
        return -1 if one.place < other.place else 1
    return -1 if one.order < other.order else one.order > other.order


cdef int32_t* _zeros(Py_ssize_t count) except NULL:
    cdef int32_t* found = <int32_t*>PyMem_Calloc(count + 1, sizeof(int32_t))
    if found == NULL:
        raise MemoryError
    return found


cdef class Notes:
    """What is found in one line after the other. A note is of this line, or pass over it, where it has its number; the others are old."""

    def __cinit__(self, Trie texts not None, Trie endings not None, Py_ssize_t sets, Py_ssize_t clauses, Py_ssize_t rules):
        self.literals, self.endings, self.sets = _zeros(texts.count), _zeros(endings.count), _zeros(sets)
        self.met, self.tried, self.clauses = _zeros(clauses), _zeros(clauses), _zeros(clauses)
        self.rules = _zeros(rules)
        self.backwards = <uint8_t*>PyMem_Malloc(endings.longest + 1)
        if self.backwards == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.literals)
        PyMem_Free(self.endings)
        PyMem_Free(self.sets)
        PyMem_Free(self.met)
        PyMem_Free(self.tried)
        PyMem_Free(self.clauses)
        PyMem_Free(self.rules)
        PyMem_Free(self.backwards)
        PyMem_Free(self.hits)
        PyMem_Free(self.encoded)

    cdef Line read(self, str text, bint with_breaks) except *:
        """The bytes of a text, with spaces for line breaks unless they are to stay."""
        cdef Line line
        cdef uint8_t* wider
        cdef uint8_t* at
        line.length = PyUnicode_GET_LENGTH(text)
        line.is_ascii = PyUnicode_IS_ASCII(text)
        if line.is_ascii:
            line.letters, line.size = <const uint8_t*>PyUnicode_DATA(text), line.length
            if with_breaks or memchr(line.letters, c"\n", line.size) == NULL:
                return line
        if self.room < 4 * line.length:
            wider = <uint8_t*>PyMem_Realloc(self.encoded, 4 * line.length)
            if wider == NULL:
                raise MemoryError
            self.encoded, self.room = wider, 4 * line.length
        line.size, line.letters = encode(text, self.encoded), self.encoded
        if not with_breaks:
            at = self.encoded
            while True:
                at = <uint8_t*>memchr(at, c"\n", self.encoded + line.size - at)
                if at == NULL:
                    break
                at[0] = c" "
        return line

    cdef int add_hit(self, int32_t clause, Py_ssize_t place, Py_ssize_t at) except -1:
        cdef Hit* wider
        if self.hits_count == self.hits_room:
            if self.hits_room > 0x3FFFFFFF:
                raise MemoryError
            wider = <Hit*>PyMem_Realloc(self.hits, (2 * self.hits_room + 64) * sizeof(Hit))
            if wider == NULL:
                raise MemoryError
            self.hits, self.hits_room = wider, 2 * self.hits_room + 64
        self.hits[self.hits_count] = Hit(clause, <int32_t>self.hits_count, place, at)
        self.hits_count += 1
        return 0

    cdef bint digit(self) noexcept:
        """Whether the line has a decimal digit."""
        cdef int kind
        cdef void* data
        cdef Py_ssize_t place
        if self.has_digit < 0:
            self.has_digit = 0
            kind, data = PyUnicode_KIND(self.text), PyUnicode_DATA(self.text)
            for place in range(PyUnicode_GET_LENGTH(self.text)):
                if Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, place)):
                    self.has_digit = 1
                    break
        return self.has_digit

    cdef void sort_hits(self) noexcept nogil:
        qsort(self.hits, self.hits_count, sizeof(Hit), _by_place)

    cdef void read_endings(self, Trie endings, const Line* line) noexcept:
        """Notes with which endings the line ends, signs behind them aside."""
        cdef Py_ssize_t end = line.size, at, size
        cdef int32_t ending
        cdef Walk walk
        self.endings_known = True
        while end > 0:
            at = end - 1
            while is_inside(line.letters[at]):
                at -= 1
            if is_alnum(line.letters + at):
                break
            end = at
        size = min(end, endings.longest)
        for at in range(size):
            self.backwards[at] = line.letters[end - 1 - at]
        walk = walk_from(0)
        while True:
            ending = next_text(endings.nodes, endings.letters, endings.starts, self.backwards, size, &walk)
            if ending < 0:
                break
            self.endings[ending] = self.line
