# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Verdicts to spans that tile a source: `decide`, compiled."""

from cpython.long cimport PyLong_AsSsize_t, PyLong_FromSsize_t
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF, Py_INCREF
from libc.math cimport rint
from libc.stdint cimport uint32_t

from cleaner.kernel.fields cimport field, offset_of

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    bint PyFloat_CheckExact(object number)
    double PyFloat_AS_DOUBLE(object number)
    object PyObject_Vectorcall(object called, PyObject** values, size_t count, PyObject* names)

cdef enum:
    #: in the place of a piece's number: white space that goes
    SPACE = -1

cdef tuple _FIELDS = ("start", "end", "label", "kept", "reason", "score", "role")
cdef tuple _SPACE_FIELDS = ("start", "end", "label", "kept", "reason", "score")
cdef object _SURE = 1.0, _STAYS = True, _GOES = False
cdef object _DEFAULT = "default"


cdef struct Piece:
    Py_ssize_t start
    Py_ssize_t end
    bint kept
    PyObject* label
    PyObject* reason
    PyObject* score
    PyObject* role


cdef class _Tiles:
    """What is known of a source and its pieces, and the tiles so far."""

    cdef str source, closing, space
    cdef list tiles
    cdef object span
    cdef int kind
    cdef void* data
    cdef Piece* pieces
    cdef Py_ssize_t length, count
    #: the last tile, which is not among the tiles yet: it may grow
    cdef Py_ssize_t low, high, number
    cdef bint has_last
    #: where the tile before that ends
    cdef Py_ssize_t end
    cdef object end_number

    def __cinit__(self, Tiler tiler, str source, Py_ssize_t room):
        self.source, self.closing, self.span, self.space, self.tiles = source, tiler.closing, tiler.span, tiler.space, []
        self.kind, self.data, self.length = PyUnicode_KIND(source), PyUnicode_DATA(source), PyUnicode_GET_LENGTH(source)
        self.end, self.end_number = 0, 0
        self.pieces = <Piece*>PyMem_Malloc((room + 1) * sizeof(Piece))
        if self.pieces == NULL:
            raise MemoryError

    def __dealloc__(self):
        cdef Py_ssize_t piece
        for piece in range(self.count):
            Py_DECREF(<object>self.pieces[piece].label)
            Py_DECREF(<object>self.pieces[piece].reason)
            Py_DECREF(<object>self.pieces[piece].score)
            Py_DECREF(<object>self.pieces[piece].role)
        PyMem_Free(self.pieces)

    cdef int piece(self, Py_ssize_t start, Py_ssize_t end, bint kept, object label, object reason, object score, object role) except -1:
        """Adds a piece: there is room for it."""
        if not self.end_of(self.count - 1) <= start <= end <= self.length:
            raise ValueError("pieces overlap, or lie outside of the source")
        Py_INCREF(label)
        Py_INCREF(reason)
        Py_INCREF(score)
        Py_INCREF(role)
        self.pieces[self.count] = Piece(start, end, kept, <PyObject*>label, <PyObject*>reason, <PyObject*>score, <PyObject*>role)
        self.count += 1
        return 0

    cdef int piece_of(self, one) except -1:
        return self.piece(one.start, one.end, one.kept, one.label, one.reason, one.score, one.role)

    cdef int add(self, Py_ssize_t low, Py_ssize_t high, Py_ssize_t number) except -1:
        self.flush()
        self.low, self.high, self.number, self.has_last = low, high, number, True
        return 0

    cdef int flush(self) except -1:
        cdef PyObject* values[7]
        cdef Piece* piece
        if not self.has_last:
            return 0
        # Where a tile begins, the one before ends.
        low, high = PyLong_FromSsize_t(self.low) if self.low != self.end else self.end_number, PyLong_FromSsize_t(self.high)
        self.end, self.end_number = self.high, high
        values[0], values[1] = <PyObject*>low, <PyObject*>high
        if self.number < 0:
            values[2], values[3], values[4], values[5] = <PyObject*>self.space, <PyObject*>_GOES, <PyObject*>_DEFAULT, <PyObject*>_SURE
            self.tiles.append(PyObject_Vectorcall(self.span, values, 0, <PyObject*>_SPACE_FIELDS))
            return 0
        piece = &self.pieces[self.number]
        values[2], values[3], values[4] = piece.label, <PyObject*>(_STAYS if piece.kept else _GOES), piece.reason
        values[5], values[6] = piece.score, piece.role
        self.tiles.append(PyObject_Vectorcall(self.span, values, 0, <PyObject*>_FIELDS))
        return 0

    cdef Py_ssize_t start_of(self, Py_ssize_t piece) noexcept:
        """Where a piece begins, or the source ends behind the last one."""
        return self.pieces[piece].start if piece < self.count else self.length

    cdef Py_ssize_t end_of(self, Py_ssize_t piece) noexcept:
        return self.pieces[piece].end if piece >= 0 else 0

    cdef int strength(self, Py_ssize_t low, Py_ssize_t high) noexcept:
        """How strongly white space separates: nothing, a space, a line break, a blank line."""
        cdef int breaks = 0
        cdef uint32_t sign, before = 0
        if low >= high:
            return 0
        while low < high and breaks < 2:
            sign = PyUnicode_READ(self.kind, self.data, low)
            if 10 <= sign <= 13 or sign == 0x85 or sign == 0x2028 or sign == 0x2029:
                breaks += not (sign == 10 and before == 13)
            before = sign
            low += 1
        return 1 + breaks

    cdef int add_removals(self, Py_ssize_t first, Py_ssize_t stop) except -1:
        """Tiles for a run of removals and the white space around and between them; of that the strongest stays, or the last line's end."""
        cdef Py_ssize_t piece, low, high, kept_low = -1, kept_high = -1
        cdef int best = 0, found
        cdef uint32_t sign
        if first and stop < self.count:
            for piece in range(first, stop + 1):
                found = self.strength(self.end_of(piece - 1), self.start_of(piece))
                if found > best:
                    best, kept_low, kept_high = found, self.end_of(piece - 1), self.start_of(piece)
            if best == 1 and self.source[self.start_of(stop)] in self.closing:
                kept_low = -1
        elif first and self.end_of(stop - 1) < self.length:
            sign = PyUnicode_READ(self.kind, self.data, self.length - 1)
            if sign == 10 or sign == 13:
                kept_high = self.length
                kept_low = self.length - (2 if sign == 10 and self.length > 1
                                          and PyUnicode_READ(self.kind, self.data, self.length - 2) == 13 else 1)
        for piece in range(first, stop + 1):
            low, high = self.end_of(piece - 1), self.start_of(piece)
            if kept_low >= 0 and low <= kept_low < high:
                if low < kept_low:
                    self.add(low, kept_low, SPACE)
                if self.has_last and self.number >= 0 and self.pieces[self.number].kept:
                    self.high = kept_high
                else:
                    self.add(kept_low, kept_high, first - 1)
            elif low < high:
                self.add(low, high, SPACE)
            if piece < stop:
                self.add(self.start_of(piece), self.end_of(piece), piece)
        return 0

    cdef tuple laid(self):
        """The tiles, once all pieces are there."""
        cdef Py_ssize_t piece = 0, stop
        while piece < self.count:
            stop = piece
            if self.pieces[piece].kept:
                stop = piece + 1
                self.add(self.start_of(piece) if self.has_last else 0,
                         self.start_of(stop) if stop == self.count or self.pieces[stop].kept else self.end_of(piece), piece)
            else:
                while stop < self.count and not self.pieces[stop].kept:
                    stop += 1
                self.add_removals(piece, stop)
            piece = stop
        self.flush()
        return tuple(self.tiles)


