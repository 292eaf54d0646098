# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
from libc.stdint cimport int32_t, uint8_t, uint64_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memcpy, memset

from cleaner.kernel.steps cimport MOST_ENDS, ends_of, has_bit, is_word, taken
from cleaner.kernel.utf8 cimport is_inside

# Kinds of instructions; an instruction is eight numbers: kind, mark, next, and five of its own.
cdef enum:
    MATCH = 0
    CLASS = 1  # own: class
    TRIE = 2  # own: trie
    RUN = 3  # own: class, least, most, first bytes of what comes next, and tables of its starts
    LAZY = 4  # the same, as short as possible
    SPLIT = 5  # own: where to go if `next` leads nowhere
    SAVE = 6  # own: slot
    BEGIN = 7
    END = 8
    BOUNDARY = 9
    INSIDE = 10
    DISPATCH = 11  # own: a number for each byte, one more for the text's end, and where each number goes: 0 is nowhere
    TARGETS = 65
    WIDTH = 8
# Kinds of what is left to do.
cdef enum:
    GO = 0
    RESTORE = 1
    SHORTEN = 2
    LENGTHEN = 3
# Flags of a program.
cdef enum:
    ANCHORED = 1
    HAS_GROUP = 2
    INEXACT = 4

cdef struct Entry:
    int32_t kind
    int32_t pc
    int32_t at
    int32_t low

#: bytes of marks, and of a text: an open repeat is walked from each place where it can begin; what is longer goes to RE2
cdef Py_ssize_t MOST_BYTES = 256 * 1024
cdef Py_ssize_t LONGEST = 8192

# What is left to do, and where the walk has been: written anew by each search, under the GIL.
cdef Entry* stack = NULL
cdef Py_ssize_t room = 0
cdef uint64_t* visited = NULL
cdef Py_ssize_t visited_room = 0


cdef bint _grow() noexcept:
    global stack, room
    cdef Py_ssize_t more = room * 2 if room else 1024
    cdef Entry* grown = <Entry*>realloc(stack, more * sizeof(Entry))
    if grown == NULL:
        return False
    stack = grown
    room = more
    return True


