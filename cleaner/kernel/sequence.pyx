# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where the body is, from what blocks look like and what rules say of them: `classify.structure`, compiled."""

from cpython.bool cimport PyBool_FromLong
from cpython.list cimport PyList_New, PyList_SET_ITEM
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.ref cimport Py_INCREF
from libc.stdint cimport uint8_t

from cleaner.kernel.body_rows cimport Opening, Row, Weights
from cleaner.kernel.body_sections cimport mark_sections
from cleaner.kernel.body_states cimport find_states, restore_inside, restore_lead
from cleaner.kernel.fact_lines cimport ends_in_colon, has_numbers, is_fact

cdef enum:
    #: what a sure rule says of a block
    NOTHING_SURE = 0
    SURE_INSIDE = 1


cdef class Body:
    cdef Weights weights
    cdef dict items
    cdef str plain

    def __cinit__(self, dict weights not None, dict items not None, str plain not None):
        self.weights, self.items, self.plain = weights, items, plain

    def find(
        self,
        list words not None,
        list ends not None,
        tuple texts not None,
        tuple blocks not None,
        dict heard not None,
        dict sure not None,
        dict openers not None,
        list gaps,
        double shift,
    ):
        cdef Py_ssize_t count = len(words), block, first_body = 0, first = 0, last = 0, known = len(openers)
        cdef Row* rows
        cdef Row* row
        cdef Opening* openings
        cdef list rules = [None]
        if len(ends) != count or len(texts) != count or len(blocks) != count or (gaps is not None and len(gaps) != count):
            raise ValueError("each block has words, an end, and a text")
        rows = <Row*>PyMem_Calloc(count * sizeof(Row) + (known + 1) * sizeof(Opening), 1)
        if rows == NULL:
            raise MemoryError
        openings = <Opening*>(rows + count)
        try:
            for block in range(count):
                row = rows + block
                row.words, row.ends = words[block], ends[block]
                row.is_after_blank = gaps is not None and gaps[block]
                row.prose = row.ends and row.words >= self.weights.prose_words
            _read_rules(rows, count, openings, heard, sure, openers, rules)
            self._weigh(rows, count, texts, blocks, _cleanness(rows, count, known, &self.weights), shift)
            _raise_calm(rows, count, &self.weights)
            _raise_announced(rows, count, texts, &self.weights)
            _raise_facts(rows, count, texts, &self.weights)
            if known:
                mark_sections(rows, count, openings, &self.weights)
            find_states(rows, count, &self.weights)
            if known:
                for block in range(count):
                    row = rows + block
                    if row.section and (not row.prose or openings[row.section].rule == openings[row.opener].rule):
                        row.content = False
            restore_inside(rows, count, &self.weights)
            for block in range(count):
                if rows[block].content and rows[block].prose:
                    first_body, last = (block if not last else first_body), block + 1
            if last:
                first = restore_lead(rows, first_body, &self.weights)
            return _answer(rows, count, openings, rules, first, first_body, last)
        finally:
            PyMem_Free(rows)

    cdef int _weigh(self, Row* rows, Py_ssize_t count, tuple texts, tuple blocks, double clean, double shift) except -1:
        cdef Py_ssize_t block
        cdef const Weights* by = &self.weights
        cdef Row* row
        cdef double weight
        for block in range(count):
            row = rows + block
            if row.sure:
                row.evidence = (by.residue_inside if row.sure == SURE_INSIDE else by.residue_outside) + shift
                continue
            if row.ends and row.words >= by.long_sentence:
                weight = min(by.most, by.a_word * row.words)
            elif row.words >= by.long_without_end:
                weight = by.evidence_without_end
            elif row.ends and row.words >= by.sentence_words:
                weight = by.short_sentence + clean
            else:
                weight = (by.few if row.words <= by.few_words else by.some if row.words <= by.some_words else by.many) + clean
            role = blocks[block].role
            item = self.items.get(role) if role is not self.plain else None
            if item is not None:
                weight += <double>item
            elif not row.ends and row.words >= by.figure_words and has_numbers(texts[block], by.figures):
                weight += by.figure_line
            row.evidence = weight + shift
        return 0


