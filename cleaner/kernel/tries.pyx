"""Double-array tries (Aoe 1989): which texts of thousands a line goes on with, at the cost of a look-up for each of its bytes."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.string cimport memcpy

cdef enum:
    #: a byte's values
    BYTES = 256
    UNUSED = -1


cdef struct _Task:
    int32_t node
    #: the texts that begin with what leads to the node, and how long that is
    int32_t low, high
    int32_t depth


cdef class Trie:
    def __cinit__(self, list texts not None):
        self.nodes, self.letters, self.starts, self.room = NULL, NULL, NULL, 0
        self._read(texts)
        self._build()

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.letters)
        PyMem_Free(self.starts)

    def numbers_from(self, bytes line not None, Py_ssize_t start):
        cdef Walk walk = walk_from(start)
        cdef int32_t number
        found = []
        if not 0 <= start <= len(line):
            raise ValueError("start lies outside the line")
        while True:
            number = next_text(self.nodes, self.letters, self.starts, <const uint8_t*>PyBytes_AS_STRING(line), len(line), &walk)
            if number < 0:
                return found
            found.append(number)

    cdef int _read(self, list texts) except -1:
        cdef Py_ssize_t number, total = 0, size
        cdef bytes text, before = b""
        for text in texts:
            if not before < text:
                raise ValueError("texts must be sorted, and none be empty or stand twice")
            before = text
            total += len(text)
            self.longest = max(self.longest, len(text))
        self.count = len(texts)
        if total > 0x3FFFFFFF:
            raise ValueError("texts are too long")
        self.letters = <uint8_t*>PyMem_Malloc(total + 1)
        self.starts = <int32_t*>PyMem_Malloc((self.count + 1) * sizeof(int32_t))
        if self.letters == NULL or self.starts == NULL:
            raise MemoryError
        total = 0
        for number in range(self.count):
            text = texts[number]
            size = PyBytes_GET_SIZE(text)
            memcpy(self.letters + total, PyBytes_AS_STRING(text), size)
            self.starts[number] = <int32_t>total
            total += size
        self.starts[self.count] = <int32_t>total
        return 0

    cdef int _build(self) except -1:
        """Breadth first, so that the nodes near the root, which are met most often, lie beside each other."""
        cdef Py_ssize_t first = 0, past = 1, room = 1024, base, free = 1
        cdef int32_t at, begin
        cdef uint8_t following[BYTES]
        cdef int count, place
        cdef _Task task
        cdef _Task* wider
        cdef _Task* tasks = <_Task*>PyMem_Malloc(room * sizeof(_Task))
        if tasks == NULL:
            raise MemoryError
        try:
            self._make_room(4 * BYTES)
            self.nodes[0].check = 0
            tasks[0] = _Task(0, 0, <int32_t>self.count, 0)
            while first < past:
                task = tasks[first]
                first += 1
                if task.low < task.high and self.starts[task.low + 1] - self.starts[task.low] == task.depth:
                    self.nodes[task.node].value = task.low
                    task.low += 1
                if task.low == task.high:
                    continue
                if task.high - task.low == 1:
                    self.nodes[task.node].base = -1 - task.low
                    continue
                count = 0
                for at in range(task.low, task.high):
                    place = self.letters[self.starts[at] + task.depth]
                    if count == 0 or following[count - 1] != place:
                        following[count] = place
                        count += 1
                base = self._base(following, count, &free)
                self.nodes[task.node].base = <int32_t>base
                if past + count > room:
                    room = 2 * room + count
                    wider = <_Task*>PyMem_Realloc(tasks, room * sizeof(_Task))
                    if wider == NULL:
                        raise MemoryError
                    tasks = wider
                at = task.low
                for place in range(count):
                    self.nodes[base + following[place]].check = task.node
                    begin = at
                    while at < task.high and self.letters[self.starts[at] + task.depth] == following[place]:
                        at += 1
                    tasks[past] = _Task(<int32_t>(base + following[place]), begin, at, task.depth + 1)
                    past += 1
        finally:
            PyMem_Free(tasks)
        return 0

    cdef Py_ssize_t _base(self, const uint8_t* following, int count, Py_ssize_t* free) except -1:
        """The first place where the nodes of these bytes find room; `free` is moved up to where looking for one begins to pay."""
        cdef Py_ssize_t at = max(free[0], <Py_ssize_t>following[0] + 1), base, used = 0, first = at
        cdef int place
        while True:
            self._make_room(at + 2 * BYTES)
            if self.nodes[at].check != UNUSED:
                used += 1
                at += 1
                continue
            base = at - following[0]
            for place in range(1, count):
                if self.nodes[base + following[place]].check != UNUSED:
                    break
            else:
                if used >= (at - first + 1) * 0.95:
                    free[0] = max(free[0], at)
                return base
            at += 1

    cdef int _make_room(self, Py_ssize_t room) except -1:
        cdef Node* wider
        cdef Py_ssize_t at
        if room <= self.room:
            return 0
        room = max(room, self.room + self.room // 4)
        if room > 0x7FFFFFFF // 2:
            raise MemoryError
        wider = <Node*>PyMem_Realloc(self.nodes, room * sizeof(Node))
        if wider == NULL:
            raise MemoryError
        for at in range(self.room, room):
            wider[at] = Node(0, UNUSED, UNUSED)
        self.nodes, self.room = wider, room
        return 0
