from cleaner.kernel.page_blocks cimport Page
from cleaner.kernel.page_columns cimport Columns


cdef tuple add_kinds(Page page, Columns* columns)
cdef int add_repeats(Page page, Columns* columns) except -1