cdef int _read_rules(Row* rows, Py_ssize_t count, Opening* openings, dict heard, dict sure, dict openers, list rules) except -1:
    """What rules say of blocks, into rows and openings; `rules` gets the openers' own."""
    cdef Py_ssize_t block
    cdef Opening* opening
    for block in heard:
        if not 0 <= block < count:
            raise ValueError("there is no such block")
        rows[block].is_heard = True
    for block, kind in sure.items():
        if not 0 <= block < count:
            raise ValueError("there is no such block")
        rows[block].sure, rows[block].prose = kind, False
    for block, (rule, position, most_lines, to_the_end, until_blank, is_section) in openers.items():
        if not 0 <= block < count:
            raise ValueError("there is no such block")
        rows[block].opener = <int>len(rules)
        opening = openings + len(rules)
        opening.rule, opening.position, opening.most_lines = <void*>rule, position, most_lines
        opening.to_the_end, opening.until_blank, opening.is_section = to_the_end, until_blank, is_section
        rules.append(rule)
    return 0


cdef double _cleanness(const Row* rows, Py_ssize_t count, Py_ssize_t known, const Weights* by) noexcept nogil:
    cdef Py_ssize_t block, short = 0
    for block in range(count):
        short += not rows[block].prose
        known += rows[block].sure != NOTHING_SURE
    return by.clean_text * max(0.0, 1 - <double>(by.scraped * known) / <double>max(1, short))


cdef void _raise_calm(Row* rows, Py_ssize_t count, const Weights* by) noexcept nogil:
    """Raises the evidence of short lines near which no rule finds anything."""
    cdef Py_ssize_t above = -by.calm_reach - 1, below, block
    for below in range(count + 1):
        if below < count and not rows[below].sure and not rows[below].opener:
            continue
        for block in range(above + by.calm_reach + 1, count if below == count else below - by.calm_reach):
            if not rows[block].prose:
                rows[block].evidence += by.calm
        above = below


cdef inline bint _is_unknown(const Row* row) noexcept nogil:
    return not row.prose and not row.sure and not row.opener


cdef int _raise_announced(Row* rows, Py_ssize_t count, tuple texts, const Weights* by) except -1:
    """Raises the evidence of short lines that a line with a colon at its end announces."""
    cdef Py_ssize_t block, left = 0
    cdef Row* row
    for block in range(count):
        row = rows + block
        if not _is_unknown(row):
            left = 0
        elif left:
            left -= 1
            row.evidence += by.announced
        # What ends in a colon ends like a sentence, too.
        if row.ends and row.words >= by.announcing_words and not row.sure and ends_in_colon(texts[block]):
            left = by.announced_reach
    return 0


cdef int _raise_facts(Row* rows, Py_ssize_t count, tuple texts, const Weights* by) except -1:
    """Raises the evidence of rows of facts, and of single short lines between them."""
    cdef Py_ssize_t block, raised, first = 0, last = -2, facts = 0
    cdef Row* row
    cdef bint fact, goes_on
    for block in range(count + 1):
        row = rows + block
        fact = goes_on = False
        if block < count and not row.ends and not row.is_heard and _is_unknown(row):
            fact = is_fact(texts[block], by.fact_low, by.fact_high, by.fact_spaces)
            goes_on = fact or last == block - 1
        if not goes_on:
            if facts >= by.least_facts:
                for raised in range(first, last + 1):
                    rows[raised].evidence += by.fact
            facts = 0
        elif fact:
            if not facts:
                first = block
            last = block
            facts += 1
    return 0


cdef tuple _answer(
    const Row* rows, Py_ssize_t count, const Opening* openings, list rules, Py_ssize_t first, Py_ssize_t first_body, Py_ssize_t last
):
    """What `Structure` holds."""
    cdef list prose = PyList_New(count), content = PyList_New(count), evidence = PyList_New(count)
    cdef list section = PyList_New(count), is_opener = PyList_New(count)
    cdef Py_ssize_t block
    cdef const Row* row
    for block in range(count):
        row = rows + block
        _put(prose, block, PyBool_FromLong(row.prose))
        _put(content, block, PyBool_FromLong(row.content))
        _put(evidence, block, row.evidence)
        _put(section, block, rules[row.section])
        _put(is_opener, block, PyBool_FromLong(row.opener and openings[row.section].rule == openings[row.opener].rule))
    return prose, content, evidence, section, is_opener, first, first_body, last


cdef inline void _put(list items, Py_ssize_t place, object item):
    Py_INCREF(item)
    PyList_SET_ITEM(items, place, item)
