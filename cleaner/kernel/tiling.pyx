# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Spans that tile a source, from the pieces of it that have a label: `decide`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil

cdef enum:
    #: in the place of a piece's number: white space that goes
    SPACE = -1


cdef struct Place:
    Py_ssize_t start
    Py_ssize_t end
    bint kept


cdef class _Tiler:
    """What is known of the source and its pieces, and the tiles so far."""

    cdef str source, closing, space
    cdef list pieces, tiles
    cdef object span
    cdef int kind
    cdef void* data
    cdef Place* places
    cdef Py_ssize_t length, count
    #: the last tile, which is not among the tiles yet: it may grow
    cdef Py_ssize_t low, high, number
    cdef bint has_last

    def __dealloc__(self):
        PyMem_Free(self.places)

    cdef int add(self, Py_ssize_t low, Py_ssize_t high, Py_ssize_t number) except -1:
        self.flush()
        self.low, self.high, self.number, self.has_last = low, high, number, True
        return 0

    cdef int flush(self) except -1:
        if not self.has_last:
            return 0
        if self.number < 0:
            self.tiles.append(self.span(start=self.low, end=self.high, label=self.space, kept=False, reason="default", score=1.0))
            return 0
        piece = self.pieces[self.number]
        self.tiles.append(self.span(start=self.low, end=self.high, label=piece.label, kept=piece.kept, reason=piece.reason,
                                    score=piece.score, role=piece.role))
        return 0

    cdef Py_ssize_t start_of(self, Py_ssize_t piece) noexcept:
        """Where a piece begins, or the source ends behind the last one."""
        return self.places[piece].start if piece < self.count else self.length

    cdef Py_ssize_t end_of(self, Py_ssize_t piece) noexcept:
        return self.places[piece].end if piece >= 0 else 0

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
                if self.has_last and self.number >= 0 and self.places[self.number].kept:
                    self.high = kept_high
                else:
                    self.add(kept_low, kept_high, first - 1)
            elif low < high:
                self.add(low, high, SPACE)
            if piece < stop:
                self.add(self.start_of(piece), self.end_of(piece), piece)
        return 0


def tiles(str source, list pieces, str closing, span, str space):
    cdef _Tiler tiler = _Tiler()
    cdef Py_ssize_t before = 0, piece = 0, stop
    tiler.source, tiler.closing, tiler.span, tiler.space, tiler.pieces, tiler.tiles = source, closing, span, space, pieces, []
    tiler.kind, tiler.data, tiler.length = PyUnicode_KIND(source), PyUnicode_DATA(source), PyUnicode_GET_LENGTH(source)
    tiler.count = len(pieces)
    tiler.places = <Place*>PyMem_Malloc((tiler.count + 1) * sizeof(Place))
    if tiler.places == NULL:
        raise MemoryError
    for piece in range(tiler.count):
        one = pieces[piece]
        tiler.places[piece] = Place(one.start, one.end, one.kept)
        if not before <= tiler.places[piece].start <= tiler.places[piece].end <= tiler.length:
            raise ValueError("pieces overlap, or lie outside of the source")
        before = tiler.places[piece].end
    piece = 0
    while piece < tiler.count:
        stop = piece
        if tiler.places[piece].kept:
            stop = piece + 1
            tiler.add(tiler.start_of(piece) if tiler.has_last else 0,
                      tiler.start_of(stop) if stop == tiler.count or tiler.places[stop].kept else tiler.end_of(piece), piece)
        else:
            while stop < tiler.count and not tiler.places[stop].kept:
                stop += 1
            tiler.add_removals(piece, stop)
        piece = stop
    tiler.flush()
    return tuple(tiler.tiles)
