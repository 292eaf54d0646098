# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which lines of a document are phrases, or made of listed words, and which need a pattern, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, uint32_t, uint64_t

from cleaner.kernel.normal_forms cimport NormalForms

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    bint Py_UNICODE_ISALNUM(uint32_t sign) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(uint32_t sign) noexcept nogil

cdef enum:
    #: most signs of a line that is compared as a whole
    ROOM = 256
    #: sets of words that have a bit each in one number
    BITS = 64


cdef struct Rule:
    Py_ssize_t min_words, max_words
    #: what the line must have or be: 1 yes, 0 no, -1 either
    int32_t digits, sentence
    #: whether it opens a section; whether no other rule is asked for once it takes a line
    int32_t is_opener, is_sure


cdef struct Slot:
    uint32_t hashed
    #: from 1; 0: nothing is here
    int32_t number


cdef inline uint32_t _hashed(const uint32_t* signs, Py_ssize_t length) noexcept nogil:
    """A step a character (FNV-1a)."""
    cdef uint64_t hashed = <uint64_t>0xCBF29CE484222325
    cdef Py_ssize_t at
    for at in range(length):
        hashed = (hashed ^ signs[at]) * <uint64_t>0x100000001B3
    return <uint32_t>(hashed ^ (hashed >> 32))


cdef class _Table:
    """Texts by what they hash to."""

    cdef Slot* slots
    cdef uint32_t mask
    #: which the numbers in the slots count
    cdef list texts

    def __cinit__(self, list texts not None):
        cdef uint32_t signs[ROOM]
        cdef Py_ssize_t room = 16, at, length
        cdef uint32_t slot, hashed
        cdef int32_t number
        cdef str text
        while room < 4 * len(texts):
            room *= 2
        self.texts, self.mask = texts, <uint32_t>(room - 1)
        self.slots = <Slot*>PyMem_Calloc(room, sizeof(Slot))
        if self.slots == NULL:
            raise MemoryError
        for number, text in enumerate(texts, 1):
            length = PyUnicode_GET_LENGTH(text)
            # No line that is looked up is so long.
            if length > ROOM:
                continue
            for at in range(length):
                signs[at] = PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at)
            hashed = _hashed(signs, length)
            slot = hashed & self.mask
            while self.slots[slot].number:
                slot = (slot + 1) & self.mask
            self.slots[slot].hashed, self.slots[slot].number = hashed, number

    def __dealloc__(self):
        PyMem_Free(self.slots)

    cdef Py_ssize_t place(self, const uint32_t* signs, Py_ssize_t length):
        """The text's place, or -1 where it is not among these."""
        cdef uint32_t hashed = _hashed(signs, length), slot = hashed & self.mask
        cdef Py_ssize_t at
        cdef str text
        while self.slots[slot].number:
            if self.slots[slot].hashed == hashed:
                text = <str>self.texts[self.slots[slot].number - 1]
                if PyUnicode_GET_LENGTH(text) == length:
                    for at in range(length):
                        if PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at) != signs[at]:
                            break
                    else:
                        return self.slots[slot].number - 1
            slot = (slot + 1) & self.mask
        return -1


