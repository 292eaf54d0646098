# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A page's words, where each begins, and what each is taken for."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport int64_t, uint8_t, uint64_t

from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef uint64_t SPREAD = 0x94D049BB133111EB


cdef class Words:
    """The words of a text: where each begins, and its hash."""

    def __cinit__(self):
        self.begins, self.values = NULL, NULL
        self.count, self.room = 0, 0

    def __dealloc__(self):
        PyMem_Free(self.begins)
        PyMem_Free(self.values)

    cdef int grow(self) except -1:
        cdef Py_ssize_t room = 2 * self.room + 1024
        cdef void* wider = PyMem_Realloc(self.begins, room * sizeof(int64_t))
        if wider == NULL:
            raise MemoryError
        self.begins = <int64_t*>wider
        wider = PyMem_Realloc(self.values, room * sizeof(uint64_t))
        if wider == NULL:
            raise MemoryError
        self.values = <uint64_t*>wider
        self.room = room
        return 0

    cdef int read(self, str text, str lowered, const uint8_t* table, Py_ssize_t length, uint8_t* classes) except -1:
        """Reads the words; those behind `length` characters also end before a capital behind a small letter. Notes classes before it."""
        cdef int kind = PyUnicode_KIND(text), low_kind = PyUnicode_KIND(lowered)
        cdef void* data = PyUnicode_DATA(text)
        cdef void* low = PyUnicode_DATA(lowered)
        cdef Py_ssize_t at, total = PyUnicode_GET_LENGTH(text)
        cdef Py_UCS4 sign
        cdef int own, before = SPACE
        cdef uint64_t mixed, value = 0, within = 0
        cdef bint is_open = False
        for at in range(total):
            sign = PyUnicode_READ(kind, data, at)
            own = table[sign if sign < PLANE else PLANE]
            if at < length:
                classes[at] = own
            if LOWER <= own <= SIGN:
                if not is_open or own == SIGN or before == SIGN or (at >= length > 0 and own == UPPER and before == LOWER):
                    if is_open:
                        self.values[self.count - 1] = spread_bits(value)
                    if self.count == self.room:
                        self.grow()
                    self.begins[self.count] = at
                    self.count += 1
                    value, within, is_open = 0, 0, True
                mixed = c'0' if own == DIGIT else PyUnicode_READ(low_kind, low, at)
                mixed = (mixed + 1) * MIX + within
                mixed ^= mixed >> 29
                value += mixed * SPREAD
                within += STEP
            elif is_open:
                self.values[self.count - 1] = spread_bits(value)
                is_open = False
            before = own
        if is_open:
            self.values[self.count - 1] = spread_bits(value)
        return 0
