from libc.stdint cimport int64_t, uint8_t

from cleaner.kernel.page_blocks cimport Page
from cleaner.kernel.page_columns cimport Columns


cdef int add_places(Page page, Columns* columns) except -1
cdef int add_elements_around(Page page, Columns* columns) except -1
cdef int add_main_element(Page page, Columns* columns) except -1
cdef void blocks_since(const uint8_t* flags, Py_ssize_t n, bint backwards, int64_t* since) noexcept nogil
