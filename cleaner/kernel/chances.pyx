# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Probabilities from the sums of words' learned rows: `classify.word_scores`, compiled."""

from libc.stdint cimport int32_t, int64_t

from cleaner.kernel.rounded cimport whole


cdef inline double _power(double value, const double[::1] powers, double grid) noexcept nogil:
    """e to the power of a value that is not above 0."""
    cdef double most = <double>(powers.shape[0] - 1), steps = -value / grid
    return powers[<Py_ssize_t>whole(steps if steps < most else most)]


def chances(const int32_t[:, ::1] sums, const int64_t[::1] bias, double unit, const double[::1] powers, double grid, double[:, :] into):
    cdef Py_ssize_t row, column, last = sums.shape[1] - 1
    cdef double highest, score, total, power
    if bias.shape[0] != last + 1 or into.shape[0] != sums.shape[0] or into.shape[1] != last + 1 or last < 1 or not powers.shape[0]:
        raise ValueError("sums and chances do not fit together")
    for row in range(sums.shape[0]):
        highest, total = <double>(sums[row, 0] + bias[0]) * unit, 0.0
        for column in range(last):
            score = <double>(sums[row, column] + bias[column]) * unit
            into[row, column] = score
            highest = max(highest, score)
        for column in range(last):
            into[row, column] = _power(into[row, column] - highest, powers, grid)
            total += into[row, column]
        for column in range(last):
            into[row, column] = whole(into[row, column] / total / grid) * grid
        score = <double>(sums[row, last] + bias[last]) * unit
        power = _power(-score if score >= 0 else score, powers, grid)
        into[row, last] = whole((1.0 if score >= 0 else power) / (1.0 + power) / grid) * grid
