# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The lines that rules take: by their words, as parts of a section, for the lines beside them. `classify.taking`, compiled."""

from cpython.dict cimport PyDict_Next
from cpython.list cimport PyList_GET_ITEM
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GET_ITEM, PyTuple_GET_SIZE
from libc.stdint cimport int32_t, uint64_t
from libc.string cimport memset

from cleaner.kernel.line_text cimport has_decimal, holds_any
from cleaner.kernel.rule_facts cimport Facts, RuleFacts, in_position
from cleaner.kernel.section_tails cimport NOT_TAKEN, Block, Tails


cdef class Taker:
    cdef Tails tails
    cdef int caption, photo_credit
    cdef Py_ssize_t long_words, quoting_words, least_caption, most_caption, passes
    cdef str quotes
    cdef object verdict

    def __cinit__(self, dict numbers, Tails tails, tuple about, tuple caption, Py_ssize_t passes, object verdict):
        self.caption, self.photo_credit = numbers["caption"], numbers["photo_credit"]
        self.long_words, self.quoting_words, self.quotes = about
        self.least_caption, self.most_caption = caption
        self.tails, self.passes, self.verdict = tails, passes, verdict

    def take(
        self, RuleFacts rules, tuple blocks, tuple texts, dict lines, list words, list ends, list prose, list content, list section,
        list is_opener, Py_ssize_t first, Py_ssize_t last, double threshold,
    ):
        """The verdicts on lines that rules take."""
        cdef Py_ssize_t count = len(blocks), at, taken = 0
        cdef Block* known
        cdef int32_t* order
        if not (len(texts) == len(words) == len(ends) == len(prose) == len(content) == len(section) == len(is_opener) == count):
            raise ValueError("each block has a text, words, an end, and a place")
        known = <Block*>PyMem_Malloc(count * (sizeof(Block) + 2 * sizeof(int32_t)) + 1)
        if known == NULL:
            raise MemoryError
        order = <int32_t*>(known + count)
        try:
            for at in range(count):
                memset(&known[at], 0, sizeof(Block))
                known[at].label = known[at].rule = known[at].section = known[at].other = NOT_TAKEN
                known[at].words = <object>PyList_GET_ITEM(words, at)
                known[at].ends = <object>PyList_GET_ITEM(ends, at)
                known[at].prose = <object>PyList_GET_ITEM(prose, at)
                known[at].content = <object>PyList_GET_ITEM(content, at)
                known[at].is_opener = <object>PyList_GET_ITEM(is_opener, at)
                if <object>PyList_GET_ITEM(section, at) is not None:
                    known[at].section = rules.number_of(<object>PyList_GET_ITEM(section, at))
            taken = self._lines(rules, blocks, texts, lines, known, count, first, last, threshold, order)
            taken = self.tails.label(rules, texts, known, count, first, order, order + count, taken)
            taken = self._neighbours(rules, blocks, texts, lines, known, count, first, last, threshold, order, taken)
            return self._verdicts(rules, blocks, known, order, taken)
        finally:
            PyMem_Free(known)

    cdef Py_ssize_t _lines(
        self, RuleFacts rules, tuple blocks, tuple texts, dict lines, Block* known, Py_ssize_t count, Py_ssize_t first, Py_ssize_t last,
        double threshold, int32_t* order,
    ) except -1:
        """Takes lines by their words."""
        cdef Py_ssize_t place = 0, taken = 0, block, number
        cdef PyObject* key
        cdef PyObject* value
        cdef const Facts* best
        cdef const Facts* rule
        cdef tuple found
        while PyDict_Next(lines, &place, &key, &value):
            block, found = <object>key, <object>value
            if not 0 <= block < count:
                raise ValueError("no such block")
            best = NULL
            for number in range(PyTuple_GET_SIZE(found)):
                rule = &rules.facts[rules.number_of(<object>PyTuple_GET_ITEM(found, number))]
                if rule.by_neighbour:
                    known[block].is_worded = known[block].waits = True
                elif rule.score >= threshold and in_position(rule, block, first, last):
                    best = rules.strongest(best, rule)
            if best == NULL or _is_code(blocks[block]):
                continue
            if known[block].words >= self.quoting_words and self._is_about_it(texts[block], known, block, count, first, last):
                continue
            known[block].label, known[block].rule = best.label, <int>(best - rules.facts)
            order[taken] = block
            taken += 1
        return taken

    cdef bint _is_about_it(self, str text, const Block* known, Py_ssize_t block, Py_ssize_t count, Py_ssize_t first, Py_ssize_t last) except -1:
        if not first < block < last - 1:
            return False
        if not ((block + 1 < count and known[block + 1].prose) or (block + 2 < count and known[block + 2].prose)):
            return False
        return known[block].words >= self.long_words or holds_any(text, self.quotes)

    cdef Py_ssize_t _neighbours(
        self, RuleFacts rules, tuple blocks, tuple texts, dict lines, Block* known, Py_ssize_t count, Py_ssize_t first, Py_ssize_t last,
        double threshold, int32_t* order, Py_ssize_t taken,
    ) except -1:
        """Takes lines that the lines beside them give away."""
        cdef Py_ssize_t block, at, began
        cdef int rule
        for at in range(taken):
            block = order[at]
            if block:
                known[block - 1].waits = True
            if block + 1 < count:
                known[block + 1].waits = True
        for _ in range(self.passes):
            began = taken
            for block in range(count):
                if not known[block].waits or known[block].label >= 0:
                    continue
                rule = self._by_neighbour(rules, blocks, texts, lines, known, count, block, first, last, threshold)
                if rule < 0:
                    continue
                known[block].label, known[block].rule = rules.facts[rule].label, rule
                order[taken] = block
                taken += 1
            if taken == began:
                break
            for block in range(count):
                known[block].waits = False
            for at in range(began, taken):
                block = order[at]
                if block:
                    known[block - 1].waits = True
                if block + 1 < count:
                    known[block + 1].waits = True
        return taken

    cdef int _by_neighbour(
        self, RuleFacts rules, tuple blocks, tuple texts, dict lines, const Block* known, Py_ssize_t count, Py_ssize_t block,
        Py_ssize_t first, Py_ssize_t last, double threshold,
    ) except -2:
        """The number of the first rule that takes a line between its neighbours; below 0 where none does."""
        cdef int previous = _as_neighbour(rules, known, count, block - 1), following = _as_neighbour(rules, known, count, block + 1)
        cdef int number, label
        cdef Py_ssize_t place
        cdef tuple found
        if known[block].is_worded:
            found = lines[block]
            for place in range(PyTuple_GET_SIZE(found)):
                number = rules.number_of(<object>PyTuple_GET_ITEM(found, place))
                if rules.facts[number].by_neighbour and self._takes(
                    &rules.facts[number], texts, known, count, block, first, last, threshold, previous, following
                ):
                    return number if not _is_code(blocks[block]) else NOT_TAKEN
        for label in (previous, following):
            if label < 0:
                continue
            for place in range(rules.beside_starts[label], rules.beside_starts[label + 1]):
                number = rules.beside[place]
                if self._takes(&rules.facts[number], texts, known, count, block, first, last, threshold, previous, following):
                    return number if not _is_code(blocks[block]) else NOT_TAKEN
        return NOT_TAKEN

    cdef bint _takes(
        self, const Facts* rule, tuple texts, const Block* known, Py_ssize_t count, Py_ssize_t block, Py_ssize_t first, Py_ssize_t last,
        double threshold, int previous, int following,
    ) except -1:
        if not rule.score >= threshold or not rule.least_words <= known[block].words <= rule.most_words:
            return False
        if rule.previous and (previous < 0 or not (<uint64_t>1 << previous) & rule.previous):
            return False
        if rule.following and (following < 0 or not (<uint64_t>1 << following) & rule.following):
            return False
        if (rule.sentence >= 0 and known[block].ends != rule.sentence) or not in_position(rule, block, first, last):
            return False
        if rule.digits >= 0 and has_decimal(texts[block]) != rule.digits:
            return False
        return not (rule.label == self.caption and self._is_over_next_caption(known, count, block, first))

    cdef bint _is_over_next_caption(self, const Block* known, Py_ssize_t count, Py_ssize_t block, Py_ssize_t first) noexcept nogil:
        """Whether the credit under a block inside the body stands over its own caption, a line without a full stop."""
        if not first <= block < count - 2 or known[block + 1].label != self.photo_credit or known[block + 2].ends:
            return False
        if not self.least_caption <= known[block + 2].words <= self.most_caption:
            return False
        return known[block + 2].label < 0 or known[block + 2].label == self.caption

    cdef dict _verdicts(self, RuleFacts rules, tuple blocks, const Block* known, const int32_t* order, Py_ssize_t taken):
        cdef dict verdicts = {}
        cdef Py_ssize_t at, block
        cdef int rule
        for at in range(taken):
            block, rule = order[at], known[order[at]].rule
            where = blocks[block]
            verdicts[block] = self.verdict(
                where.start,
                where.end,
                rules.names[known[block].label],
                rules.reasons[rule],
                self.tails.capped if known[block].is_capped else rules.scores[rule],
            )
        return verdicts


cdef inline int _as_neighbour(RuleFacts rules, const Block* known, Py_ssize_t count, Py_ssize_t block):
    """What a line is as a neighbour: a label's number, prose, nothing; below 0: no label."""
    cdef int labels = <int>len(rules.names)
    if not 0 <= block < count:
        return labels + 1
    if known[block].label >= 0:
        return known[block].label
    return labels if known[block].prose else NOT_TAKEN


cdef inline bint _is_code(object block) except -1:
    return <str>block.role == "code"
