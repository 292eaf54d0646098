"""Which rules the literals in a line leave possible: every literal of every rule is looked for in one go over its signs."""

from cpython.object cimport PyObject
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport qsort

from cleaner.kernel.anchors cimport FOUR, MOST, SIX, THREE, TWO, Anchor, Anchors, slot_of, tagged
from cleaner.kernel.clauses cimport ANYWHERE, END, LINE, START, WORD_END, WORD_START, Clause, Member, Trigger
from cleaner.kernel.folded cimport bit_of, group_at, is_set, long_bit_of, long_group_at
from cleaner.kernel.line_notes cimport MOST_PLACES, Notes, Piece, Place
from cleaner.kernel.prefetch cimport prefetch
from cleaner.kernel.tries cimport Trie, Walk, next_text, walk_from
from cleaner.kernel.utf8 cimport PyUnicode_GET_LENGTH, PyUnicode_READ

cdef enum:
    #: the most lines that a note can tell apart
    MOST_LINES = 1 << 29
    #: so many groups begin at one sign: of six letters, four, three and two, and the sign itself
    GROUPS_A_SIGN = 5

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_Find(PyObject* text, PyObject* part, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    PyObject* PyList_GET_ITEM(PyObject* sequence, Py_ssize_t place)


cdef int _ascending(const void* first, const void* second) noexcept nogil:
    return (<const int32_t*>first)[0] - (<const int32_t*>second)[0]


cdef inline void _sort(int32_t* numbers, Py_ssize_t count) noexcept nogil:
    if count > 1:
        qsort(numbers, count, sizeof(int32_t), _ascending)


cdef list _listed(const int32_t* numbers, Py_ssize_t count):
    cdef Py_ssize_t place
    return [numbers[place] for place in range(count)]


cdef class Candidates:
    def __cinit__(self, Anchors anchors not None, Trie starts not None, Trie endings not None, list texts not None, Py_ssize_t rules,
                  const int32_t[::1] clauses, const int32_t[::1] needed, const int32_t[::1] sets, const int32_t[::1] members,
                  const int32_t[::1] triggers_from, const int32_t[::1] triggers, const int32_t[::1] started_from, const int32_t[::1] started):
        self.anchors, self.starts, self.endings, self.texts = anchors, starts, endings, texts
        self.rules_count, self.sets_count = rules, len(sets) - 1
        self.clauses_count = len(clauses) * sizeof(int32_t) // sizeof(Clause)
        if len(triggers_from) != anchors.count + 1 or len(started_from) != starts.count + 1:
            raise ValueError("literals and what they point to do not fit together")
        self._kept = (clauses, needed, sets, members, triggers_from, triggers, started_from, started)
        self.clauses, self.needed = <const Clause*>&clauses[0], &needed[0]
        self.sets, self.members = &sets[0], <const Member*>&members[0]
        self.triggers_from, self.triggers = &triggers_from[0], <const Trigger*>&triggers[0]
        self.started_from, self.started = &started_from[0], &started[0]

    cdef Notes notes(self):
        """Room for what is found in lines: one that was given back, or a new one."""
        cdef Notes spare = self.spare
        self.spare = None
        if spare is None or spare.line > MOST_LINES:
            return Notes(self.starts.longest, self.endings, self.sets_count, self.clauses_count, self.rules_count)
        return spare

    def find(self, list lows not None, list texts not None, list words not None, list ends not None):
        cdef Notes notes = self.notes()
        cdef Py_ssize_t place
        if not len(lows) == len(texts) == len(words) == len(ends):
            raise ValueError("lines and what is known of them do not fit together")
        found = [self._possible(notes, lows[place], texts[place], words[place], ends[place]) for place in range(len(lows))]
        self.spare = notes
        return found

    cdef object _possible(self, Notes notes, low, tuple other, int32_t words, bint ends):
        """What is left possible for a line, as its twin says it."""
        cdef object numbers = None
        if type(low) is not str or (other is not None and type(other[0]) is not str):
            raise TypeError("a line must be a str")
        notes.begin(low, 0, PyUnicode_GET_LENGTH(low), None if other is None else other[0])
        self.look(notes, words, ends, other is not None and other[1])
        if notes.lines_count:
            numbers = _listed(notes.lines, notes.lines_count)
        if not notes.at_start_count and not notes.at_end_count and not notes.hits_count:
            return None if numbers is None else (numbers, None)
        return numbers or (), (
            _listed(notes.at_start, notes.at_start_count),
            _listed(notes.at_end, notes.at_end_count),
            _listed(notes.at_any_end, notes.at_any_end_count),
            [(notes.hits[place].rule, notes.hits[place].place) for place in range(notes.hits_count)],
        )

    cdef int look(self, Notes notes, int32_t words, bint ends, bint has_signs) except -1:
        """Notes which rules the line that was begun leaves possible, each list ascending; `has_signs`: inside phrases, that none sees."""
        notes.words, notes.ends = words, ends
        # A paragraph may lie over several lines, a phrase that is looked for lies on one.
        self._scan(notes, notes.source, c" ", True)
        if has_signs:
            self._scan(notes, notes.seen, c"\n", False)
        self._look_at_start(notes)
        _sort(notes.lines, notes.lines_count)
        _sort(notes.at_start, notes.at_start_count)
        _sort(notes.at_end, notes.at_end_count)
        if notes.at_end_count:
            _sort(notes.at_any_end, notes.at_any_end_count)
        else:
            notes.at_any_end_count = 0
        notes.sort_hits()
        return 0

    cdef int _scan(self, Notes notes, Piece* piece, uint32_t line_break, bint spans) except -1:
        """Looks for all literals in a text of the line; for those of rules on parts of lines where `spans` says so."""
        cdef const uint8_t* six = self.anchors.six
        cdef const uint8_t* four = self.anchors.four
        cdef const uint8_t* three = self.anchors.three
        cdef const uint8_t* two = self.anchors.two
        cdef const uint8_t* one = self.anchors.one
        cdef const uint8_t* folded
        cdef Py_ssize_t at, length = piece.length
        cdef uint64_t letters
        cdef uint32_t group, sign
        notes.fold_piece(piece)
        folded = piece.folded + 1
        for at in range(-1, length):
            letters = long_group_at(folded + at)
            group = <uint32_t>letters
            if is_set(six, long_bit_of(letters, SIX)):
                self._note(notes, letters, at)
            if is_set(four, bit_of(group, FOUR)):
                self._note(notes, tagged(group, 4), at)
            if is_set(three, bit_of(group & 0xFFFFFF, THREE)):
                self._note(notes, tagged(group & 0xFFFFFF, 3), at)
            if is_set(two, bit_of(group & 0xFFFF, TWO)):
                self._note(notes, tagged(group & 0xFFFF, 2), at)
            if not 0 < group & 0xFF < 0x80 and at >= 0:
                sign = PyUnicode_READ(piece.kind, piece.data, at)
                if sign == c"\n":
                    sign = line_break
                if is_set(one, sign & 0xFF):
                    self._note(notes, tagged(sign, 1), at)
            if notes.places_count > MOST_PLACES - GROUPS_A_SIGN:
                self._look_at_places(notes, piece, line_break, spans)
        return self._look_at_places(notes, piece, line_break, spans)

    cdef inline void _note(self, Notes notes, uint64_t group, Py_ssize_t at) noexcept:
        notes.places[notes.places_count] = Place(group, at)
        notes.places_count += 1
        prefetch(self.anchors.slots + slot_of(group))

    cdef int _look_at_places(self, Notes notes, Piece* piece, uint32_t line_break, bint spans) except -1:
        """Follows the literals that stand where groups of letters were noted."""
        cdef Py_ssize_t place, count = notes.places_count
        notes.places_count = 0
        for place in range(count):
            prefetch(self.anchors.anchors + self.anchors.slots[slot_of(notes.places[place].group)])
        for place in range(count):
            self._look(notes, piece, notes.places[place].group, notes.places[place].at, line_break, spans)
        return 0

    cdef int _look(self, Notes notes, Piece* piece, uint64_t group, Py_ssize_t at, uint32_t line_break, bint spans) except -1:
        """Follows the literals that stand where a group of letters does."""
        cdef uint32_t slot = slot_of(group)
        cdef int32_t place, letter
        cdef const Anchor* anchor
        cdef const uint32_t* signs
        cdef Py_ssize_t start, past
        cdef uint32_t sign
        for place in range(self.anchors.slots[slot], self.anchors.slots[slot + 1]):
            anchor = &self.anchors.anchors[place]
            if anchor.group != group:
                continue
            start = at - anchor.offset
            past = start + anchor.length
            if start < 0 or past > piece.length:
                continue
            if anchor.other_at and group_at(piece.folded + 1 + at + anchor.other_at) != anchor.other:
                continue
            sign = PyUnicode_READ(piece.kind, piece.data, start)
            if anchor.first_sign != (line_break if sign == c"\n" else sign):
                continue
            sign = PyUnicode_READ(piece.kind, piece.data, past - 1)
            if anchor.last_sign != (line_break if sign == c"\n" else sign):
                continue
            if min(notes.words, MOST - 1) >= anchor.words_below and not (
                spans and (min(past, MOST - 1) < anchor.start_below or min(piece.length - past, MOST - 1) < anchor.end_below)
            ):
                continue
            signs = self.anchors.signs + anchor.first
            for letter in range(anchor.length):
                sign = PyUnicode_READ(piece.kind, piece.data, start + letter)
                if signs[letter] != (line_break if sign == c"\n" else sign):
                    break
            else:
                self._follow(notes, piece, anchor.literal, start, past, spans)
        return 0

    cdef int _follow(self, Notes notes, Piece* piece, int32_t literal, Py_ssize_t start, Py_ssize_t past, bint spans) except -1:
        """Looks at the clauses that a literal points to which stands there."""
        cdef bint behind_word = piece.folded[start] != 0, before_word = piece.folded[1 + past] != 0
        cdef int32_t place, number, limit, kind
        for place in range(self.triggers_from[literal], self.triggers_from[literal + 1]):
            number = self.triggers[place].clause
            if (number & WORD_START and behind_word) or (number & WORD_END and before_word):
                continue
            number >>= 2
            kind, limit = self.triggers[place].limit & 3, self.triggers[place].limit >> 2
            if kind == LINE:
                if notes.words <= limit:
                    self._add_line(notes, number)
            elif spans and (kind == ANYWHERE or (past <= limit if kind == START else past > piece.length - limit)):
                self._add_span(notes, number, start, past)
        return 0

    cdef int _look_at_start(self, Notes notes) except -1:
        """Looks at the clauses that ask for a line which begins like this one."""
        cdef Py_ssize_t size = notes.read_start(self.starts.longest), place
        cdef int32_t start
        cdef Walk walk = walk_from(0)
        while True:
            start = next_text(self.starts.nodes, self.starts.letters, self.starts.starts, notes.encoded, size, &walk)
            if start < 0:
                return 0
            for place in range(self.started_from[start], self.started_from[start + 1]):
                self._add_line(notes, self.started[place])

    cdef int _add_line(self, Notes notes, int32_t number) except -1:
        cdef int32_t rule = self.clauses[number].rule
        if notes.rules[rule] != 2 * notes.line and self._is_possible(notes, number, notes.seen):
            notes.rules[rule] = 2 * notes.line
            notes.lines[notes.lines_count] = rule
            notes.lines_count += 1
        return 0

    cdef int _add_span(self, Notes notes, int32_t number, Py_ssize_t start, Py_ssize_t place) except -1:
        cdef const Clause* clause = &self.clauses[number]
        cdef int32_t rule = clause.rule
        # What was found with the end that the line has is not found better.
        if notes.rules[rule] == 2 * notes.line + (clause.kind == END):
            return 0
        if not self._is_possible(notes, number, notes.source):
            return 0
        if clause.first_set < clause.past_set and notes.source.length > clause.reach and not self._has_all_near(notes.source, clause, place):
            return 0
        if clause.kind == ANYWHERE:
            return notes.add_hit(rule, start, place)
        if clause.kind == START:
            notes.rules[rule] = 2 * notes.line
            notes.at_start[notes.at_start_count] = rule
            notes.at_start_count += 1
            return 0
        if notes.rules[rule] >> 1 != notes.line:
            notes.rules[rule] = 2 * notes.line
            notes.at_any_end[notes.at_any_end_count] = rule
            notes.at_any_end_count += 1
        if clause.endings < 0 or self._has_ending(notes, clause.endings):
            notes.rules[rule] += 1
            notes.at_end[notes.at_end_count] = rule
            notes.at_end_count += 1
        return 0

    cdef bint _is_possible(self, Notes notes, int32_t number, Piece* piece) except -1:
        """Whether the line as a whole leaves a clause possible; what it must hold is looked for in the piece."""
        cdef const Clause* clause = &self.clauses[number]
        cdef int32_t place, sequence
        if notes.tried[number] >> 1 == notes.line:
            return notes.tried[number] & 1
        notes.tried[number] = 2 * notes.line
        if not clause.min_words <= notes.words <= clause.max_words or (clause.sentence >= 0 and notes.ends != clause.sentence):
            return False
        if clause.digits >= 0 and notes.digit() != clause.digits:
            return False
        for place in range(clause.first_set, clause.past_set):
            sequence = self.needed[place]
            if notes.sets[sequence] >> 1 != piece.turn:
                if piece.groups == NULL:
                    notes.note_groups(piece)
                notes.sets[sequence] = 2 * piece.turn + self._has_one(piece, sequence, 0, piece.length)
            if not notes.sets[sequence] & 1:
                return False
        notes.tried[number] += 1
        return True

    cdef bint _has_one(self, const Piece* piece, int32_t sequence, Py_ssize_t low, Py_ssize_t high) except -1:
        """Whether a literal of a set stands in this part of a text."""
        cdef int32_t place
        cdef PyObject* text
        for place in range(self.sets[sequence], self.sets[sequence + 1]):
            if self.members[place].group and not is_set(piece.groups, self.members[place].group - 1):
                continue
            text = PyList_GET_ITEM(<PyObject*>self.texts, self.members[place].text)
            if PyUnicode_Find(<PyObject*>piece.text, text, piece.start + low, piece.start + high, 1) >= 0:
                return True
        return False

    cdef bint _has_all_near(self, const Piece* piece, const Clause* clause, Py_ssize_t at) except -1:
        """Whether one literal of each set that a clause needs stands within its reach from there."""
        cdef int32_t place
        for place in range(clause.first_set, clause.past_set):
            if not self._has_one(piece, self.needed[place], max(0, at - clause.reach), min(piece.length, at + clause.reach)):
                return False
        return True

    cdef bint _has_ending(self, Notes notes, int32_t sequence) noexcept:
        """Whether the line ends with one of a set of endings, signs behind them aside."""
        cdef int32_t place
        if not notes.endings_known:
            notes.read_endings(self.endings)
        for place in range(self.sets[sequence], self.sets[sequence + 1]):
            if notes.endings[self.members[place].text] == notes.line:
                return True
        return False
