# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The parts of a line that rules take, where its literals leave them possible."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from libc.stdint cimport int32_t, uint32_t

from cleaner.kernel.line_notes cimport Notes
from cleaner.kernel.matcher cimport Program, in_signs
from cleaner.kernel.rule_patterns cimport Encoded, RulePatterns
from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(uint32_t sign) noexcept nogil

cdef enum:
    #: parts that may stand one behind the other at one end of a line
    MOST_AT_ONE_END = 4


cdef class Parts:
    def __cinit__(self, Py_ssize_t rules):
        self.text = Encoded()
        self.lines = <Py_ssize_t*>PyMem_Calloc(rules + 1, sizeof(Py_ssize_t))
        self.places = <Py_ssize_t*>PyMem_Calloc(rules + 1, sizeof(Py_ssize_t))
        if self.lines == NULL or self.places == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.parts)
        PyMem_Free(self.lines)
        PyMem_Free(self.places)

    cdef int add(self, Py_ssize_t start, Py_ssize_t end, int32_t rule) except -1:
        cdef Part* wider
        if self.count == self.room:
            wider = <Part*>PyMem_Realloc(self.parts, (2 * self.room + 16) * sizeof(Part))
            if wider == NULL:
                raise MemoryError
            self.parts, self.room = wider, 2 * self.room + 16
        self.parts[self.count] = Part(start, end, rule)
        self.count += 1
        return 0


cdef class PartRules:
    def __cinit__(self, tuple rules not None, RulePatterns patterns not None, twin):
        cdef Py_ssize_t number
        self.patterns, self.twin, self.rules = patterns, twin, len(rules)
        self.reaches = <Reach*>PyMem_Calloc(self.rules + 1, sizeof(Reach))
        if self.reaches == NULL:
            raise MemoryError
        for number in range(self.rules):
            rule = rules[number]
            self.reaches[number] = Reach(rule.reach, rule.score, rule.at == "start")
            self.furthest = max(self.furthest, self.reaches[number].reach)

    def __dealloc__(self):
        PyMem_Free(self.reaches)

    cdef Parts room(self):
        """Room for parts: one that was given back, or a new one."""
        cdef Parts spare = self.spare
        self.spare = None
        return Parts(self.rules) if spare is None else spare

    cdef int find(self, str source, Py_ssize_t start, Py_ssize_t end, Notes notes, Parts parts) except -1:
        """Fills in what rules take from a line of the source, outermost first at its ends, for which its literals are noted."""
        cdef Part best
        cdef Py_ssize_t turn, reach, place
        cdef int32_t number
        parts.count, parts.line = 0, parts.line + 1
        for turn in range(MOST_AT_ONE_END if notes.at_start_count else 0):
            if not self._best(source, start, end, notes.at_start, notes.at_start_count, parts, &best):
                break
            parts.add(best.start, best.end, best.rule)
            start = best.end
        for turn in range(MOST_AT_ONE_END if notes.at_end_count else 0):
            if turn:
                if not self._best(source, start, end, notes.at_any_end, notes.at_any_end_count, parts, &best):
                    break
            elif not self._best(source, start, end, notes.at_end, notes.at_end_count, parts, &best):
                break
            parts.add(best.start, best.end, best.rule)
            end = best.start
        # What is looked at from here on lies between those.
        parts.first = parts.count
        for turn in range(notes.hits_count):
            number, place = notes.hits[turn].rule, notes.hits[turn].place + notes.source.start
            reach = self.reaches[number].reach
            # Hits are in order: whether a stretch was looked at is known from the one before.
            if parts.lines[number] == parts.line and parts.places[number] == notes.hits[turn].place // reach:
                continue
            parts.lines[number], parts.places[number] = parts.line, notes.hits[turn].place // reach
            while parts.first < parts.count and parts.parts[parts.first].end <= place - self.furthest:
                parts.first += 1
            self._add_near(source, max(start, place - reach), min(end, place + reach), number, parts)
        return 0

    cdef bint _best(self, str source, Py_ssize_t start, Py_ssize_t end, const int32_t* numbers, Py_ssize_t count, Parts parts, Part* best) except -1:
        """The surest, then longest, part that these rules take at an end of a line; their patterns know at which it must stand."""
        cdef Part part
        cdef Py_ssize_t at
        cdef const Reach* reach
        cdef double score, best_score = -1
        for at in range(count):
            reach = self.reaches + numbers[at]
            if reach.at_start:
                if not self._place(source, start, min(end, start + reach.reach), numbers[at], parts, &part):
                    continue
            elif not self._place(source, max(start, end - reach.reach), end, numbers[at], parts, &part):
                continue
            score = reach.score
            if score > best_score or (score == best_score and part.end - part.start > best.end - best.start):
                best[0], best_score = part, score
        return best_score >= 0

    cdef bint _place(self, str source, Py_ssize_t low, Py_ssize_t high, int32_t number, Parts parts, Part* part) except -1:
        """Where what a rule takes stands in a stretch of the source: the first one."""
        cdef Py_ssize_t slots[4]
        cdef int result = -1
        cdef Program program
        part.rule = number
        if self.patterns.is_placed(number):
            program = self.patterns.program(number)
            parts.text.read(source, low, high)
            result = program.place(parts.text.signs, parts.text.size, 0, True, slots)
            if result == 0 or (result > 0 and not in_signs(parts.text.signs, slots, program.flags, &part.start, &part.end)):
                return False
        if result < 0:
            place = self.twin.place(number, source[low:high])
            if place is None:
                return False
            part.start, part.end = place
        part.start, part.end = part.start + low, part.end + low
        return _stripped(source, part)

    cdef int _add_near(self, str source, Py_ssize_t low, Py_ssize_t high, int32_t number, Parts parts) except -1:
        """Adds all that a rule takes in a stretch of the source, and that no other part lies over."""
        cdef Py_ssize_t slots[4]
        cdef Py_ssize_t at = 0
        cdef int result = -1
        cdef Program program
        cdef Part part
        part.rule = number
        if low >= high:
            return 0
        if self.patterns.is_placed(number):
            program = self.patterns.program(number)
            parts.text.read(source, low, high)
            result = 1
            while at <= parts.text.size:
                result = program.place(parts.text.signs, parts.text.size, at, True, slots)
                if result <= 0:
                    break
                if in_signs(parts.text.signs, slots, program.flags, &part.start, &part.end):
                    part.start, part.end = part.start + low, part.end + low
                    self._add_free(source, &part, parts)
                at = slots[1] + (slots[1] == slots[0])
        if result < 0:
            for place in self.twin.places(number, source[low:high]):
                part.start, part.end = place
                part.start, part.end = part.start + low, part.end + low
                self._add_free(source, &part, parts)
        return 0

    cdef int _add_free(self, str source, Part* part, Parts parts) except -1:
        """Adds a part, the white space at its ends aside, that no other lies over."""
        cdef Py_ssize_t at
        if not _stripped(source, part):
            return 0
        for at in range(parts.first, parts.count):
            if part.start < parts.parts[at].end and parts.parts[at].start < part.end:
                return 0
        return parts.add(part.start, part.end, part.rule)


cdef bint _stripped(str source, Part* part):
    """Leaves out the white space at a part's ends; false where nothing else is in it."""
    cdef int kind = PyUnicode_KIND(source)
    cdef void* data = PyUnicode_DATA(source)
    while part.start < part.end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, part.start)):
        part.start += 1
    while part.end > part.start and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, part.end - 1)):
        part.end -= 1
    return part.start < part.end
