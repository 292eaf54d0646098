"""Which rules the literals in a line leave possible: every literal of every rule is looked for in one go over its bytes."""

from libc.stdint cimport int32_t, uint8_t

from cleaner.kernel.line_notes cimport Hit, Line, Notes
from cleaner.kernel.tries cimport Node, Trie, Walk, may_begin, next_text, walk_from
from cleaner.kernel.utf8 cimport is_alnum, is_in, is_inside, width

cdef enum:
    # what a clause's rule looks at: a whole line, or a part of one at its start, at its end, or anywhere
    LINE, START, END, ANYWHERE

cdef enum:
    # the clause that a trigger points to, times four; this much more where a word must end with it, and begin with it
    WORD_END = 1
    WORD_START = 2

cdef enum:
    # what is noted of a line: the literals in it; what they point to as well; or, of whole lines, wherever in a word they stand
    LITERALS, TRIGGERS, LINE_TRIGGERS


cdef struct Clause:
    int32_t rule, kind, min_words, max_words
    #: what the line must have or be: 1 yes, 0 no, -1 either
    int32_t digits, sentence
    int32_t reach
    #: the set of endings of which the line must have one, or -1
    int32_t endings
    #: the sets of literals of each of which the line must hold one: `needed` from here to there
    int32_t first_set, past_set


