from libc.stdint cimport int8_t, int32_t, int64_t, uint32_t


cdef class Network:
    cdef const int64_t[::1] columns, bias
    cdef const float[::1] middle, steps
    cdef const int8_t[:, ::1] first, second
    cdef float most, hidden_unit, highest
    cdef double unit
    cdef Py_ssize_t inputs, hidden, width, outputs, group, wanted
    cdef char* start
    cdef int32_t* at_nothing
    cdef float* base
    cdef size_t room(self) noexcept nogil
    cdef void begin(self, char* room) noexcept nogil
    cdef void group_scores(
        self, const float** values, const int32_t* which, Py_ssize_t found, Py_ssize_t size, uint32_t asked, char* room, double* scores
    ) noexcept nogil
