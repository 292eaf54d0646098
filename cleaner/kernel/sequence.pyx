# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What each block's look says for and against its being content, and the likeliest states: `classify.structure`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport uint8_t, uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(uint32_t sign) noexcept nogil


cdef bint _has_numbers(str text, Py_ssize_t least):
    """Whether so many runs of digits are in a text."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, found = 0
    cdef uint32_t sign
    cdef bint is_digit, was_digit = False
    for at in range(PyUnicode_GET_LENGTH(text)):
        sign = PyUnicode_READ(kind, data, at)
        is_digit = c'0' <= sign <= c'9' if sign < 128 else Py_UNICODE_ISDECIMAL(sign)
        found += is_digit and not was_digit
        if found >= least:
            return True
        was_digit = is_digit
    return False


def looks(list words, list ends, tuple texts, list skipped, dict items, tuple prose, tuple sentence, tuple lines, tuple figures, double clean):
    cdef double per_word = prose[1], most = prose[2], without_end = prose[4], short_sentence = sentence[1]
    cdef double few = lines[2], some = lines[3], many = lines[4], figure_line = figures[2], weight
    cdef Py_ssize_t prose_words = prose[0], long_words = prose[3], sentence_words = sentence[0]
    cdef Py_ssize_t few_words = lines[0], some_words = lines[1], figure_words = figures[0], least_figures = figures[1]
    cdef Py_ssize_t block, count
    cdef bint is_end
    cdef list weights = []
    if len(ends) != len(words) or len(texts) != len(words) or len(skipped) != len(words):
        raise ValueError("each block has words, an end, and a text")
    for block in range(len(words)):
        if skipped[block] is not None:
            weights.append(0.0)
            continue
        count, is_end = words[block], ends[block]
        if is_end and count >= prose_words:
            weight = min(most, per_word * count)
        elif count >= long_words:
            weight = without_end
        elif is_end and count >= sentence_words:
            weight = short_sentence + clean
        else:
            weight = (few if count <= few_words else some if count <= some_words else many) + clean
        item = items.get(block) if items else None
        if item is not None:
            weight += <double>item
        elif not is_end and count >= figure_words and _has_numbers(texts[block], least_figures):
            weight += figure_line
        weights.append(weight)
    return weights


def best_states(list evidence, double into_content, double into_residue):
    cdef Py_ssize_t count = len(evidence), block
    cdef double kept = 0.0, removed = 0.0, enter, leave, weight
    cdef bint state
    cdef list states = [False] * count
    #: for each block whether content was content before, and residue residue
    cdef uint8_t* stays = <uint8_t*>PyMem_Malloc(2 * count + 1)
    if stays == NULL:
        raise MemoryError
    try:
        for block in range(count):
            weight = evidence[block]
            enter, leave = removed - into_content, kept - into_residue
            stays[2 * block], stays[2 * block + 1] = kept >= enter, removed >= leave
            kept, removed = (kept if kept >= enter else enter) + weight, removed if removed >= leave else leave
        state = kept > removed
        for block in range(count - 1, -1, -1):
            if state:
                states[block] = True
            state = stays[2 * block] if state else not stays[2 * block + 1]
        return states
    finally:
        PyMem_Free(stays)


def calm(list evidence, list prose, list known, Py_ssize_t reach, double more):
    cdef Py_ssize_t count = len(evidence), above = -reach - 1, below, place, block
    if len(prose) != count:
        raise ValueError("each block has evidence, and is prose or not")
    for place in range(len(known) + 1):
        below = <Py_ssize_t>known[place] if place < len(known) else count + reach + 1
        for block in range(max(0, above + reach + 1), min(count, below - reach)):
            if not prose[block]:
                evidence[block] = <double>evidence[block] + more
        above = below
