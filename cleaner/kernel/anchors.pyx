"""Where in a text literals of thousands may stand: each is looked for by its rarest group of six letters, or fewer, and only then compared.

Multi-pattern matching by a group of letters of each pattern is Wu and Manber's (1994), without its leaps: there are short literals.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

from cleaner.kernel.folded cimport FIGURES, GROUPS, bit_of, fold, group_at, long_bit_of, long_group_at, set_bit
from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef enum:
    #: what a use says: the edges that all ask for (1 a word's end, 2 its start), and the limits
    EDGES, MOST_WORDS, FROM_START, FROM_END, USES
    WORD_END = 1
    WORD_START = 2
    #: so many times in ten million signs: what a group costs that no other literal has, beside being met
    FRESH = 400
    #: so many literals that have a group cost as much once more as meeting it
    SHARED = 3
    #: figures are logarithms, of so many steps for what is twice as often
    STEPS = 8


cdef inline bint _is_ascii_alnum(uint32_t sign) noexcept nogil:
    return c"a" <= (sign | 0x20) <= c"z" or c"0" <= sign <= c"9"


cdef inline Py_ssize_t _often(uint8_t figure) noexcept nogil:
    return ((STEPS + figure % STEPS) << (figure // STEPS)) // STEPS


def groups_of(list texts not None, int32_t[::1] found not None, const uint8_t[::1] figures not None):
    cdef Py_ssize_t number, at, length, longest = 0
    cdef uint32_t group
    cdef str text
    cdef uint8_t* letters
    cdef int least
    if len(found) < len(texts) or len(figures) != 1 << FIGURES:
        raise ValueError("texts and figures do not fit together")
    for text in texts:
        longest = max(longest, len(text))
    letters = <uint8_t*>PyMem_Malloc(longest + 4)
    if letters == NULL:
        raise MemoryError
    try:
        for number in range(len(texts)):
            text, least, found[number] = texts[number], 256, 0
            length = PyUnicode_GET_LENGTH(text)
            fold(PyUnicode_KIND(text), PyUnicode_DATA(text), length, letters)
            memset(letters + length, 0, 4)
            for at in range(length - 2):
                group = group_at(letters + at) & 0xFFFFFF
                if group and figures[bit_of(group | 3 << 24, FIGURES)] < least:
                    least = figures[bit_of(group | 3 << 24, FIGURES)]
                    found[number] = bit_of(group, GROUPS) + 1
    finally:
        PyMem_Free(letters)


cdef class Anchors:
    def __cinit__(self, list literals not None, const int32_t[:, ::1] uses not None, const uint8_t[::1] figures not None):
        self.anchors, self.signs = NULL, NULL
        if len(uses) < len(literals) or uses.shape[1] != USES or len(figures) != 1 << FIGURES:
            raise ValueError("literals and figures do not fit together")
        self.count = len(literals)
        self._read(literals, uses, figures)

    def __dealloc__(self):
        PyMem_Free(self.anchors)
        PyMem_Free(self.signs)

    cdef int _read(self, list literals, const int32_t[:, ::1] uses, const uint8_t[::1] figures) except -1:
        cdef Py_ssize_t number, place, total = 0, longest = 0, length
        cdef str literal
        cdef Anchor* anchors
        cdef uint8_t* letters
        cdef uint8_t* chosen
        for literal in literals:
            length = PyUnicode_GET_LENGTH(literal)
            if length == 0:
                raise ValueError("a literal is empty")
            total, longest = total + length, max(longest, length)
        if total > 0x3FFFFFFF:
            raise ValueError("literals are too long")
        self.signs = <uint32_t*>PyMem_Malloc((total + 1) * sizeof(uint32_t))
        self.anchors = <Anchor*>PyMem_Malloc((self.count + 1) * sizeof(Anchor))
        anchors = <Anchor*>PyMem_Malloc((self.count + 1) * sizeof(Anchor))
        letters = <uint8_t*>PyMem_Malloc(longest + 10)
        chosen = <uint8_t*>PyMem_Calloc(1 << FIGURES, 1)
        try:
            if not (self.signs and self.anchors and anchors and letters and chosen):
                raise MemoryError
            total = 0
            for number in range(self.count):
                literal = literals[number]
                length = PyUnicode_GET_LENGTH(literal)
                anchors[number] = Anchor(
                    0, 0, 0, <int32_t>number, <int32_t>total, <int32_t>length, 0, <uint32_t>ord(literal[0]), <uint32_t>ord(literal[length - 1]),
                    _bound(<int64_t>uses[number, MOST_WORDS] + 1), _bound(<int64_t>uses[number, FROM_START] + 1), _bound(uses[number, FROM_END]),
                )
                for place in range(length):
                    self.signs[total + place] = PyUnicode_READ(PyUnicode_KIND(literal), PyUnicode_DATA(literal), place)
                total += length
                place = 1 if uses[number, EDGES] & WORD_START else 0
                letters[0] = 0
                fold(PyUnicode_KIND(literal), PyUnicode_DATA(literal), length, letters + place)
                memset(letters + place + length, 0, 8)
                length += place + (uses[number, EDGES] & WORD_END)
                self._choose(&anchors[number], letters, length, place, &figures[0], chosen)
            self._sort(anchors)
        finally:
            PyMem_Free(anchors)
            PyMem_Free(letters)
            PyMem_Free(chosen)
        return 0

    cdef int _choose(
        self, Anchor* anchor, const uint8_t* letters, Py_ssize_t size, Py_ssize_t before, const uint8_t* figures, uint8_t* chosen
    ) except -1:
        """The group that costs least: it is met seldom, and few literals have it; so many of the letters stand before the literal."""
        cdef Py_ssize_t at, best = 0, cost, least = -1
        cdef uint64_t group
        cdef uint32_t place
        cdef bint is_long = size >= 6
        anchor.group, anchor.other_at, anchor.other = group_at(letters), 0, 0
        for at in range(size - (5 if is_long else 3)):
            group = long_group_at(letters + at) if is_long else tagged(group_at(letters + at), 4)
            if group == 0 or group == tagged(0, 4):
                continue
            place = long_bit_of(group, FIGURES)
            cost = _often(_figure(letters + at, 3 if is_long else 1, figures))
            cost += cost * chosen[place] // SHARED if chosen[place] else FRESH
            if least < 0 or cost < least:
                least, best, anchor.group = cost, at, group
        if least >= 0:
            place = long_bit_of(anchor.group, FIGURES)
            chosen[place] = min(chosen[place] + 1, 255)
            _choose_other(anchor, best, letters, size, figures)
        elif size == 3 and anchor.group or size == 2 and letters[0] and letters[1]:
            anchor.group = tagged(<uint32_t>anchor.group, <int>size)
        else:
            return self._choose_sign(anchor)
        anchor.offset = <int32_t>(best - before)
        return 0

    cdef int _choose_sign(self, Anchor* anchor) except -1:
        """The sign of the highest number that is no letter of ASCII: by and large those are rarer."""
        cdef int32_t at, best = -1
        cdef uint32_t sign, highest = 0
        for at in range(anchor.length):
            sign = self.signs[anchor.first + at]
            if sign >= highest and not _is_ascii_alnum(sign):
                best, highest = at, sign
        if best < 0:
            raise ValueError("a literal is a letter")
        anchor.group, anchor.offset = tagged(highest, 1), best
        return 0

    cdef void _sort(self, const Anchor* anchors) noexcept:
        """By slots, and notes for each group that it is there."""
        cdef Py_ssize_t number
        cdef uint64_t group
        cdef uint32_t slot, letters, rest
        memset(self.slots, 0, sizeof(self.slots))
        for number in range(self.count):
            group = anchors[number].group
            letters, rest = <uint32_t>group, group >> 56
            self.slots[slot_of(group)] += 1
            if rest == 1:
                set_bit(self.one, letters & 0xFF)
            elif rest == 2:
                set_bit(self.two, bit_of(letters, TWO))
            elif rest == 3:
                set_bit(self.three, bit_of(letters, THREE))
            elif rest == 4:
                set_bit(self.four, bit_of(letters, FOUR))
            else:
                set_bit(self.six, long_bit_of(group, SIX))
        for slot in range(1, (1 << SLOTS) + 1):
            self.slots[slot] += self.slots[slot - 1]
        # Filled from each slot's end, so that it points to its start in the end.
        for number in range(self.count - 1, -1, -1):
            slot = slot_of(anchors[number].group)
            self.slots[slot] -= 1
            self.anchors[self.slots[slot]] = anchors[number]


cdef inline uint16_t _bound(int64_t number) noexcept nogil:
    return <uint16_t>(0 if number < 0 else number if number < MOST else MOST)


cdef uint8_t _figure(const uint8_t* letters, int groups, const uint8_t* figures) noexcept nogil:
    """How often letters are met: no oftener than the rarest of so many groups of four in them."""
    cdef int at
    cdef uint8_t least = 255
    for at in range(groups):
        least = min(least, figures[bit_of(group_at(letters + at), FIGURES)])
    return least


cdef void _choose_other(Anchor* anchor, Py_ssize_t anchored, const uint8_t* letters, Py_ssize_t size, const uint8_t* figures) noexcept nogil:
    """The rarest other group: hardly anything is compared any more that does not stand there."""
    cdef Py_ssize_t at
    cdef int least = 256, figure
    for at in range(size - 3):
        figure = figures[bit_of(group_at(letters + at), FIGURES)]
        if at != anchored and figure < least:
            least, anchor.other, anchor.other_at = figure, group_at(letters + at), <int32_t>(at - anchored)