cdef class Tiler:
    cdef object block, verdict, span
    cdef str closing, space, body
    cdef object score
    cdef Py_ssize_t block_start, block_end, block_role
    cdef Py_ssize_t verdict_start, verdict_end, verdict_label, verdict_reason, verdict_score

    def __init__(self, block, verdict, span, str closing, str space, str body, double score):
        self.block, self.verdict, self.span, self.closing, self.space, self.body, self.score = block, verdict, span, closing, space, body, score
        self.block_start, self.block_end, self.block_role = offset_of(block, "start"), offset_of(block, "end"), offset_of(block, "role")
        self.verdict_start, self.verdict_end = offset_of(verdict, "start"), offset_of(verdict, "end")
        self.verdict_label, self.verdict_reason = offset_of(verdict, "label"), offset_of(verdict, "reason")
        self.verdict_score = offset_of(verdict, "score")

    cdef Py_ssize_t place(self, object one, object kind, Py_ssize_t offset) except? -1:
        if type(one) is not kind:
            raise TypeError("a struct is of another type")
        return PyLong_AsSsize_t(field(one, offset))

    def settle(self, tuple blocks, list verdicts):
        cdef Py_ssize_t count = len(blocks), at, low, high, middle, start
        cdef list chosen = [None] * count, rivals = [], parts = []
        cdef Py_ssize_t* starts = <Py_ssize_t*>PyMem_Malloc((count + 1) * sizeof(Py_ssize_t))
        if starts == NULL:
            raise MemoryError
        try:
            for at in range(count):
                starts[at] = self.place(blocks[at], self.block, self.block_start)
            middle = -1
            for verdict in verdicts:
                start = self.place(verdict, self.verdict, self.verdict_start)
                # Most verdicts stand in the order of their blocks.
                low, high = 0, count
                if middle >= 0 and middle + 1 < count and starts[middle] < start:
                    low = middle + 1
                    if starts[low] == start:
                        high = low + 1
                while low < high:
                    middle = (low + high) // 2
                    if starts[middle] <= start:
                        low = middle + 1
                    else:
                        high = middle
                middle = low - 1
                if middle < 0 or starts[middle] != start or (PyLong_AsSsize_t(field(blocks[middle], self.block_end))
                                                             != PyLong_AsSsize_t(field(verdict, self.verdict_end))):
                    parts.append(verdict)
                elif chosen[middle] is None:
                    chosen[middle] = verdict
                else:
                    rivals.append((middle, verdict))
        finally:
            PyMem_Free(starts)
        return chosen, rivals, parts

    def tile(self, str source, tuple blocks, list chosen, dict cut, frozenset removed, rounded):
        cdef Py_ssize_t count = len(blocks), room = len(blocks), at
        cdef _Tiles tiles
        cdef double value
        if len(chosen) != count:
            raise ValueError("blocks and verdicts do not fit together")
        for pieces in cut.values():
            room += len(<list?>pieces)
        tiles = _Tiles(self, source, room)
        for at in range(count):
            block, verdict = blocks[at], chosen[at]
            start, end = self.place(block, self.block, self.block_start), PyLong_AsSsize_t(field(block, self.block_end))
            if cut and at in cut:
                for piece in <list>cut[at]:
                    tiles.piece_of(piece)
                continue
            role = field(block, self.block_role)
            if verdict is None:
                tiles.piece(start, end, True, self.body, _DEFAULT, self.score, role)
                continue
            if type(verdict) is not self.verdict:
                raise TypeError("a struct is of another type")
            label, score = field(verdict, self.verdict_label), field(verdict, self.verdict_score)
            if not PyFloat_CheckExact(score):
                score = rounded(score)
            else:
                # The nearest number to some of four decimals is what rounding makes of itself.
                value = PyFloat_AS_DOUBLE(score)
                if rint(value * 10_000) / 10_000 != value:
                    score = rounded(score)
            tiles.piece(start, end, label not in removed, label, field(verdict, self.verdict_reason), score, role)
        return tiles.laid()

    def tiles(self, str source, list pieces):
        cdef _Tiles tiles = _Tiles(self, source, len(pieces))
        for piece in pieces:
            tiles.piece_of(piece)
        return tiles.laid()
