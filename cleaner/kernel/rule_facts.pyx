# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What of rules is asked for when lines get their labels, in arrays: found by the rule itself, without looking into it."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.object cimport PyObject
from libc.stdint cimport uint64_t, uintptr_t

cdef enum:
    #: labels, `prose` and `none` that fit into the bits of a number
    MOST_LABELS = 62
    MOST_WORDS = 1 << 30


cdef inline Py_ssize_t _slot_of(PyObject* rule, Py_ssize_t mask) noexcept nogil:
    return <Py_ssize_t>((<uint64_t><uintptr_t>rule * <uint64_t>0x9E3779B97F4A7C15) >> 32) & mask


cdef bint in_position(const Facts* rule, Py_ssize_t block, Py_ssize_t first, Py_ssize_t last) noexcept nogil:
    cdef bint before = block < first, after = block >= last
    if rule.position == ANYWHERE:
        return True
    if rule.position == INSIDE:
        return not before and not after
    if first == last:
        return False
    return before if rule.position == BEFORE else after if rule.position == AFTER else before or after


cdef class RuleFacts:
    def __cinit__(self, tuple rules, tuple names, list rows, list beside):
        cdef Py_ssize_t count = len(rules), number, slot, total = 0, place
        cdef Facts* facts
        if len(rows) != count or len(beside) != len(names) + 2 or len(names) + 2 > MOST_LABELS:
            raise ValueError("each rule has its facts, each label its rules")
        self.rules, self.names, self.numbers = rules, names, {name: number for number, name in enumerate(names)}
        self.labels, self.reasons, self.scores = [], [], []
        for listed in beside:
            total += len(listed)
        self.mask = 16
        while self.mask < 2 * count:
            self.mask *= 2
        self.facts = <Facts*>PyMem_Calloc(count + 1, sizeof(Facts))
        self.slots = <PyObject**>PyMem_Calloc(self.mask, sizeof(PyObject*))
        self.slot_numbers = <int*>PyMem_Calloc(self.mask, sizeof(int))
        self.beside = <int*>PyMem_Calloc(total + 1, sizeof(int))
        self.beside_starts = <Py_ssize_t*>PyMem_Calloc(len(beside) + 1, sizeof(Py_ssize_t))
        if self.facts == NULL or self.slots == NULL or self.slot_numbers == NULL or self.beside == NULL or self.beside_starts == NULL:
            raise MemoryError
        self.mask -= 1
        for number in range(count):
            label, reason, score, position, exactness, neighbours, least_words, most_words, digits, sentence = rows[number]
            facts = &self.facts[number]
            facts.label, facts.score, facts.position, facts.exactness = self.numbers[label], score, position, exactness
            facts.by_neighbour = neighbours is not None
            if neighbours is not None:
                facts.previous, facts.following = neighbours
            facts.least_words, facts.most_words = max(-1, min(MOST_WORDS, least_words)), max(-1, min(MOST_WORDS, most_words))
            facts.digits = -1 if digits is None else digits
            facts.sentence = -1 if sentence is None else sentence
            self.labels.append(label)
            self.reasons.append(reason)
            self.scores.append(score)
            slot = _slot_of(<PyObject*>rules[number], self.mask)
            while self.slots[slot] != NULL and self.slots[slot] != <PyObject*>rules[number]:
                slot = (slot + 1) & self.mask
            if self.slots[slot] == NULL:
                self.slots[slot], self.slot_numbers[slot] = <PyObject*>rules[number], number
        place = 0
        for number in range(len(beside)):
            self.beside_starts[number] = place
            for other in beside[number]:
                if not 0 <= other < count:
                    raise ValueError("there is no such rule")
                self.beside[place] = other
                place += 1
        self.beside_starts[len(beside)] = place

    def __dealloc__(self):
        PyMem_Free(self.facts)
        PyMem_Free(self.slots)
        PyMem_Free(self.slot_numbers)
        PyMem_Free(self.beside)
        PyMem_Free(self.beside_starts)

    cdef int number_of(self, object rule) except -1:
        cdef Py_ssize_t slot = _slot_of(<PyObject*>rule, self.mask)
        while self.slots[slot] != <PyObject*>rule:
            if self.slots[slot] == NULL:
                raise ValueError("a rule of another book")
            slot = (slot + 1) & self.mask
        return self.slot_numbers[slot]

    cdef const Facts* strongest(self, const Facts* best, const Facts* other) noexcept nogil:
        if best == NULL or other.score > best.score or (other.score == best.score and other.exactness < best.exactness):
            return other
        return best
