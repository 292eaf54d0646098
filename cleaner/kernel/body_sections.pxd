# Sections: their heads and their tails, and what these take from the evidence.

from cleaner.kernel.body_rows cimport Opening, Row, Weights

cdef enum:
    #: where a section may open
    ANYWHERE = 0
    BEFORE = 1
    AFTER = 2
    OUTSIDE = 3


cdef inline bint _opens_here(int position, Py_ssize_t prose_before, Py_ssize_t prose_after, const Weights* by) noexcept nogil:
    cdef bint before = prose_before == 0
    cdef bint after = <double>prose_after <= by.after_share * <double>(prose_before + prose_after)
    if position == ANYWHERE:
        return True
    if position == BEFORE:
        return before
    if position == AFTER:
        return after and not before
    return before or after if position == OUTSIDE else not before and not after


cdef inline void mark_sections(Row* rows, Py_ssize_t count, const Opening* openings, const Weights* by) noexcept nogil:
    """Marks section heads and tails, and lowers the evidence in them."""
    cdef Py_ssize_t block, prose_before = 0, prose_after = 0, left = 0, tail = 0
    cdef Row* row
    cdef int rule = 0
    cdef bint to_the_end = False
    for block in range(count):
        if rows[block].prose:
            prose_after += rows[block].words
    for block in range(count):
        row = rows + block
        if row.opener and _opens_here(openings[row.opener].position, prose_before, prose_after, by):
            rule = row.section = row.opener
            tail, left = 0, openings[rule].most_lines
            to_the_end = openings[rule].to_the_end and prose_before >= prose_after
            row.evidence = by.tail_short
            continue
        if row.prose:
            prose_before, prose_after = prose_before + row.words, prose_after - row.words
        if not rule:
            continue
        if (left == 0
                or (openings[rule].until_blank and row.is_after_blank)
                or (openings[rule].is_section and (row.words > by.tag_words or row.ends))):
            rule = 0
            continue
        left -= 1
        if to_the_end:
            row.section = rule
            row.evidence = min(row.evidence, 0.0) + by.tail_to_the_end
            continue
        if row.prose and (row.words >= by.resumed_words or tail == 0 or _goes_on(rows, count, block + 1)):
            rule = 0
            continue
        row.section = rule
        tail += 1
        row.evidence += by.tail_prose if row.prose else by.tail_short


cdef inline bint _goes_on(const Row* rows, Py_ssize_t count, Py_ssize_t following) noexcept nogil:
    return following < count and (rows[following].prose or (rows[following].is_heard and not rows[following].opener))
