# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Features beside those of neighbours: `classify.context`, compiled. Blocks stand side by side."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int64_t
from libc.string cimport memset

from cleaner.kernel cimport rounded


cdef void _window(const double* sums, Py_ssize_t count, Py_ssize_t reach, float* into) noexcept nogil:
    """Means of a feature over `reach` blocks on each side; `sums` has for each block the sum of those before it, and at last of all."""
    cdef Py_ssize_t block, end
    cdef double inside = <double>(2 * reach + 1)
    for block in range(min(reach, count)):
        end = min(block + reach + 1, count)
        into[block] = <float>(sums[end] / <double>end)
    for block in range(reach, count - reach):
        into[block] = <float>((sums[block + reach + 1] - sums[block - reach]) / inside)
    for block in range(max(reach, count - reach), count):
        into[block] = <float>((sums[count] - sums[block - reach]) / <double>(count - block + reach))


cdef void _neighbour(const double* feature, Py_ssize_t count, Py_ssize_t offset, float* into) noexcept nogil:
    """A feature of the block that stands `offset` further on, 0 beyond the ends."""
    cdef Py_ssize_t block, start = min(max(0, -offset), count), end = max(min(count, count - offset), 0)
    for block in range(start):
        into[block] = 0.0
    for block in range(start, end):
        into[block] = <float>feature[block + offset]
    for block in range(max(start, end), count):
        into[block] = 0.0


def with_context(
    const double[:, ::1] features,
    const double[::1] means,
    const int64_t[::1] rows,
    const int64_t[::1] bounds,
    const int64_t[::1] offsets,
    const int64_t[::1] windows,
    float[:, ::1] wide,
):
    cdef Py_ssize_t count = features.shape[1], copies = bounds.shape[0] - 1, copy, column, block, row, singles = offsets.shape[0]
    cdef double* sums
    cdef float* into
    cdef const double* feature
    cdef float mean
    cdef bint any, summed
    cdef int64_t[64] at
    if (
        not singles + windows.shape[0] + 1 == copies <= 64
        or bounds[0] != 0
        or wide.shape[0] != rows.shape[0]
        or bounds[copies] != rows.shape[0]
        or wide.shape[1] != count
        or means.shape[0] != features.shape[0]
    ):
        raise ValueError("features and what is asked for do not fit together")
    for copy in range(copies):
        if bounds[copy] > bounds[copy + 1]:
            raise ValueError("features and what is asked for do not fit together")
        at[copy] = bounds[copy]
    if not count:
        return
    sums = <double*>PyMem_Malloc((count + 1) * sizeof(double))
    if sums == NULL:
        raise MemoryError
    for row in range(features.shape[0]):
        feature, mean = &features[row, 0], <float>means[row]
        any, summed = False, False
        for block in range(count):
            any |= feature[block] != 0.0
        for copy in range(copies):
            if at[copy] == bounds[copy + 1] or rows[at[copy]] != row:
                continue
            into = &wide[at[copy], 0]
            at[copy] += 1
            if copy == copies - 1:
                for block in range(count):
                    into[block] = mean
            elif not any:
                memset(into, 0, count * sizeof(float))
            elif copy < singles:
                _neighbour(feature, count, offsets[copy], into)
            else:
                if not summed:
                    summed, sums[0] = True, 0.0
                    for block in range(count):
                        sums[block + 1] = sums[block] + feature[block]
                _window(sums, count, windows[copy - singles], into)
    PyMem_Free(sums)
    for copy in range(copies):
        if at[copy] != bounds[copy + 1]:
            raise ValueError("features asked for do not ascend, or do not exist")
