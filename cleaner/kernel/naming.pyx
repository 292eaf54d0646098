# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Names for removed lines: `classify.naming`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int64_t, uint8_t
from libc.string cimport memset

from cleaner.kernel.rounded cimport whole


cdef double _softmax(const double* scores, Py_ssize_t count, const double[::1] powers, double grid, double* into) noexcept nogil:
    """Probabilities from their logarithms up to a constant; returns the highest."""
    cdef Py_ssize_t column
    cdef double highest = scores[0], total = 0.0, steps, most = <double>(powers.shape[0] - 1), best = 0.0
    for column in range(1, count):
        highest = max(highest, scores[column])
    for column in range(count):
        steps = -(scores[column] - highest) / grid
        into[column] = powers[<Py_ssize_t>whole(steps if steps < most else most)]
        total += into[column]
    for column in range(count):
        into[column] = into[column] / total
        best = max(best, into[column])
    return best


def likeliest(
    const double[:, ::1] scores,
    const uint8_t[::1] goes,
    const int64_t[::1] said,
    const uint8_t[::1] stands,
    const double[:, ::1] follows,
    double weight,
    double likely,
    double surely,
    const double[::1] powers,
    double grid,
    int64_t[::1] names,
):
    cdef Py_ssize_t count = scores.shape[0], labels = scores.shape[1], block, column, other, best
    cdef double* own
    cdef double* chances
    cdef double* beside
    cdef double* room
    cdef double chance
    if (
        goes.shape[0] != count
        or said.shape[0] != count
        or stands.shape[0] != count
        or names.shape[0] != count
        or follows.shape[0] != labels + 1
        or follows.shape[1] != labels + 1
        or not labels
        or not powers.shape[0]
    ):
        raise ValueError("scores, blocks and names do not fit together")
    for block in range(count):
        if said[block] >= labels:
            raise ValueError("there is no such label")
    room = <double*>PyMem_Malloc((count * (2 * labels + 1) + labels + 1) * sizeof(double))
    if room == NULL:
        raise MemoryError
    own, chances, beside = room, room + count * labels, room + count * (2 * labels + 1)
    for block in range(count):
        memset(chances + block * (labels + 1), 0, (labels + 1) * sizeof(double))
        if not goes[block]:
            chances[block * (labels + 1) + labels] = 1.0
            continue
        for column in range(labels):
            own[block * labels + column] = 0.0 if stands[block] else scores[block, column]
        if stands[block] and said[block] >= 0:
            own[block * labels + said[block]] = surely
        _softmax(own + block * labels, labels, powers, grid, chances + block * (labels + 1))
        for column in range(labels):
            # On a grid: sums are the same in any order.
            chance = chances[block * (labels + 1) + column] / grid
            chances[block * (labels + 1) + column] = whole(chance) * grid
    for block in range(count):
        names[block] = -1
        if not goes[block]:
            continue
        memset(beside, 0, (labels + 1) * sizeof(double))
        if block:
            for other in range(labels + 1):
                chance = chances[(block - 1) * (labels + 1) + other]
                if chance != 0.0:
                    for column in range(labels):
                        beside[column] += chance * follows[other, column]
        if block + 1 < count:
            for other in range(labels + 1):
                chance = chances[(block + 1) * (labels + 1) + other]
                if chance != 0.0:
                    for column in range(labels):
                        beside[column] += chance * follows[column, other]
        best = 0
        for column in range(labels):
            own[block * labels + column] += weight * beside[column]
            if own[block * labels + column] > own[block * labels + best]:
                best = column
        names[block] = best
        if said[block] >= 0:
            if stands[block] or _softmax(own + block * labels, labels, powers, grid, beside) <= likely:
                names[block] = said[block]
    PyMem_Free(room)
