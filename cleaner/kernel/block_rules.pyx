# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""All rules on all blocks of a document, one block after the other: literals first, then whole lines, patterns, parts of lines."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, uint64_t
from libc.string cimport memcmp

from cleaner.kernel.candidates cimport Candidates
from cleaner.kernel.exact_lines cimport HAS_FIGURE, IS_SURE, UNDECIDED, ExactLines
from cleaner.kernel.line_notes cimport Notes
from cleaner.kernel.part_rules cimport PartRules, Parts
from cleaner.kernel.rule_patterns cimport Encoded, RulePatterns
from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ


cdef bint _is_same(str source, Py_ssize_t start, Py_ssize_t end, str text):
    """Whether a text stands in the source, from there to there."""
    cdef int kind = PyUnicode_KIND(source), own = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(source)
    cdef void* signs = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    if PyUnicode_GET_LENGTH(text) != end - start:
        return False
    if kind == own:
        return memcmp(<char*>data + start * kind, signs, (end - start) * kind) == 0
    for at in range(end - start):
        if PyUnicode_READ(kind, data, start + at) != PyUnicode_READ(own, signs, at):
            return False
    return True


cdef enum:
    #: lists have a bit each in one number
    BITS = 64
    #: sets of lists that are asked for, at the most: more are not needed to tell that a rule is out of the question
    MOST_SETS = 4


cdef struct DigitRule:
    Py_ssize_t number
    #: sets of lists, by their bits, of each of which a line must have one
    uint64_t sets[MOST_SETS]
    Py_ssize_t sets_count