cdef inline bint _may_start(const uint8_t* tables, const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Whether the tables let what comes next begin at a place that is not a text's first."""
    cdef uint8_t groups = tables[text[at]] & tables[4 * 256 + 4 + is_word(text[at - 1])]
    cdef int depth
    for depth in range(1, 4):
        groups &= tables[256 * depth + text[at + depth]] if at + depth < size else tables[4 * 256 - 1 + depth]
    return groups != 0


cdef Py_ssize_t _next_start(const uint8_t* tables, const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """The next place, from there on but not a text's first, where the tables let a match begin; the text's end if there is none."""
    cdef const uint8_t* before = tables + 4 * 256 + 4
    cdef uint8_t groups
    while at < size - 3:
        groups = tables[text[at]] & tables[256 + text[at + 1]] & tables[512 + text[at + 2]] & tables[768 + text[at + 3]]
        if groups and groups & before[is_word(text[at - 1])]:
            return at
        at += 1
    while at < size and not _may_start(tables, text, size, at):
        at += 1
    return at


cdef class Trie:
    def __cinit__(self, bytes nodes):
        self.size = len(nodes)
        self.nodes = <int32_t*>malloc(self.size)
        if self.nodes == NULL:
            raise MemoryError
        memcpy(self.nodes, <const char*>nodes, self.size)

    def __dealloc__(self):
        free(self.nodes)


cdef class Program:
    def __cinit__(self, bytes code, tuple tries, otherwise):
        cdef Py_ssize_t number
        cdef Trie trie
        self.code = <int32_t*>malloc(len(code))
        self.tries = <int32_t**>malloc((len(tries) + 1) * sizeof(int32_t*))
        if self.code == NULL or self.tries == NULL:
            raise MemoryError
        memcpy(self.code, <const char*>code, len(code))
        for number in range(len(tries)):
            trie = tries[number]
            self.tries[number] = trie.nodes
        self.kept = tries
        self.otherwise = otherwise
        self.marks = self.code[0]
        self.start = self.code[1]
        self.flags = self.code[2]
        self.first = self.code[3]
        self.tables = <const uint8_t*>(self.code + self.code[4]) if self.code[4] else NULL

    def __dealloc__(self):
        free(self.code)
        free(self.tries)

    cdef int place(self, const uint8_t* text, Py_ssize_t size, Py_ssize_t begin, bint wants, Py_ssize_t* slots) except -2:
        """Whether the pattern is in a text from a byte on; -1 where the text is too long for it. `slots` get the match and its group."""
        global visited, visited_room
        cdef Py_ssize_t bytes_needed, at
        cdef const int32_t* first = self.code + self.first if self.first else NULL
        cdef bint ready = False
        cdef int result
        if size > LONGEST:
            return -1
        bytes_needed = ((self.marks * (size + 1) + 63) >> 6) << 3
        if bytes_needed > MOST_BYTES:
            return -1
        at = begin - 1
        while at < size:
            at += 1
            if at > 0 and self.tables != NULL:
                at = _next_start(self.tables, text, size, at)
                if at == size:
                    return 0
            elif at < size:
                if first != NULL:
                    if not has_bit(first, text[at]):
                        if self.flags & ANCHORED:
                            return 0
                        continue
                elif is_inside(text[at]):
                    continue
            elif first != NULL:
                return 0
            if at > 0 and self.flags & ANCHORED:
                return 0
            if not ready:
                if bytes_needed > visited_room:
                    free(visited)
                    visited_room = 0
                    visited = <uint64_t*>malloc(bytes_needed)
                    if visited == NULL:
                        raise MemoryError
                    visited_room = bytes_needed
                memset(visited, 0, bytes_needed)
                ready = True
            slots[2] = slots[3] = -1
            result = self._walk(text, size, at, wants, slots)
            if result:
                if result < 0:
                    raise MemoryError
                slots[0] = at
                return 1
        return 0

    cdef int _walk(self, const uint8_t* text, Py_ssize_t size, Py_ssize_t begin, bint wants, Py_ssize_t* slots) noexcept:
        """Whether a match begins there; -1 where there is no memory."""
        cdef const int32_t* code = self.code
        cdef const int32_t* step
        cdef const int32_t* members
        cdef const int32_t* first
        cdef const uint8_t* tables
        cdef int32_t ends[MOST_ENDS]
        cdef Py_ssize_t top = 1, at, low, bit
        cdef int32_t pc, kind, count, width
        if room == 0 and not _grow():
            return -1
        stack[0].kind = GO
        stack[0].pc = self.start
        stack[0].at = <int32_t>begin
        while top > 0:
            top -= 1
            kind = stack[top].kind
            pc = stack[top].pc
            at = stack[top].at
            if kind == RESTORE:
                slots[pc] = at
                continue
            if top + MOST_ENDS + 2 > room and not _grow():
                return -1
            if kind == SHORTEN:
                low = stack[top].low
                step = code + pc
                first = code + step[6] if step[6] else NULL
                if first != NULL:
                    tables = <const uint8_t*>(code + step[7]) if step[7] else NULL
                    while at >= low and (
                        at >= size or not has_bit(first, text[at]) or (tables != NULL and at > 0 and not _may_start(tables, text, size, at))
                    ):
                        at -= 1
                        while at >= low and is_inside(text[at]):
                            at -= 1
                    if at < low:
                        continue
                if at > low:
                    stack[top].at = <int32_t>at - 1
                    while is_inside(text[stack[top].at]):
                        stack[top].at -= 1
                    top += 1
                pc = step[2]
            elif kind == LENGTHEN:
                step = code + pc
                low = stack[top].low
                if low != 0:
                    width = taken(code + step[3], text, at, size)
                    if width:
                        stack[top].at = <int32_t>(at + width)
                        stack[top].low = <int32_t>(low - 1 if low > 0 else low)
                        top += 1
                pc = step[2]
            while True:
                step = code + pc
                if step[1] >= 0:
                    bit = step[1] * (size + 1) + at
                    if visited[bit >> 6] >> (bit & 63) & 1:
                        break
                    visited[bit >> 6] |= <uint64_t>1 << (bit & 63)
                kind = step[0]
                if kind == CLASS:
                    width = taken(code + step[3], text, at, size)
                    if width == 0:
                        break
                    at += width
                    pc = step[2]
                elif kind == TRIE:
                    count = ends_of(self.tries[step[3]], text, at, size, ends)
                    if count == 0:
                        break
                    pc = step[2]
                    while count > 1:
                        count -= 1
                        stack[top].kind = GO
                        stack[top].pc = pc
                        stack[top].at = ends[count]
                        top += 1
                    at = ends[0]
                    if top + MOST_ENDS + 2 > room and not _grow():
                        return -1
                elif kind == RUN:
                    members = code + step[3]
                    count = step[4]
                    low = at
                    while count > 0:
                        width = taken(members, text, low, size)
                        if width == 0:
                            break
                        low += width
                        count -= 1
                    if count > 0:
                        break
                    at = low
                    count = step[5] - step[4] if step[5] >= 0 else -1
                    while count != 0:
                        width = taken(members, text, at, size)
                        if width == 0:
                            break
                        at += width
                        count -= 1
                    stack[top].kind = SHORTEN
                    stack[top].pc = pc
                    stack[top].at = <int32_t>at
                    stack[top].low = <int32_t>low
                    top += 1
                    break
                elif kind == LAZY:
                    members = code + step[3]
                    count = step[4]
                    while count > 0:
                        width = taken(members, text, at, size)
                        if width == 0:
                            break
                        at += width
                        count -= 1
                    if count > 0:
                        break
                    stack[top].kind = LENGTHEN
                    stack[top].pc = pc
                    stack[top].at = <int32_t>at
                    stack[top].low = step[5] - step[4] if step[5] >= 0 else -1
                    top += 1
                    break
                elif kind == SPLIT:
                    stack[top].kind = GO
                    stack[top].pc = step[3]
                    stack[top].at = <int32_t>at
                    top += 1
                    if top + MOST_ENDS + 2 > room and not _grow():
                        return -1
                    pc = step[2]
                elif kind == DISPATCH:
                    members = code + step[3]
                    pc = members[TARGETS + ((<const uint8_t*>members)[text[at]] if at < size else members[TARGETS - 1])]
                    if pc == 0:
                        break
                elif kind == SAVE:
                    if wants:
                        stack[top].kind = RESTORE
                        stack[top].pc = step[3]
                        stack[top].at = <int32_t>slots[step[3]]
                        top += 1
                        slots[step[3]] = at
                    if top + MOST_ENDS + 2 > room and not _grow():
                        return -1
                    pc = step[2]
                elif kind == BEGIN:
                    if at != 0:
                        break
                    pc = step[2]
                elif kind == END:
                    if at != size:
                        break
                    pc = step[2]
                elif kind == BOUNDARY:
                    if (at > 0 and is_word(text[at - 1])) == (at < size and is_word(text[at])):
                        break
                    pc = step[2]
                elif kind == INSIDE:
                    if (at > 0 and is_word(text[at - 1])) != (at < size and is_word(text[at])):
                        break
                    pc = step[2]
                else:
                    slots[1] = at
                    return 1
        return 0

    def found(self, bytes encoded):
        cdef Py_ssize_t slots[4]
        cdef int result = self.place(<const uint8_t*><const char*>encoded, len(encoded), 0, False, slots)
        if result < 0:
            return self.otherwise(encoded)
        return (0,) if result else None

    def search(self, bytes encoded):
        cdef Py_ssize_t slots[4]
        cdef const uint8_t* text = <const uint8_t*><const char*>encoded
        cdef int result = self.place(text, len(encoded), 0, True, slots)
        if result < 0:
            raise OverflowError
        return _in_signs(text, slots, self.flags) if result else None

    def search_all(self, bytes encoded):
        cdef Py_ssize_t slots[4]
        cdef const uint8_t* text = <const uint8_t*><const char*>encoded
        cdef Py_ssize_t size = len(encoded), at = 0
        cdef int result
        found = []
        while at <= size:
            result = self.place(text, size, at, True, slots)
            if result < 0:
                raise OverflowError
            if result == 0:
                break
            found.append(_in_signs(text, slots, self.flags))
            at = slots[1] + (slots[1] == slots[0])
        return found


cdef bint in_signs(const uint8_t* text, const Py_ssize_t* slots, int flags, Py_ssize_t* start, Py_ssize_t* end) noexcept nogil:
    """The match, or its group if it has one, in code points; false where the group is not part of it."""
    cdef const Py_ssize_t* wanted = slots + 2 if flags & HAS_GROUP else slots
    cdef Py_ssize_t at
    start[0] = end[0] = -1
    if wanted[0] < 0 or wanted[1] < 0:
        return False
    start[0] = 0
    for at in range(wanted[0]):
        start[0] += not is_inside(text[at])
    end[0] = start[0]
    for at in range(wanted[0], wanted[1]):
        end[0] += not is_inside(text[at])
    return True


cdef tuple _in_signs(const uint8_t* text, const Py_ssize_t* slots, int flags):
    cdef Py_ssize_t start, end
    in_signs(text, slots, flags, &start, &end)
    return (start, end)