cdef class ExactLines:
    cdef NormalForms forms
    cdef tuple rules
    cdef Rule* conditions
    cdef _Table phrases, words
    #: of each phrase: the numbers of its rules
    cdef list phrase_rules
    #: of each set of words: the number of its rule
    cdef list set_rules
    #: of each word: the sets that have it, a bit each, so many numbers a word
    cdef uint64_t* sets
    cdef Py_ssize_t set_numbers
    cdef Py_ssize_t most_words, longest_line, longest_phrase, most_words_with_digit

    def __cinit__(self, NormalForms forms not None, tuple rules not None, list conditions not None, dict phrases not None, list word_sets not None,
                  Py_ssize_t most_words, Py_ssize_t longest_line, Py_ssize_t longest_phrase, Py_ssize_t most_words_with_digit):
        cdef Py_ssize_t number, place
        cdef Rule* rule
        cdef dict places = {}
        if longest_phrase > ROOM or len(rules) != len(conditions):
            raise ValueError("a phrase is too long, or rules and their conditions do not fit together")
        self.forms, self.rules = forms, rules
        self.most_words, self.longest_line = most_words, longest_line
        self.longest_phrase, self.most_words_with_digit = longest_phrase, most_words_with_digit
        self.phrases, self.phrase_rules = _Table(list(phrases)), list(phrases.values())
        self.set_rules, self.set_numbers = [number for number, _ in word_sets], (len(word_sets) + BITS - 1) // BITS
        for _, members in word_sets:
            for word in members:
                places.setdefault(word, len(places))
        self.words = _Table(list(places))
        self.conditions = <Rule*>PyMem_Calloc(len(rules) + 1, sizeof(Rule))
        self.sets = <uint64_t*>PyMem_Calloc(len(places) * self.set_numbers + 1, sizeof(uint64_t))
        if self.conditions == NULL or self.sets == NULL:
            raise MemoryError
        for number in range(len(rules)):
            rule = self.conditions + number
            rule.min_words, rule.max_words, rule.digits, rule.sentence, rule.is_opener, rule.is_sure = conditions[number]
        for number, (place, members) in enumerate(word_sets):
            if not 0 <= place < len(rules):
                raise ValueError("a rule is unknown")
            for word in members:
                self.sets[<Py_ssize_t>places[word] * self.set_numbers + number // BITS] |= <uint64_t>1 << (number % BITS)
        for numbers in self.phrase_rules:
            for place in numbers:
                if not 0 <= place < len(rules):
                    raise ValueError("a rule is unknown")

    def __dealloc__(self):
        PyMem_Free(self.conditions)
        PyMem_Free(self.sets)

    def find(self, list texts not None, list words not None, list ends not None, list possible not None):
        # Room for the sets that all words of a line are in: of its own in each call, since threads share this.
        cdef uint64_t* common = <uint64_t*>PyMem_Calloc(self.set_numbers + 1, sizeof(uint64_t))
        if common == NULL:
            raise MemoryError
        try:
            return self._find(texts, words, ends, possible, common)
        finally:
            PyMem_Free(common)

    cdef list _find(self, list texts, list words, list ends, list possible, uint64_t* common):
        cdef uint32_t form[ROOM]
        cdef Py_ssize_t place, at, count, length, size
        cdef bint has_patterns, has_figure, is_sure
        cdef list results = [], found
        cdef str text
        if not len(texts) == len(words) == len(ends) == len(possible):
            raise ValueError("lines and what is known of them do not fit together")
        for place in range(len(texts)):
            text, count = texts[place], words[place]
            if text is None:
                raise TypeError("a line must be a str")
            length = PyUnicode_GET_LENGTH(text)
            if count > self.most_words or length > self.longest_line:
                continue
            left = possible[place]
            has_patterns = left is not None and bool((<tuple?>left)[0])
            if length > self.longest_phrase:
                if has_patterns:
                    results.append((place, [], True, False))
                continue
            size = self.forms.write(text, form)
            if size < 0:
                results.append((place, None, True, True))
                continue
            found, is_sure, has_figure = None, False, False
            at = self.phrases.place(form, size)
            if at >= 0:
                for number in <list>self.phrase_rules[at]:
                    found = self._add(found, number, text, count, ends[place], &is_sure)
            if self.set_numbers and self._read_common(form, size, common):
                for at in range(len(self.set_rules)):
                    if common[at // BITS] >> (at % BITS) & 1:
                        found = self._add(found, self.set_rules[at], text, count, ends[place], &is_sure)
            if not is_sure and count <= self.most_words_with_digit:
                for at in range(size):
                    if form[at] == c"0":
                        has_figure = True
                        break
            if found is not None or has_figure or (has_patterns and not is_sure):
                results.append((place, found or [], has_patterns and not is_sure, has_figure))
        return results

    cdef list _add(self, list found, Py_ssize_t number, str text, Py_ssize_t words, bint ends, bint* is_sure):
        """Adds a rule to those found if the line meets its conditions."""
        cdef const Rule* rule = self.conditions + number
        cdef Py_ssize_t at
        cdef bint has_digit = False
        if not rule.min_words <= words <= rule.max_words or (rule.sentence >= 0 and ends != rule.sentence):
            return found
        if rule.digits >= 0:
            for at in range(PyUnicode_GET_LENGTH(text)):
                if Py_UNICODE_ISDECIMAL(PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at)):
                    has_digit = True
                    break
            if has_digit != rule.digits:
                return found
        if rule.is_sure and not rule.is_opener:
            is_sure[0] = True
        if found is None:
            found = []
        found.append(self.rules[number])
        return found

    cdef bint _read_common(self, const uint32_t* form, Py_ssize_t size, uint64_t* common) except -1:
        """Reads which sets have all words of a line, and a first one that is no figure; false where there are none."""
        cdef Py_ssize_t at = 0, start, number, place
        cdef bint is_first = True
        cdef uint64_t some
        while at < size:
            if not Py_UNICODE_ISALNUM(form[at]):
                at += 1
                continue
            start = at
            while at < size and Py_UNICODE_ISALNUM(form[at]):
                at += 1
            if at == start + 1 and form[start] == c"0":
                continue
            place = self.words.place(form + start, at - start)
            if place < 0:
                return False
            some = 0
            for number in range(self.set_numbers):
                if is_first:
                    common[number] = self.sets[place * self.set_numbers + number]
                else:
                    common[number] &= self.sets[place * self.set_numbers + number]
                some |= common[number]
            if not some:
                return False
            is_first = False
        return not is_first
