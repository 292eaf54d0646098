# Which blocks are the body's, by their evidence, and what is given back to it.

from libc.stdint cimport uint8_t

from cleaner.kernel.body_rows cimport Row, Weights


cdef inline void find_states(Row* rows, Py_ssize_t count, const Weights* by) noexcept nogil:
    """The states with the most evidence, where each change of state costs something (Viterbi 1967)."""
    cdef double kept = 0.0, removed = 0.0, enter, leave
    cdef Py_ssize_t block
    cdef bint state
    for block in range(count):
        enter, leave = removed - by.into_content, kept - by.into_residue
        rows[block].stays, rows[block].rests = kept >= enter, removed >= leave
        kept, removed = (kept if kept >= enter else enter) + rows[block].evidence, removed if removed >= leave else leave
    state = kept > removed
    for block in range(count - 1, -1, -1):
        rows[block].content = state
        state = rows[block].stays if state else not rows[block].rests


cdef inline void restore_inside(Row* rows, Py_ssize_t count, const Weights* by) noexcept nogil:
    """Gives back runs of short lines inside the body of which no rule says anything."""
    cdef Py_ssize_t start, stop = 0, block, total, island = 0
    cdef bint is_silent, has_island = False
    cdef uint8_t state
    # The words of the run of content behind a gap are known at its end only.
    cdef Py_ssize_t gap = 0, gap_stop = 0
    while stop < count:
        start = stop
        state = rows[start].content
        total, is_silent = 0, True
        while stop < count and rows[stop].content == state:
            if rows[stop].prose:
                total += rows[stop].words
            is_silent = is_silent and not rows[stop].is_heard and not rows[stop].section
            stop += 1
        if not state:
            gap, gap_stop = start, stop if is_silent else start
            continue
        if has_island and min(island, total) >= by.island_words:
            for block in range(gap, gap_stop):
                rows[block].content = True
        island, has_island = total, True


cdef inline bint _is_free(const Row* row) noexcept nogil:
    """Whether neither a sure rule nor a section says what a block is."""
    return not row.sure and not row.section


cdef inline Py_ssize_t restore_lead(Row* rows, Py_ssize_t first, const Weights* by) noexcept nogil:
    """Gives back the standfirst, and a subheading over the first paragraph; returns where the body begins."""
    cdef Py_ssize_t start = first, unknown = 0, block = first - 1, below
    while block > max(-1, first - 1 - by.lead_reach):
        unknown += not rows[block].sure
        if unknown > by.lead_unknown:
            break
        if _is_free(rows + block) and rows[block].ends and by.lead_least <= rows[block].words <= by.lead_most:
            rows[block].content = True
            start = below = block
            below += 1
            while (below < first and not rows[below].content and _is_free(rows + below) and rows[below].ends
                    and rows[below].words >= by.lead_line_words):
                rows[below].content = True
                below += 1
        block -= 1
    if start < first - 1 and _is_free(rows + first - 1) and by.heading_least <= rows[first - 1].words <= by.heading_most:
        rows[first - 1].content = True
    return start
