"""What is found in one line after the other, where rules are looked for: `candidates` asks for it."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int32_t, uint8_t
from libc.stdlib cimport qsort
from libc.string cimport memset

from cleaner.kernel.folded cimport GROUPS, bit_of, fold, group_at, set_bit
from cleaner.kernel.line_text cimport have_decimal
from cleaner.kernel.tries cimport Trie, Walk, next_text, walk_from
from cleaner.kernel.utf8 cimport (
    Py_UNICODE_ISALNUM, PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, encode_sign,
)

cdef enum:
    #: an edge before a piece's letters, and those behind them
    EDGES = 8


cdef int _by_place(const void* first, const void* second) noexcept nogil:
    cdef const Hit* one = <const Hit*>first
    cdef const Hit* other = <const Hit*>second
    if one.place != other.place:
        return -1 if one.place < other.place else 1
    if one.start != other.start:
        return -1 if one.start < other.start else 1
    return -1 if one.order < other.order else one.order > other.order


cdef int32_t* _zeros(Py_ssize_t count) except NULL:
    cdef int32_t* found = <int32_t*>PyMem_Calloc(count + 1, sizeof(int32_t))
    if found == NULL:
        raise MemoryError
    return found


cdef class Notes:
    """What is found in one line after the other. A note is of this line where it has its number; the others are old."""

    def __cinit__(self, Py_ssize_t starts_longest, Trie endings not None, Py_ssize_t sets, Py_ssize_t clauses, Py_ssize_t rules):
        self.endings, self.sets, self.tried = _zeros(endings.count), _zeros(sets), _zeros(clauses)
        # The lists hold each rule once.
        self.rules = _zeros(5 * rules)
        self.lines, self.at_start = self.rules + rules, self.rules + 2 * rules
        self.at_end, self.at_any_end = self.rules + 3 * rules, self.rules + 4 * rules
        self.encoded = <uint8_t*>PyMem_Malloc(max(starts_longest, endings.longest) + 4)
        if self.encoded == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.endings)
        PyMem_Free(self.sets)
        PyMem_Free(self.tried)
        PyMem_Free(self.rules)
        PyMem_Free(self.encoded)
        PyMem_Free(self.hits)
        PyMem_Free(self.folded[0])
        PyMem_Free(self.folded[1])

    cdef int begin(self, str text, Py_ssize_t start, Py_ssize_t end, str seen) except -1:
        """Goes on to the next line, a part of a text; `seen` is None where a reader sees what stands there. The texts must outlive the line."""
        self.line += 1
        self.has_digit, self.endings_known = -1, False
        self.lines_count = self.at_start_count = self.at_end_count = self.at_any_end_count = self.hits_count = 0
        self.source = self.seen = &self.pieces[0]
        self._set(self.source, text, start, end)
        if seen is not None:
            self.seen = &self.pieces[1]
            self._set(self.seen, seen, 0, PyUnicode_GET_LENGTH(seen))
            self.seen.turn += 1
        return 0

    cdef void _set(self, Piece* piece, str text, Py_ssize_t start, Py_ssize_t end) noexcept:
        piece.text, piece.kind, piece.start, piece.length = <void*>text, PyUnicode_KIND(text), start, end - start
        piece.data = <char*>PyUnicode_DATA(text) + start * piece.kind
        piece.turn, piece.folded, piece.groups = 2 * self.line, NULL, NULL

    cdef int fold_piece(self, Piece* piece) except -1:
        cdef int which = piece.turn & 1
        cdef Py_ssize_t room = piece.length + EDGES
        cdef uint8_t* wider
        if piece.folded != NULL:
            return 0
        if self.room[which] < room:
            wider = <uint8_t*>PyMem_Realloc(self.folded[which], 2 * room)
            if wider == NULL:
                raise MemoryError
            self.folded[which], self.room[which] = wider, 2 * room
        piece.folded = self.folded[which]
        piece.folded[0] = 0
        fold(piece.kind, piece.data, piece.length, piece.folded + 1)
        memset(piece.folded + 1 + piece.length, 0, EDGES - 1)
        return 0

    cdef int note_groups(self, Piece* piece) except -1:
        """Notes which groups of three letters a piece has."""
        cdef Py_ssize_t at
        cdef uint8_t* groups = &self.groups[piece.turn & 1][0]
        cdef const uint8_t* folded
        self.fold_piece(piece)
        folded = piece.folded + 1
        memset(groups, 0, 1 << (GROUPS - 3))
        for at in range(piece.length):
            set_bit(groups, bit_of(group_at(folded + at) & 0xFFFFFF, GROUPS))
        piece.groups = groups
        return 0

    cdef int add_hit(self, int32_t rule, Py_ssize_t start, Py_ssize_t place) except -1:
        cdef Hit* wider
        if self.hits_count == self.hits_room:
            if self.hits_room > 0x3FFFFFFF:
                raise MemoryError
            wider = <Hit*>PyMem_Realloc(self.hits, (2 * self.hits_room + 64) * sizeof(Hit))
            if wider == NULL:
                raise MemoryError
            self.hits, self.hits_room = wider, 2 * self.hits_room + 64
        self.hits[self.hits_count] = Hit(rule, <int32_t>self.hits_count, start, place)
        self.hits_count += 1
        return 0

    cdef bint digit(self) noexcept:
        """Whether a reader sees a decimal digit in the line."""
        if self.has_digit < 0:
            self.has_digit = have_decimal(self.seen.kind, self.seen.data, self.seen.length)
        return self.has_digit

    cdef void sort_hits(self) noexcept nogil:
        if self.hits_count > 1:
            qsort(self.hits, self.hits_count, sizeof(Hit), _by_place)

    cdef Py_ssize_t read_start(self, Py_ssize_t most) noexcept:
        """Writes with what the line begins, as a reader sees it and signs aside, in so many bytes of UTF-8 or a few more."""
        cdef const Piece* piece = self.seen
        cdef Py_ssize_t at = 0, size = 0
        while at < piece.length and not Py_UNICODE_ISALNUM(PyUnicode_READ(piece.kind, piece.data, at)):
            at += 1
        while at < piece.length and size < most:
            size += encode_sign(PyUnicode_READ(piece.kind, piece.data, at), self.encoded + size)
            at += 1
        return size

    cdef void read_endings(self, Trie endings) noexcept:
        """Notes with which endings the line ends as it stands in the source, signs behind them aside."""
        cdef const Piece* piece = self.source
        cdef Py_ssize_t end = piece.length, size = 0
        cdef int count
        cdef int32_t ending
        cdef uint8_t sign[4]
        cdef Walk walk
        self.endings_known = True
        while end > 0 and not Py_UNICODE_ISALNUM(PyUnicode_READ(piece.kind, piece.data, end - 1)):
            end -= 1
        while end > 0 and size < endings.longest:
            end -= 1
            count = encode_sign(PyUnicode_READ(piece.kind, piece.data, end), sign)
            while count > 0:
                count -= 1
                self.encoded[size] = sign[count]
                size += 1
        walk = walk_from(0)
        while True:
            ending = next_text(endings.nodes, endings.letters, endings.starts, self.encoded, size, &walk)
            if ending < 0:
                break
            self.endings[ending] = self.line
