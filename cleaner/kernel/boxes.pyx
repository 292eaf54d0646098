# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The names of removed lines by the box they stand in: `classify.company`, compiled."""

from libc.stdint cimport int8_t, int32_t, uint64_t

from cleaner.kernel.named_lines cimport NONE, TEASER_LIST, TIMESTAMP, Known, Place, label_at


cdef class Boxes:
    def __cinit__(self, tuple names, dict boxes, dict yields, object closed, object part_of_teaser, tuple votes):
        cdef Py_ssize_t label, place
        cdef dict numbers = {}
        if len(names) > MOST_LABELS:
            raise ValueError("there are too many labels")
        for box in boxes.values():
            numbers.setdefault(box, len(numbers) + 1)
        for label, name in enumerate(names):
            self.box_of[label] = numbers.get(boxes.get(name), 0)
            if len(yields.get(name, ())) > MOST_BOXES:
                raise ValueError("a label yields to too many boxes")
            for place in range(MOST_BOXES):
                self.yields[label][place] = 0
            for place, (box, words) in enumerate(yields.get(name, {}).items()):
                self.yields[label][place], self.most_words[label][place] = numbers[box], words
        self.closed = self.part_of_teaser = 0
        for box in closed:
            self.closed |= <uint64_t>1 << <int>numbers[box]
        for name in part_of_teaser:
            self.part_of_teaser |= <uint64_t>1 << <int>names.index(name)
        self.reach, self.majority, self.passes = votes

    cdef void join_teasers(self, Known* known, const Place* place) noexcept:
        """Dates, kickers and names between the titles of a teaser list are part of it."""
        cdef Py_ssize_t block
        for block in range(place.last, place.count):
            if known[block].label == NONE or not known[block].is_open or not self._is_part(known[block].label):
                continue
            if self._whole_beside(known, place, block, -1) == TEASER_LIST and self._whole_beside(known, place, block, 1) == TEASER_LIST:
                known[block].label = TEASER_LIST

    cdef bint _is_part(self, int label) noexcept:
        return (<uint64_t>1 << label) & self.part_of_teaser != 0

    cdef int _whole_beside(self, const Known* known, const Place* place, Py_ssize_t block, Py_ssize_t step) noexcept:
        """The label of the nearer of the two lines on that side that is no part of something else."""
        cdef Py_ssize_t steps
        cdef int label
        for steps in range(1, 3):
            label = label_at(known, place, block + steps * step)
            if label != NONE and not self._is_part(label):
                return label
        return NONE

    cdef void keep_company(self, Known* known, const int32_t* order, Py_ssize_t named, const Place* place) noexcept:
        """Names each removed line for the box in which it stands, where its own name is one that such boxes hold."""
        cdef Py_ssize_t at, block, beside
        cdef bint is_changed
        for _ in range(self.passes):
            is_changed = False
            for at in range(named):
                block = order[at]
                known[block].voted = self._outvoted(known, place, block) if known[block].is_open and known[block].looked_at else NONE
            for at in range(named):
                block = order[at]
                # Where nothing changed around a line, it would keep its name again.
                known[block].looked_at = False
                if known[block].voted != NONE:
                    known[block].label, is_changed = known[block].voted, True
            if not is_changed:
                break
            for at in range(named):
                block = order[at]
                if known[block].voted != NONE:
                    for beside in range(max(0, block - self.reach), min(place.count, block + self.reach + 1)):
                        known[beside].looked_at = True
        for at in range(named):
            block = order[at]
            if known[block].label == TIMESTAMP and known[block].is_open and _dates_teaser(known, place, block):
                known[block].label = TEASER_LIST

    cdef int _outvoted(self, const Known* known, const Place* place, Py_ssize_t block) noexcept:
        """What a line among others is called; none where its name stands."""
        cdef int label = known[block].label, at, other, votes, box, best = NONE, most = 0
        cdef int[4] around
        cdef int[4] boxes
        cdef Py_ssize_t choice
        if not self.yields[label][0]:
            return NONE
        around[0], around[1] = label_at(known, place, block - 2), label_at(known, place, block - 1)
        around[2], around[3] = label_at(known, place, block + 1), label_at(known, place, block + 2)
        for at in range(4):
            boxes[at] = self.box_of[around[at]] if around[at] != NONE else 0
        for choice in range(MOST_BOXES):
            box = self.yields[label][choice]
            if not box:
                break
            votes = 0
            for at in range(4):
                votes += boxes[at] == box
            # A box that wins has a line right above or below.
            if boxes[1] != box and boxes[2] != box:
                continue
            if known[block].words > self.most_words[label][choice]:
                continue
            if votes < self.majority and not (boxes[1] == box and boxes[2] == box and (<uint64_t>1 << box) & self.closed):
                continue
            for at in range(4):
                if boxes[at] != box:
                    continue
                votes = 0
                for other in range(4):
                    votes += around[other] == around[at]
                if votes > most:
                    best, most = around[at], votes
            return best
        return NONE


cdef inline bint _dates_teaser(const Known* known, const Place* place, Py_ssize_t block) noexcept nogil:
    """Whether a date is another article's: beneath its title behind the body, or alone between paragraphs."""
    if block >= place.last:
        return label_at(known, place, block - 1) == TEASER_LIST
    return block > place.first_body and label_at(known, place, block - 1) == NONE and label_at(known, place, block + 1) == NONE
