# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which rules name a whole line, as a phrase or by all its words."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, uint32_t, uint64_t

from cleaner.kernel.normal_forms cimport NormalForms

from cleaner.kernel.line_text cimport has_decimal
from cleaner.kernel.utf8 cimport Py_UNICODE_ISALNUM, PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef enum:
    #: most signs of a line that is compared as a whole
    ROOM = 256
    #: sets of words that have a bit each in one number
    BITS = 64


cdef inline uint32_t _hashed(const uint32_t* signs, Py_ssize_t length) noexcept nogil:
    """A step a character (FNV-1a)."""
    cdef uint64_t hashed = <uint64_t>0xCBF29CE484222325
    cdef Py_ssize_t at
    for at in range(length):
        hashed = (hashed ^ signs[at]) * <uint64_t>0x100000001B3
    return <uint32_t>(hashed ^ (hashed >> 32))


cdef class _Table:
    """Texts by what they hash to."""

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
    def __cinit__(self, NormalForms forms not None, tuple rules not None, list conditions not None, dict phrases not None,
                  list word_sets not None, Py_ssize_t longest):
        cdef Py_ssize_t number, place
        cdef Conditions* rule
        cdef dict places = {}
        if longest > ROOM or len(rules) != len(conditions):
            raise ValueError("a phrase is too long, or rules and their conditions do not fit together")
        self.forms, self.rules, self.longest = forms, rules, longest
        self.phrases, self.phrase_rules = _Table(list(phrases)), list(phrases.values())
        self.set_rules, self.set_numbers = [number for number, _ in word_sets], (len(word_sets) + BITS - 1) // BITS
        for _, members in word_sets:
            for word in members:
                places.setdefault(word, len(places))
        self.words = _Table(list(places))
        self.conditions = <Conditions*>PyMem_Calloc(len(rules) + 1, sizeof(Conditions))
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

    cdef list named(self, str text, Py_ssize_t words, bint ends, uint64_t* common, int* said):
        """The rules that name a line as a whole, or None for none; `said` gets what else is known of it then, `common` is room for notes."""
        cdef uint32_t form[ROOM]
        cdef Py_ssize_t at, size
        cdef list found = None
        cdef int digit = -1
        said[0] = 0
        if PyUnicode_GET_LENGTH(text) > self.longest:
            return None
        size = self.forms.write(text, form)
        if size < 0:
            said[0] = UNDECIDED
            return None
        at = self.phrases.place(form, size)
        if at >= 0:
            for number in <list>self.phrase_rules[at]:
                found = self._add(found, number, text, words, ends, &digit, said)
        if self.set_numbers and self._read_common(form, size, common):
            for at in range(len(self.set_rules)):
                if common[at // BITS] >> (at % BITS) & 1:
                    found = self._add(found, self.set_rules[at], text, words, ends, &digit, said)
        for at in range(size):
            if form[at] == c"0":
                said[0] |= HAS_FIGURE
                break
        return found

    cdef bint fits(self, Py_ssize_t number, str text, Py_ssize_t words, bint ends, int* digit):
        """Whether a line meets a rule's conditions on itself; `digit` says whether there is one, once that was asked for."""
        cdef const Conditions* rule = self.conditions + number
        if not rule.min_words <= words <= rule.max_words or (rule.sentence >= 0 and ends != rule.sentence):
            return False
        if rule.digits >= 0 and digit[0] < 0:
            digit[0] = has_decimal(text)
        return rule.digits < 0 or digit[0] == rule.digits

    cdef list _add(self, list found, Py_ssize_t number, str text, Py_ssize_t words, bint ends, int* digit, int* said):
        """Adds a rule to those found if the line meets its conditions."""
        if not self.fits(number, text, words, ends, digit):
            return found
        if self.conditions[number].is_sure and not self.conditions[number].is_opener:
            said[0] |= IS_SURE
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