cdef class BlockRules:
    cdef Candidates candidates
    cdef ExactLines exact_lines
    cdef RulePatterns patterns
    cdef PartRules part_rules
    cdef tuple rules, inside_phrases
    #: in Python, which knows what to do where a line's normal form is not simple
    cdef object line_rules
    cdef object part
    #: the rules that ask for a digit and no literal
    cdef DigitRule* digit_rules
    cdef Py_ssize_t digit_rules_count, lists_count
    cdef RulePatterns lists
    cdef Py_ssize_t most_words, longest_line, most_words_with_digit
    cdef double hint

    def __cinit__(self, tuple rules not None, Candidates candidates not None, ExactLines exact_lines not None, probe, line_rules, span_rules,
                  list digit_numbers not None, list asked not None, tuple lists not None, list_probe, part, tuple inside_phrases not None, Py_ssize_t most_words, Py_ssize_t longest_line,
                  Py_ssize_t most_words_with_digit, double hint):
        self.rules, self.candidates, self.exact_lines = rules, candidates, exact_lines
        self.patterns = RulePatterns(rules, probe)
        self.part_rules = PartRules(rules, self.patterns, span_rules)
        self.line_rules, self.lists = line_rules, RulePatterns(lists, list_probe)
        self.lists_count = len(lists)
        if self.lists_count > BITS:
            raise ValueError("there are too many lists")
        self.part, self.inside_phrases = part, inside_phrases
        self.most_words, self.longest_line, self.most_words_with_digit = most_words, longest_line, most_words_with_digit
        self.hint = hint
        if candidates.rules_count != len(rules) or len(exact_lines.rules) != len(rules) or len(asked) != len(digit_numbers):
            raise ValueError("rules and what is looked for do not fit together")
        self._read_digit_rules(digit_numbers, asked)

    def __dealloc__(self):
        PyMem_Free(self.digit_rules)

    cdef int _read_digit_rules(self, list numbers, list asked) except -1:
        cdef DigitRule* rule
        cdef Py_ssize_t number
        self.digit_rules = <DigitRule*>PyMem_Calloc(len(numbers) + 1, sizeof(DigitRule))
        if self.digit_rules == NULL:
            raise MemoryError
        for number, sets in zip(numbers, asked):
            if not 0 <= number < len(self.rules):
                raise ValueError("a rule is unknown")
            rule = self.digit_rules + self.digit_rules_count
            rule.number = number
            for bits in sets[:MOST_SETS]:
                rule.sets[rule.sets_count] = bits
                rule.sets_count += 1
            self.digit_rules_count += 1
        return 0

    def find(self, str source not None, str lowered not None, tuple blocks not None, tuple texts not None, list words not None, list ends not None):
        cdef Notes notes
        cdef Parts parts
        cdef uint64_t* common
        cdef tuple found = ({}, {}, {}, [])
        if not len(blocks) == len(texts) == len(words) == len(ends) or len(source) != len(lowered):
            raise ValueError("blocks and what is known of them do not fit together")
        # Room of its own in each call, since threads share this.
        common = <uint64_t*>PyMem_Calloc(self.exact_lines.set_numbers + 1, sizeof(uint64_t))
        if common == NULL:
            raise MemoryError
        notes, parts = self.candidates.notes(), self.part_rules.room()
        try:
            self._find(source, lowered, blocks, texts, words, ends, notes, parts, common, found)
        finally:
            PyMem_Free(common)
            self.candidates.spare, self.part_rules.spare = notes, parts
        return found

    cdef int _find(self, str source, str lowered, tuple blocks, tuple texts, list words, list ends, Notes notes, Parts parts, uint64_t* common,
                   tuple found) except -1:
        cdef Py_ssize_t block, start, end, place, length = len(source)
        cdef int32_t count
        cdef bint is_sentence, has_signs
        cdef str text, seen
        cdef list spans = found[3]
        for block in range(len(blocks)):
            where, text, count, is_sentence = blocks[block], texts[block], words[block], ends[block]
            start, end = where.start, where.end
            if text is None or not 0 <= start <= end <= length:
                raise ValueError("a block is no part of the source")
            seen, has_signs = None, False
            # What a reader sees of it is looked at only where it is not what stands in the source.
            if not _is_same(source, start, end, text):
                seen = text.lower()
                for sign in self.inside_phrases:
                    has_signs = has_signs or source.find(sign, start, end) >= 0
            notes.begin(lowered, start, end, seen)
            self.candidates.look(notes, count, is_sentence, has_signs)
            if count <= self.most_words and PyUnicode_GET_LENGTH(text) <= self.longest_line:
                self._add_line(block, text, count, is_sentence, notes, parts.text, common, found)
            if notes.at_start_count or notes.at_end_count or notes.hits_count:
                self.part_rules.find(source, start, end, notes, parts)
                for place in range(parts.count):
                    spans.append(self.part(parts.parts[place].start, parts.parts[place].end, self.rules[parts.parts[place].rule]))
        return 0

    cdef int _add_line(self, Py_ssize_t block, str text, Py_ssize_t words, bint ends, Notes notes, Encoded encoded, uint64_t* common,
                       tuple found) except -1:
        """Adds what the rules on whole lines find: those that name it, and those whose patterns are in it."""
        cdef int said
        cdef list named = self.exact_lines.named(text, words, ends, common, &said), strong, weak, matching
        cdef bint has_patterns = notes.lines_count > 0 and not said & IS_SURE
        cdef Py_ssize_t at
        if said & UNDECIDED:
            hits = self.line_rules.find(text, words, ends, [notes.lines[at] for at in range(notes.lines_count)])
            return _add(block, hits.rules, hits.hints, hits.opener, found)
        cdef bint has_digit_rules = said & HAS_FIGURE and not said & IS_SURE and words <= self.most_words_with_digit
        if named is None:
            if not has_patterns and not has_digit_rules:
                return 0
            named = []
        if has_patterns or has_digit_rules:
            matching = []
            encoded.read(text, 0, PyUnicode_GET_LENGTH(text))
            if has_patterns:
                for at in range(notes.lines_count):
                    if self.patterns.has(notes.lines[at], encoded):
                        matching.append(notes.lines[at])
            if has_digit_rules:
                self._add_digit_rules(text, words, ends, encoded, matching)
                # In their order, whatever they were found by.
                matching.sort()
            for number in matching:
                named.append(self.rules[number])
        if not named:
            return 0
        opener, strong, weak = None, [], []
        for rule in named:
            if rule.kind == "section" or rule.kind == "sections":
                opener = rule if opener is None else opener
            elif rule.score >= self.hint:
                strong.append(rule)
            else:
                weak.append(rule)
        return _add(block, tuple(strong), tuple(weak), opener, found)

    cdef int _add_digit_rules(self, str text, Py_ssize_t words, bint ends, Encoded encoded, list matching) except -1:
        """Adds the numbers of those of the rules without a literal whose patterns are in a line."""
        cdef Py_ssize_t place
        cdef uint64_t known = 0, there = 0
        cdef int digit = -1
        cdef const DigitRule* rule
        for place in range(self.digit_rules_count):
            rule = self.digit_rules + place
            if (
                self.exact_lines.fits(rule.number, text, words, ends, &digit)
                and (rule.sets_count == 0 or self._has_lists(rule, encoded, &known, &there))
                and self.patterns.has(rule.number, encoded)
            ):
                matching.append(rule.number)
        return 0

    cdef bint _has_lists(self, const DigitRule* rule, Encoded encoded, uint64_t* known, uint64_t* there) except -1:
        """Whether one list of each set that a rule asks for is in a line; notes which of them were looked for, and are there."""
        cdef Py_ssize_t number, at
        cdef uint64_t bit
        for number in range(rule.sets_count):
            for at in range(self.lists_count):
                bit = <uint64_t>1 << at
                if rule.sets[number] & ~known[0] & bit:
                    known[0] |= bit
                    if self.lists.has(at, encoded):
                        there[0] |= bit
            if not there[0] & rule.sets[number]:
                return False
        return True


cdef int _add(Py_ssize_t block, tuple strong, tuple weak, opener, tuple found) except -1:
    if strong:
        (<dict>found[0])[block] = strong
    if weak:
        (<dict>found[1])[block] = weak
    if opener is not None:
        (<dict>found[2])[block] = opener
    return 0
