from cleaner.kernel.page_blocks cimport Page
from cleaner.kernel.page_columns cimport Columns


cdef int add_titles(Page page, Columns* columns, list articles) except -1
cdef int add_long_words(Page page, Columns* columns) except -1
cdef object add_article(Page page, Columns* columns)
