"""Rows of features, a number for each block: `classify.html_features` says how each sort is computed, and takes them in this order."""

cimport cython
from libc.stdint cimport int64_t
from libc.string cimport memcpy

#: rows of features by how they are computed; an article's are two sorts where there is one, else one
cdef enum:
    LOGARITHMS = 52
    SHARES = 74
    ARTICLE_SHARES = 3
    FEATURES = 227

cdef extern from *:
    """
    #include <stdint.h>
    /* 1.0 as bits, and what its last bit is worth. */
    static const int64_t ONE = 0x3FF0000000000000;
    static const double LAST_BIT = 1.0 / 4503599627370496.0;
    """
    const int64_t ONE
    const double LAST_BIT

#: rows of features, and the next of each sort
cdef struct Columns:
    double* rows
    Py_ssize_t n
    Py_ssize_t log
    Py_ssize_t share
    Py_ssize_t plain


cdef inline Columns columns_of(double* rows, Py_ssize_t n, bint has_article) noexcept nogil:
    return Columns(rows, n, 0, LOGARITHMS, LOGARITHMS + SHARES + (ARTICLE_SHARES if has_article else 0))


cdef inline double scaled(double value) noexcept nogil:
    """log2(1 + x) with straight lines between powers of two."""
    cdef double above = value + 1.0
    cdef int64_t bits
    memcpy(&bits, &above, sizeof(bits))
    return <double>(bits - ONE) * LAST_BIT


@cython.cdivision(True)
cdef inline double part_of(double part, double whole) noexcept nogil:
    return part / (whole if whole > 1.0 else 1.0)


cdef inline double* next_rows(Columns* columns, Py_ssize_t* sort, Py_ssize_t count) noexcept nogil:
    """The next rows of a sort, one behind the other."""
    cdef double* row = columns.rows + sort[0] * columns.n
    sort[0] += count
    return row


cdef inline double* next_row(Columns* columns, Py_ssize_t* sort) noexcept nogil:
    return next_rows(columns, sort, 1)


cdef inline void add_log(Columns* columns, const int64_t* counts) noexcept nogil:
    cdef double* row = next_row(columns, &columns.log)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = scaled(<double>counts[at])


cdef inline void add_log_beyond(Columns* columns, const int64_t* counts, int64_t least) noexcept nogil:
    """Counts beyond one."""
    cdef double* row = next_row(columns, &columns.log)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = scaled(<double>max(counts[at] - least, 0))


cdef inline void add_share(Columns* columns, const int64_t* parts, const int64_t* wholes, int64_t times) noexcept nogil:
    """Parts of so many times the wholes."""
    cdef double* row = next_row(columns, &columns.share)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = part_of(<double>parts[at], <double>(times * wholes[at]))


cdef inline void add_share_of(Columns* columns, const int64_t* parts, double whole) noexcept nogil:
    cdef double* row = next_row(columns, &columns.share)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = part_of(<double>parts[at], whole)


cdef inline void add_same(Columns* columns, Py_ssize_t* sort, double value) noexcept nogil:
    """A row of the same number for every block."""
    cdef double* row = next_row(columns, sort)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = value
