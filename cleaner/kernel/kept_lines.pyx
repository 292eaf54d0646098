# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Names for the content that is not plain body: `classify.kept`, compiled."""

from cpython.dict cimport PyDict_Next
from cpython.list cimport PyList_GET_ITEM
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.object cimport PyObject
from libc.stdint cimport uint8_t

cdef enum:
    IS_TAKEN = 1
    IS_LEAD = 2


def kept_lines(
    tuple blocks, dict taken, list words, list ends, list prose, list content, Py_ssize_t first_body, list standfirst, Py_ssize_t most_words,
    object verdict,
):
    cdef Py_ssize_t count = len(blocks), block, place = 0
    cdef PyObject* key
    cdef PyObject* value
    cdef uint8_t* known
    cdef list verdicts = []
    cdef bint is_lead
    if not (len(words) == len(ends) == len(prose) == len(content) == count):
        raise ValueError("each block has words, an end, and a place")
    # One more, so that each block has one below.
    known = <uint8_t*>PyMem_Calloc(count + 1, 1)
    if known == NULL:
        raise MemoryError
    try:
        while PyDict_Next(taken, &place, &key, &value):
            block = <object>key
            if 0 <= block < count:
                known[block] = IS_TAKEN
        for block in standfirst:
            if 0 <= block < count:
                known[block] |= IS_LEAD
        for block in range(count):
            if known[block] & IS_TAKEN:
                continue
            is_lead = known[block] & IS_LEAD or (block < first_body and <object>PyList_GET_ITEM(content, block) and <object>PyList_GET_ITEM(ends, block))
            if not is_lead and <Py_ssize_t><object>PyList_GET_ITEM(words, block) > most_words:
                continue
            where = blocks[block]
            if is_lead:
                verdicts.append(verdict(where.start, where.end, "lead", "structure", 0.7))
                continue
            role = <str>where.role
            if role == "paragraph":
                if <object>PyList_GET_ITEM(ends, block) or block + 1 >= count or known[block + 1] & IS_TAKEN:
                    continue
                if not <object>PyList_GET_ITEM(prose, block + 1):
                    continue
            elif not role.startswith("heading"):
                continue
            verdicts.append(verdict(where.start, where.end, "subheading", "structure", 0.8))
        return verdicts
    finally:
        PyMem_Free(known)
