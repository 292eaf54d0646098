from cleaner.kernel.page_blocks cimport Page
from cleaner.kernel.page_columns cimport Columns


cdef int add_looks_of_texts(Page page, Columns* columns) except -1
cdef void add_marks_and_roles(Page page, Columns* columns) noexcept