cdef class Candidates:
    cdef Trie texts, starts, endings
    cdef Py_ssize_t clauses_count, sets_count, rules_count
    #: what the pointers below point into
    cdef tuple _kept
    cdef const Clause* clauses
    cdef const int32_t* needed
    cdef const int32_t* sets
    cdef const int32_t* members
    cdef const int32_t* triggers_from
    cdef const int32_t* triggers
    cdef const int32_t* started_from
    cdef const int32_t* started
    #: of each literal, in code points
    cdef const int32_t* lengths

    def __cinit__(self, Trie texts not None, Trie starts not None, Trie endings not None, Py_ssize_t rules, const int32_t[::1] clauses, const int32_t[::1] needed,
                  const int32_t[::1] sets, const int32_t[::1] members, const int32_t[::1] triggers_from, const int32_t[::1] triggers,
                  const int32_t[::1] started_from, const int32_t[::1] started, const int32_t[::1] lengths):
        self.texts, self.starts, self.endings = texts, starts, endings
        self.rules_count, self.sets_count = rules, len(sets) - 1
        self.clauses_count = len(clauses) * sizeof(int32_t) // sizeof(Clause)
        if len(triggers_from) != texts.count + 1 or len(started_from) != starts.count + 1 or len(lengths) < texts.count:
            raise ValueError("literals and what they point to do not fit together")
        self._kept = (clauses, needed, sets, members, triggers_from, triggers, started_from, started, lengths)
        self.clauses, self.needed = <const Clause*>&clauses[0], &needed[0]
        self.sets, self.members = &sets[0], &members[0]
        self.triggers_from, self.triggers = &triggers_from[0], &triggers[0]
        self.started_from, self.started = &started_from[0], &started[0]
        self.lengths = &lengths[0]

    def find(self, list lows not None, list texts not None, list words not None, list ends not None):
        cdef Notes notes = Notes(self.texts, self.endings, self.sets_count, self.clauses_count, self.rules_count)
        cdef Py_ssize_t place
        if not len(lows) == len(texts) == len(words) == len(ends):
            raise ValueError("lines and what is known of them do not fit together")
        return [self._of_line(notes, lows[place], texts[place], words[place], ends[place]) for place in range(len(lows))]

    cdef object _of_line(self, Notes notes, low, tuple other, int32_t words, bint ends):
        cdef Line line
        cdef bint has_breaks
        cdef list numbers
        cdef tuple spans = None
        if type(low) is not str or (other is not None and type(other[0]) is not str):
            raise TypeError("a line must be a str")
        notes.line += 1
        notes.turn += 1
        notes.words, notes.ends, notes.has_digit, notes.endings_known = words, ends, -1, False
        notes.text = low if other is None else other[0]
        notes.clauses_count = notes.hits_count = 0
        line, has_breaks = notes.read(low, False), (<str>low).find("\n") >= 0
        self._scan(notes, &line, TRIGGERS)
        if has_breaks:
            line = notes.read(low, True)
            notes.turn += 1
            self._scan(notes, &line, LITERALS)
        if notes.hits_count:
            spans = self._spans(notes, &line)
        if other is not None:
            line = notes.read(notes.text, True)
            notes.turn += 1
            self._scan(notes, &line, LINE_TRIGGERS if other[1] else LITERALS)
        numbers = self._lines(notes, &line)
        return None if numbers is None and spans is None else (numbers or (), spans)

    cdef int _scan(self, Notes notes, const Line* line, int noted) except -1:
        cdef const Node* nodes = self.texts.nodes
        cdef const uint8_t* four = self.texts.four
        cdef const uint8_t* three = self.texts.three
        cdef const uint8_t* two = self.texts.two
        cdef const uint8_t* texts = self.texts.letters
        cdef const int32_t* starts = self.texts.starts
        cdef const uint8_t* letters = line.letters
        cdef Py_ssize_t size = line.size, at, counted = 0, place = 0
        cdef int32_t literal, turn = notes.turn
        cdef int32_t* met = notes.literals
        cdef Walk walk
        for at in range(size):
            if not may_begin(four, three, two, letters + at, size - at):
                continue
            walk = walk_from(at)
            while True:
                literal = next_text(nodes, texts, starts, letters, size, &walk)
                if literal < 0:
                    break
                met[literal] = turn
                if noted == LITERALS or self.triggers_from[literal] == self.triggers_from[literal + 1]:
                    continue
                if line.is_ascii:
                    place = at
                else:
                    while counted < at:
                        place += not is_inside(letters[counted])
                        counted += 1
                self._follow(notes, line, literal, noted == TRIGGERS, &walk, place)
        return 0

    cdef int _follow(self, Notes notes, const Line* line, int32_t literal, bint bounded, const Walk* walk, Py_ssize_t place) except -1:
        """Notes what a literal points to that begins at this place of the line, in code points."""
        cdef Py_ssize_t past = place + self.lengths[literal], trigger, before = walk.start - 1
        cdef int32_t number
        cdef bint behind_word = False, before_word = False
        cdef const Clause* clause
        if bounded:
            while before > 0 and is_inside(line.letters[before]):
                before -= 1
            behind_word = before >= 0 and is_alnum(line.letters + before)
            before_word = walk.at < line.size and is_alnum(line.letters + walk.at)
        for trigger in range(self.triggers_from[literal], self.triggers_from[literal + 1]):
            number = self.triggers[trigger]
            if (number & WORD_START and behind_word) or (number & WORD_END and before_word):
                continue
            number >>= 2
            clause = &self.clauses[number]
            if clause.kind == LINE:
                if notes.met[number] != notes.line and notes.words <= clause.max_words:
                    notes.met[number] = notes.line
                    notes.clauses[notes.clauses_count] = number
                    notes.clauses_count += 1
            elif bounded and (
                clause.kind == ANYWHERE or (past <= clause.reach if clause.kind == START else past > line.length - clause.reach)
            ):
                notes.add_hit(number, past, walk.at)
        return 0

    cdef list _lines(self, Notes notes, const Line* line):
        """The rules on whole lines that the line's beginning and its literals leave possible, ascending."""
        cdef list numbers = None
        cdef Py_ssize_t at = 0, place
        cdef int32_t start
        cdef Walk walk
        for place in range(notes.clauses_count):
            numbers = self._add_line(notes, notes.clauses[place], numbers)
        while at < line.size and not is_alnum(line.letters + at):
            at += width(line.letters[at])
        walk = walk_from(at)
        while True:
            start = next_text(self.starts.nodes, self.starts.letters, self.starts.starts, line.letters, line.size, &walk)
            if start < 0:
                break
            for place in range(self.started_from[start], self.started_from[start + 1]):
                numbers = self._add_line(notes, self.started[place], numbers)
        if numbers is not None:
            numbers.sort()
        return numbers

    cdef list _add_line(self, Notes notes, int32_t clause, list numbers):
        cdef int32_t rule = self.clauses[clause].rule
        if notes.rules[rule] != 2 * notes.line and self._is_possible(notes, clause):
            notes.rules[rule] = 2 * notes.line
            if numbers is None:
                numbers = []
            numbers.append(rule)
        return numbers

    cdef bint _is_possible(self, Notes notes, int32_t number) noexcept:
        """Whether the line as a whole leaves a clause possible."""
        cdef const Clause* clause = &self.clauses[number]
        cdef int32_t place, sequence, member
        if notes.tried[number] >> 1 == notes.line:
            return notes.tried[number] & 1
        notes.tried[number] = 2 * notes.line
        if not clause.min_words <= notes.words <= clause.max_words or (clause.sentence >= 0 and notes.ends != clause.sentence):
            return False
        if clause.digits >= 0 and notes.digit() != clause.digits:
            return False
        for place in range(clause.first_set, clause.past_set):
            sequence = self.needed[place]
            if notes.sets[sequence] >> 1 != notes.turn:
                notes.sets[sequence] = 2 * notes.turn
                for member in range(self.sets[sequence], self.sets[sequence + 1]):
                    if notes.literals[self.members[member]] == notes.turn:
                        notes.sets[sequence] += 1
                        break
            if not notes.sets[sequence] & 1:
                return False
        notes.tried[number] += 1
        return True

    cdef tuple _spans(self, Notes notes, const Line* line):
        """The rules on parts of lines that are left possible: at the start; at this end, and at any end; elsewhere, with their places."""
        cdef list at_start = [], at_end = [], at_any_end = [], anywhere = []
        cdef Py_ssize_t place
        cdef const Clause* clause
        cdef Hit* hit
        notes.sort_hits()
        for place in range(notes.hits_count):
            hit = &notes.hits[place]
            clause = &self.clauses[hit.clause]
            if clause.kind == START and notes.rules[clause.rule] == 2 * notes.line:
                continue
            if not self._is_possible(notes, hit.clause):
                continue
            if clause.first_set < clause.past_set and line.length > clause.reach and not self._has_all_near(line, clause, hit.at):
                continue
            if clause.kind == ANYWHERE:
                anywhere.append((clause.rule, hit.place))
            elif clause.kind == START:
                notes.rules[clause.rule] = 2 * notes.line
                at_start.append(clause.rule)
            else:
                if notes.rules[clause.rule] >> 1 != notes.line:
                    notes.rules[clause.rule] = 2 * notes.line
                    at_any_end.append(clause.rule)
                if not notes.rules[clause.rule] & 1 and (clause.endings < 0 or self._has_ending(notes, line, clause.endings)):
                    notes.rules[clause.rule] += 1
                    at_end.append(clause.rule)
        if not at_start and not at_end and not anywhere:
            return None
        at_start.sort()
        at_end.sort()
        at_any_end.sort()
        return at_start, at_end, at_any_end if at_end else [], anywhere

    cdef bint _has_all_near(self, const Line* line, const Clause* clause, Py_ssize_t at) noexcept nogil:
        """Whether one literal of each set that a clause needs stands within its reach from there."""
        cdef Py_ssize_t low = at, high = at
        cdef int32_t step, place, sequence, member, literal
        if line.is_ascii:
            low, high = max(0, at - clause.reach), min(line.size, at + clause.reach)
        else:
            for step in range(clause.reach):
                if low > 0:
                    low -= 1
                    while is_inside(line.letters[low]):
                        low -= 1
                if high < line.size:
                    high += width(line.letters[high])
        for place in range(clause.first_set, clause.past_set):
            sequence = self.needed[place]
            for member in range(self.sets[sequence], self.sets[sequence + 1]):
                literal = self.members[member]
                if is_in(
                    self.texts.letters + self.texts.starts[literal], self.texts.starts[literal + 1] - self.texts.starts[literal],
                    line.letters + low, high - low,
                ):
                    break
            else:
                return False
        return True

    cdef bint _has_ending(self, Notes notes, const Line* line, int32_t sequence) noexcept:
        """Whether the line ends with one of a set of endings, signs behind them aside."""
        cdef int32_t member
        if not notes.endings_known:
            notes.read_endings(self.endings, line)
        for member in range(self.sets[sequence], self.sets[sequence + 1]):
            if notes.endings[self.members[member]] == notes.line:
                return True
        return False
