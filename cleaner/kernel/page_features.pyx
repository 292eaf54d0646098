# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A page's blocks as numbers: `classify.html_features`, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport qsort
from libc.string cimport memcpy, memset

import numpy

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)

#: classes of characters, numbered as in `classify.html_text`
cdef enum:
    LOWER = 1
    UPPER, LETTER, DIGIT, SIGN, SPACE, STOP
    SIGNS = 27

#: sizes and limits, as in `classify.html_features`
cdef enum:
    PLANE = 65536
    WORD_BITS = 15
    PAIR_BITS = 15
    NAME_BITS = 14
    ARTICLE_BITS = 18
    LEVELS = 6
    SUMMED = 5
    SORTS = 4
    GOOD_WORDS = 12
    LONG_WORD = 7
    LEAST_ARTICLE = 40
    TITLE_WORDS = 3
    MOST_ANCESTORS = 48
    MARKS = 32
    ROLES = 10
    HEADINGS = 6
    CLASSES = 6
    #: texts before the names: two titles, a description, an article
    TITLES = 4
    #: rows of features by how they are computed; an article's are two sorts where there is one, else one
    LOGARITHMS = 52
    SHARES = 74
    ARTICLE_SHARES = 3
    FEATURES = 227

cdef uint64_t STEP = 0x9E3779B97F4A7C15, MIX = 0xBF58476D1CE4E5B9, SPREAD = 0x94D049BB133111EB
cdef double GOOD_LINKED = 0.3, TITLE_SHARE = 0.6, SHOWN = 0.8
#: 1.0 as bits, and what its last bit is worth
cdef int64_t ONE = 0x3FF0000000000000
cdef double LAST_BIT = 1.0 / 4503599627370496.0
cdef int64_t[CLASSES] MORE_WORDS = [0, 1, 3, 8, 20, 50]
cdef int64_t[CLASSES] MOST_WORDS = [1, 3, 8, 20, <int64_t>1 << 62, <int64_t>1 << 62]
cdef int[5] BEGINNINGS = [LOWER, UPPER, DIGIT, STOP + 2, SIGN]
cdef int[2] WINDOWS = [4, 16]

#: a key and where it stands
cdef struct Keyed:
    uint64_t key
    int64_t place

#: rows of features, and the next of each sort
cdef struct Columns:
    double* rows
    Py_ssize_t n
    Py_ssize_t log
    Py_ssize_t share
    Py_ssize_t plain


cdef class _Store:
    """Memory that is given back with it."""

    cdef void* parts[64]
    cdef int count

    def __cinit__(self):
        self.count = 0

    def __dealloc__(self):
        cdef int number
        for number in range(self.count):
            PyMem_Free(self.parts[number])

    cdef void* zeros(self, size_t count, size_t size) except NULL:
        cdef void* part
        if self.count == 64:
            raise MemoryError
        part = PyMem_Calloc(count + 1, size)
        if part == NULL:
            raise MemoryError
        self.parts[self.count] = part
        self.count += 1
        return part

    cdef int64_t* numbers(self, size_t count) except NULL:
        return <int64_t*>self.zeros(count, sizeof(int64_t))

    cdef int64_t* listed(self, list values, int64_t least, int64_t most) except NULL:
        """The numbers in a list, all of which are in a range."""
        cdef Py_ssize_t at, count = len(values)
        cdef int64_t number
        cdef int64_t* numbers = self.numbers(count)
        for at in range(count):
            number = values[at]
            if not least <= number <= most:
                raise ValueError("a number is out of its range")
            numbers[at] = number
        return numbers


cdef class _Words:
    """The words of a text: where each begins, and its hash."""

    cdef int64_t* begins
    cdef uint64_t* values
    cdef Py_ssize_t count, room

    def __cinit__(self):
        self.begins, self.values = NULL, NULL
        self.count, self.room = 0, 0

    def __dealloc__(self):
        PyMem_Free(self.begins)
        PyMem_Free(self.values)

    cdef int grow(self) except -1:
        cdef Py_ssize_t room = 2 * self.room + 1024
        cdef void* wider = PyMem_Realloc(self.begins, room * sizeof(int64_t))
        if wider == NULL:
            raise MemoryError
        self.begins = <int64_t*>wider
        wider = PyMem_Realloc(self.values, room * sizeof(uint64_t))
        if wider == NULL:
            raise MemoryError
        self.values = <uint64_t*>wider
        self.room = room
        return 0

    cdef int read(self, str text, str lowered, const uint8_t* table, Py_ssize_t length, uint8_t* classes) except -1:
        """Reads the words; those behind `length` characters also end before a capital behind a small letter. Notes classes before it."""
        cdef int kind = PyUnicode_KIND(text), low_kind = PyUnicode_KIND(lowered)
        cdef void* data = PyUnicode_DATA(text)
        cdef void* low = PyUnicode_DATA(lowered)
        cdef Py_ssize_t at, total = PyUnicode_GET_LENGTH(text)
        cdef Py_UCS4 sign
        cdef int own, before = SPACE
        cdef uint64_t mixed, value = 0, within = 0
        cdef bint is_open = False
        for at in range(total):
            sign = PyUnicode_READ(kind, data, at)
            own = table[sign if sign < PLANE else PLANE]
            if at < length:
                classes[at] = own
            if LOWER <= own <= SIGN:
                if not is_open or own == SIGN or before == SIGN or (at >= length > 0 and own == UPPER and before == LOWER):
                    if is_open:
                        self.values[self.count - 1] = _spread(value)
                    if self.count == self.room:
                        self.grow()
                    self.begins[self.count] = at
                    self.count += 1
                    value, within, is_open = 0, 0, True
                mixed = c'0' if own == DIGIT else PyUnicode_READ(low_kind, low, at)
                mixed = (mixed + 1) * MIX + within
                mixed ^= mixed >> 29
                value += mixed * SPREAD
                within += STEP
            elif is_open:
                self.values[self.count - 1] = _spread(value)
                is_open = False
            before = own
        if is_open:
            self.values[self.count - 1] = _spread(value)
        return 0


cdef inline uint64_t _spread(uint64_t value) noexcept nogil:
    value ^= value >> 29
    value *= MIX
    return value ^ (value >> 29)


cdef inline uint64_t _pair(uint64_t one, uint64_t other) noexcept nogil:
    return _spread(one * STEP + (other ^ MIX))


cdef inline double _scaled(double value) noexcept nogil:
    """log2(1 + x) with straight lines between powers of two."""
    cdef double above = value + 1.0
    cdef int64_t bits
    memcpy(&bits, &above, sizeof(bits))
    return <double>(bits - ONE) * LAST_BIT


cdef inline double _part(double part, double whole) noexcept nogil:
    return part / (whole if whole > 1.0 else 1.0)


cdef inline double* _next(Columns* columns, Py_ssize_t* sort) noexcept nogil:
    """The next row of a sort."""
    cdef double* row = columns.rows + sort[0] * columns.n
    sort[0] += 1
    return row


cdef void _log(Columns* columns, const int64_t* counts) noexcept nogil:
    cdef double* row = _next(columns, &columns.log)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = _scaled(<double>counts[at])


cdef void _share(Columns* columns, const int64_t* parts, const int64_t* wholes, int64_t times) noexcept nogil:
    """Parts of so many times the wholes."""
    cdef double* row = _next(columns, &columns.share)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = _part(<double>parts[at], <double>(times * wholes[at]))


cdef void _share_of(Columns* columns, const int64_t* parts, double whole) noexcept nogil:
    cdef double* row = _next(columns, &columns.share)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = _part(<double>parts[at], whole)


cdef void _same(Columns* columns, Py_ssize_t* sort, double value) noexcept nogil:
    """A row of the same number for every block."""
    cdef double* row = _next(columns, sort)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = value


cdef int _order(const void* one, const void* other) noexcept nogil:
    cdef const Keyed* first = <const Keyed*>one
    cdef const Keyed* second = <const Keyed*>other
    if first.key != second.key:
        return -1 if first.key < second.key else 1
    return -1 if first.place < second.place else 1


cdef Py_ssize_t _group(Keyed* keys, Py_ssize_t n, int64_t* number) noexcept nogil:
    """Sorts keys; the number of each place's group, the smallest keys' first. Returns how many there are."""
    cdef Py_ssize_t at, count = 0
    qsort(keys, n, sizeof(Keyed), &_order)
    for at in range(n):
        if at == 0 or keys[at].key != keys[at - 1].key:
            count += 1
        number[keys[at].place] = count - 1
    return count


cdef void _since(const uint8_t* flags, Py_ssize_t n, bint backwards, int64_t* since) noexcept nogil:
    """Blocks since the last one flagged, itself 0; n where there is none."""
    cdef Py_ssize_t at, place
    cdef int64_t seen = -1
    for at in range(n):
        place = n - 1 - at if backwards else at
        if flags[place]:
            seen = at
        since[place] = n if seen < 0 else at - seen


cdef object _integers(size):
    return numpy.empty(size, dtype=numpy.int64)


def element_names(list node, list parent, list look, list looks, list inline, Py_ssize_t longest):
    cdef _Store store = _Store()
    cdef Py_ssize_t n = len(node), nodes = len(parent), at, level, place, used = 0
    if len(look) != nodes or len(inline) != n or not nodes:
        raise ValueError("the lists do not fit together")
    cdef int64_t* own = store.listed(node, 0, nodes - 1)
    cdef int64_t* up = store.listed(parent, 0, nodes - 1)
    cdef int64_t* looked = store.listed(look, 0, len(looks) - 1)
    cdef uint8_t* is_used = <uint8_t*>store.zeros(nodes, 1)
    cdef int64_t* number = store.numbers(len(looks))
    above, elements = _integers((LEVELS, n)), _integers((LEVELS + 1, n))
    cdef int64_t[:, ::1] ups = above, sets = elements
    cdef list texts = []
    cdef dict known = {"": 0}
    cdef int64_t here
    for at in range(n):
        here = own[at]
        for level in range(LEVELS):
            ups[level, at] = here
            is_used[here] = True
            here = up[here]
    # In the order of the elements that have them: where the last word of a page's description ends depends on what follows it.
    for place in range(nodes):
        if is_used[place] and number[looked[place]] == 0:
            used += 1
            number[looked[place]] = used
            tag, names = looks[looked[place]]
            texts.append(<str?>tag + " " + (<str?>names)[:longest])
    for level in range(LEVELS):
        for at in range(n):
            sets[level, at] = number[looked[ups[level, at]]] - 1
    for at in range(n):
        text = inline[at]
        found = known.get(text)
        if found is None:
            found = known[text] = len(known)
        sets[LEVELS, at] = used + <int64_t>found
    texts.extend([" " + (<str?>text)[:longest] for text in known])
    return texts, above, elements


def block_arrays(
    str text, str lowered, Py_ssize_t length, const uint8_t[::1] table, list start_list, list end_list, list linked_list, list roles,
    const int64_t[:, ::1] above, const int64_t[:, ::1] elements, list parent_list, list depth_list, list mark_list, list first_list,
    list last_list, list tag_numbers, list articles, list amounts, list flags,
):
    cdef _Store store = _Store()
    cdef _Words found = _Words()
    cdef Py_ssize_t n = len(start_list), nodes = len(parent_list), total = PyUnicode_GET_LENGTH(text)
    cdef Py_ssize_t at, block, level, place, row, low, high, words, edge, pairs_count
    cdef int64_t number, size, article_words, name_count, sum_count, sum_good, sum_linked, sum_chars, most, here
    cdef uint64_t value
    cdef double share, whole, shown
    cdef double* line
    cdef double* other
    if (
        not n or not nodes or not 0 <= length <= total or PyUnicode_GET_LENGTH(lowered) != total or table.shape[0] != PLANE + 1
        or len(end_list) != n or len(linked_list) != n or len(roles) != n or above.shape[0] != LEVELS or above.shape[1] != n
        or elements.shape[0] != LEVELS + 1 or elements.shape[1] != n or len(depth_list) != nodes or len(mark_list) != nodes
        or len(first_list) != nodes or len(last_list) != nodes or len(tag_numbers) != nodes or len(amounts) != 3 or len(flags) != 8
    ):
        raise ValueError("the arrays of a page do not fit together")
    cdef int64_t* start = store.listed(start_list, 0, length)
    cdef int64_t* end = store.listed(end_list, 0, length)
    cdef int64_t* linked = store.listed(linked_list, 0, (<int64_t>1) << 62)
    cdef int64_t* role = store.listed(roles, -1, ROLES - 1)
    cdef int64_t* parent = store.listed(parent_list, 0, nodes - 1)
    cdef int64_t* depth = store.listed(depth_list, 0, (<int64_t>1) << 31)
    cdef int64_t* marks = store.listed(mark_list, 0, (<int64_t>1) << 62)
    cdef int64_t* first_of = store.listed(first_list, 0, n)
    cdef int64_t* last_of = store.listed(last_list, 0, n)
    cdef int64_t* tag = store.listed(tag_numbers, 0, nodes)
    for at in range(nodes):
        if last_of[at] == 0:
            last_of[at] = n
    for block in range(n):
        if start[block] >= end[block] or (block and start[block] < end[block - 1]):
            raise ValueError("a block is empty, or not behind the one before it")
        for level in range(LEVELS):
            if not 0 <= above[level, block] < nodes:
                raise ValueError("a block stands in no node")

    # Words, and where those of each block and of each text behind the source begin.
    cdef uint8_t* classes = <uint8_t*>store.zeros(length, 1)
    found.read(text, lowered, &table[0], length, classes)
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef list edge_list = []
    place = 0
    for at in range(length, total):
        if PyUnicode_READ(kind, data, at) == 0:
            while place < found.count and found.begins[place] < at:
                place += 1
            edge_list.append(place)
    if len(edge_list) <= TITLES:
        raise ValueError("the texts behind the source are too few")
    cdef int64_t* edges = store.listed(edge_list, 0, found.count)
    words = edges[0]
    word_from_array = _integers(n + 1)
    cdef int64_t[::1] word_from = word_from_array
    place = 0
    for block in range(n):
        while place < words and found.begins[place] < start[block]:
            place += 1
        word_from[block] = place
    word_from[n] = words
    if word_from[0] != 0:
        raise ValueError("words stand before the first block")

    words_array, count_array = _integers(words), _integers(n)
    cdef int64_t[::1] word_rows = words_array, counts = count_array
    cdef int64_t* count = &counts[0]
    pairs_count = 0
    for at in range(words):
        word_rows[at] = <int64_t>(found.values[at] >> (64 - WORD_BITS))
    for block in range(n):
        count[block] = word_from[block + 1] - word_from[block]
        if count[block] > 1:
            pairs_count += count[block] - 1
    pairs_array, pair_from_array = _integers(pairs_count), _integers(n + 1)
    cdef int64_t[::1] pairs = pairs_array, pair_from = pair_from_array
    place = 0
    for block in range(n):
        pair_from[block] = place
        for at in range(word_from[block], word_from[block + 1] - 1):
            pairs[place] = <int64_t>(_pair(found.values[at], found.values[at + 1]) >> (64 - PAIR_BITS))
            place += 1
    pair_from[n] = place

    # What is summed up over blocks: words, signs in links, signs, words of paragraphs of text, these paragraphs.
    cdef int64_t* chars = store.numbers(n)
    cdef int64_t* good = store.numbers(n)
    cdef int64_t* is_good = store.numbers(n)
    cdef int64_t* amount[5]
    cdef int64_t* running[5]
    amount[0], amount[1], amount[2], amount[3], amount[4] = count, linked, chars, good, is_good
    for block in range(n):
        chars[block] = end[block] - start[block]
        if linked[block] > chars[block]:
            linked[block] = chars[block]
        if count[block] >= GOOD_WORDS and <double>linked[block] < GOOD_LINKED * <double>chars[block]:
            good[block], is_good[block] = count[block], 1
    for row in range(5):
        running[row] = store.numbers(n + 1)
        for block in range(n):
            running[row][block + 1] = running[row][block] + amount[row][block]
    sum_count, sum_linked, sum_chars, sum_good = running[0][n], running[1][n], running[2][n], running[3][n]

    article_words = edges[4] - edges[3]
    cdef bint has_article = article_words >= LEAST_ARTICLE and words >= 2
    dense_array = numpy.empty((FEATURES, n), dtype=numpy.float64)
    cdef double[:, ::1] dense = dense_array
    cdef Columns columns
    columns.rows, columns.n, columns.log, columns.share = &dense[0, 0], n, 0, LOGARITHMS
    columns.plain = LOGARITHMS + SHARES + (ARTICLE_SHARES if has_article else 0)

    # What a block's text looks like.
    cdef int64_t* signs = store.numbers((SIGNS + 1) * n)
    cdef int64_t* letters = store.numbers(n)
    cdef int last, before, begin
    for block in range(n):
        for at in range(start[block], start[block + 1] if block + 1 < n else end[block]):
            signs[(classes[at] if classes[at] < SIGNS else SIGNS) * n + block] += 1
        letters[block] = signs[LOWER * n + block] + signs[UPPER * n + block] + signs[LETTER * n + block]
    _log(&columns, count)
    _log(&columns, chars)
    _log(&columns, linked)
    for row in range(STOP, STOP + 3):
        _log(&columns, signs + row * n)
    _share(&columns, chars, count, 8)
    _share(&columns, linked, chars, 1)
    _share(&columns, signs + UPPER * n, letters, 1)
    _share(&columns, signs + DIGIT * n, chars, 1)
    _share(&columns, signs + (STOP + 1) * n, count, 1)
    _share(&columns, signs + STOP * n, count, 1)
    _share(&columns, signs + SIGNS * n, chars, 1)
    for row in range(STOP + 3, SIGNS):
        line = _next(&columns, &columns.plain)
        for block in range(n):
            line[block] = min(signs[row * n + block], 3)
    line = columns.rows + columns.plain * n
    columns.plain += 4 + 6 + CLASSES
    for block in range(n):
        last, begin = classes[end[block] - 1], classes[start[block]]
        before = classes[max(end[block] - 2, start[block])]
        line[block] = last == STOP or (last > STOP + 1 and before == STOP)
        line[n + block] = last == STOP
        line[2 * n + block] = last == STOP + 1
        line[3 * n + block] = PyUnicode_READ(kind, data, end[block] - 1) == c':'
        for row in range(5):
            line[(4 + row) * n + block] = begin == BEGINNINGS[row]
        line[9 * n + block] = begin > STOP + 2
        for row in range(CLASSES):
            line[(10 + row) * n + block] = MORE_WORDS[row] < count[block] <= MOST_WORDS[row]

    # What it lies in, and its role.
    for row in range(MARKS):
        line = _next(&columns, &columns.plain)
        for block in range(n):
            line[block] = (marks[above[0, block]] >> row) & 1
    for row in range(ROLES):
        line = _next(&columns, &columns.plain)
        for block in range(n):
            line[block] = role[block] == row

    # Where it stands.
    cdef int64_t* places = store.numbers(n)
    cdef int64_t* numbers = store.numbers(n)
    cdef int64_t* since = store.numbers(n)
    cdef uint8_t* flagged = <uint8_t*>store.zeros(3 * n, 1)
    for block in range(n):
        places[block] = block
        flagged[block] = role[block] == 0
        flagged[n + block] = 0 <= role[block] < HEADINGS
        flagged[2 * n + block] = is_good[block]
    _share_of(&columns, places, n)
    _share_of(&columns, running[0], sum_count)
    _share_of(&columns, running[3], sum_good)
    _log(&columns, places)
    for block in range(n):
        numbers[block] = n - 1 - block
    _log(&columns, numbers)
    _log(&columns, running[3])
    for block in range(n):
        numbers[block] = sum_good - running[3][block + 1]
    _log(&columns, numbers)
    for row in range(3):
        _since(flagged + row * n, n, False, since)
        _log(&columns, since)
        if row == 0:
            line = _next(&columns, &columns.plain)
            for block in range(n):
                line[block] = since[block] < n
        _since(flagged + row * n, n, True, since)
        _log(&columns, since)
    line = _next(&columns, &columns.plain)
    for block in range(n):
        line[block] = min(depth[above[0, block]], 40) / 8.0
    for row in range(2):
        line = _next(&columns, &columns.share)
        for block in range(n):
            low, high = max(block - WINDOWS[row], 0), min(block + WINDOWS[row] + 1, n)
            numbers[block] = running[3][high] - running[3][low]
            line[block] = _part(<double>numbers[block], <double>(running[0][high] - running[0][low]))
        _log(&columns, numbers)

    # The text of the elements around it.
    first_array, last_array = _integers((SUMMED, n)), _integers((SUMMED, n))
    cdef int64_t[:, ::1] firsts = first_array, lasts = last_array
    cdef int64_t[5] inside
    for level in range(SUMMED):
        line = columns.rows + columns.log * n
        other = columns.rows + columns.share * n
        columns.log += 2
        columns.share += 5
        for block in range(n):
            low, high = first_of[above[level, block]], last_of[above[level, block]]
            firsts[level, block], lasts[level, block] = low, high
            for row in range(5):
                inside[row] = running[row][high] - running[row][low]
            line[block] = _scaled(<double>inside[0])
            line[n + block] = _scaled(<double>(high - low))
            other[block] = _part(<double>inside[1], <double>inside[2])
            other[n + block] = _part(<double>inside[3], <double>inside[0])
            other[2 * n + block] = _part(<double>inside[3], <double>sum_good)
            other[3 * n + block] = _part(<double>inside[4], <double>(high - low))
            other[4 * n + block] = _part(<double>(block - low), <double>(high - low))

    # How the blocks of its kinds are: by tag, names and depth of its element, of the parent, of both, by tag and the element around.
    cdef Keyed* keys = <Keyed*>store.zeros(n, sizeof(Keyed))
    cdef int64_t* sizes = store.numbers(n)
    cdef int64_t* sums = store.numbers(5 * n)
    cdef Py_ssize_t groups
    kind_array, by_kind_array = _integers(n), _integers(n)
    cdef int64_t[::1] kinds = kind_array, by_kind = by_kind_array
    cdef int64_t[::1] kind_from
    cdef int64_t* own = &kinds[0]
    cdef int64_t* around = store.numbers(n)
    cdef int64_t* group
    cdef int64_t deepest = 0
    for at in range(nodes):
        deepest = max(deepest, depth[at])
    for row in range(SORTS):
        group = own if row == 0 else around if row == 1 else numbers
        for block in range(n):
            here = above[0, block]
            if row < 2:
                number = elements[row, block] * (deepest + 1) + depth[above[row, block]]
            elif row == 2:
                number = own[block] * n + around[block]
            else:
                number = parent[here] * (nodes + 1) + tag[here]
            keys[block].key, keys[block].place = <uint64_t>number, block
        groups = _group(keys, n, group)
        if row == 0:
            kind_from_array = _integers(groups)
            kind_from = kind_from_array
            for at in range(n):
                by_kind[at] = keys[at].place
                if at == 0 or keys[at].key != keys[at - 1].key:
                    kind_from[group[keys[at].place]] = at
        memset(sizes, 0, groups * sizeof(int64_t))
        memset(sums, 0, 5 * n * sizeof(int64_t))
        for block in range(n):
            sizes[group[block]] += 1
            for at in range(5):
                sums[5 * group[block] + at] += amount[at][block]
        line = columns.rows + columns.log * n
        other = columns.rows + columns.share * n
        columns.log += 2
        columns.share += 5
        for block in range(n):
            size = sizes[group[block]]
            for at in range(5):
                inside[at] = sums[5 * group[block] + at]
            line[block] = _scaled(<double>size)
            line[n + block] = _scaled(<double>inside[0])
            other[block] = _part(<double>inside[0], <double>(64 * size))
            other[n + block] = _part(<double>inside[3], <double>inside[0])
            other[2 * n + block] = _part(<double>inside[3], <double>sum_good)
            other[3 * n + block] = _part(<double>inside[1], <double>inside[2])
            other[4 * n + block] = _part(<double>inside[4], <double>size)

    # How far it is from the element that holds most text, and from their common ancestor.
    cdef int64_t* held = store.numbers(nodes)
    cdef int64_t* common = store.numbers(n)
    cdef int64_t[MOST_ANCESTORS] ancestors
    cdef Py_ssize_t best = 0, ancestors_count = 1
    for block in range(n):
        held[parent[above[0, block]]] += good[block]
    for at in range(nodes):
        if held[at] > held[best]:
            best = at
    ancestors[0] = best
    while ancestors[ancestors_count - 1] and ancestors_count < MOST_ANCESTORS:
        ancestors[ancestors_count] = parent[ancestors[ancestors_count - 1]]
        ancestors_count += 1
    for at in range(ancestors_count - 1, -1, -1):
        here = ancestors[at]
        for block in range(first_of[here], last_of[here]):
            common[block] = depth[here]
    line = columns.rows + columns.plain * n
    columns.plain += 5
    for block in range(n):
        here = above[0, block]
        line[block] = min(depth[best] - common[block], 16) / 4.0
        line[n + block] = min(depth[here] - common[block], 16) / 4.0
        line[2 * n + block] = block < first_of[best]
        line[3 * n + block] = block >= last_of[best]
        line[4 * n + block] = parent[here] == best
        numbers[block] = held[parent[here]]
    _share_of(&columns, numbers, held[best])
    _same(&columns, &columns.share, _part(<double>held[best], <double>sum_good))
    for block in range(n):
        numbers[block] = max(first_of[best] - block, 0)
    _log(&columns, numbers)
    for block in range(n):
        numbers[block] = max(block - last_of[best] + 1, 0)
    _log(&columns, numbers)
    most, held[best] = held[best], 0
    number = 0
    for at in range(nodes):
        number = max(number, held[at])
    _same(&columns, &columns.share, _part(<double>number, <double>most))

    # Whether its words stand on the page again.
    for block in range(n):
        value = 0
        for at in range(count[block]):
            value += found.values[word_from[block] + at] * (2 * <uint64_t>at + 1)
        keys[block].key, keys[block].place = value, block
    groups = _group(keys, n, numbers)
    memset(sizes, 0, groups * sizeof(int64_t))
    for block in range(n):
        sizes[numbers[block]] += 1
    line = _next(&columns, &columns.log)
    other = _next(&columns, &columns.plain)
    # Of each group the first block comes first.
    for at in range(n):
        block = keys[at].place
        line[block] = _scaled(<double>(sizes[numbers[block]] - 1))
        other[block] = at > 0 and keys[at].key == keys[at - 1].key

    # How much of it stands in the page's title and description, and how much of these in it.
    cdef uint8_t* known = <uint8_t*>store.zeros(1 << WORD_BITS, 1)
    cdef uint8_t* is_title = <uint8_t*>store.zeros(n, 1)
    for row in range(3):
        for at in range(edges[row], edges[row + 1]):
            known[found.values[at] >> (64 - WORD_BITS)] |= 1 << row
    for row in range(3):
        size = edges[row + 1] - edges[row]
        for block in range(n):
            number = 0
            for at in range(word_from[block], word_from[block + 1]):
                number += (known[word_rows[at]] >> row) & 1
            numbers[block] = number
            if row < 2 and <double>number >= TITLE_SHARE * <double>max(count[block], size) and count[block] >= TITLE_WORDS:
                is_title[block] = 1
        _share(&columns, numbers, count, 1)
        for block in range(n):
            numbers[block] = min(numbers[block], 2 * size)
        _share_of(&columns, numbers, size)

    # What stands between it and the page's title.
    cdef Py_ssize_t title = 0
    number = -1
    for block in range(n):
        is_title[block] = is_title[block] and flagged[n + block]
        if is_title[block] and number < 0:
            number, title = 0, block
    _since(is_title, n, False, since)
    _log(&columns, since)
    line = _next(&columns, &columns.plain)
    number = 0
    for block in range(n):
        line[block] = since[block] < n
        number += flagged[block] and not is_title[block]
        numbers[block] = number
    _log(&columns, numbers)
    _log_beyond(&columns, numbers, numbers[title])
    memset(numbers, 0, n * sizeof(int64_t))
    cdef int64_t* begun = store.listed(articles, 0, n)
    for at in range(len(articles)):
        if begun[at] < n:
            numbers[begun[at]] += 1
    for block in range(1, n):
        numbers[block] += numbers[block - 1]
    _log(&columns, numbers)
    _log_beyond(&columns, numbers, numbers[title])

    # How often the title's and the description's long words stand in the elements around it.
    cdef int64_t* known_words = store.numbers(n + 1)
    cdef int64_t* long_words = store.numbers(n + 1)
    memset(known, 0, 1 << WORD_BITS)
    for at in range(edges[0], edges[3]):
        if at + 1 < found.count and found.begins[at + 1] - found.begins[at] >= LONG_WORD:
            known[found.values[at] >> (64 - WORD_BITS)] = 1
    for block in range(n):
        known_words[block + 1], long_words[block + 1] = known_words[block], long_words[block]
        for at in range(word_from[block], word_from[block + 1]):
            if at + 1 < found.count and found.begins[at + 1] - found.begins[at] >= LONG_WORD:
                long_words[block + 1] += 1
                known_words[block + 1] += known[word_rows[at]]
    for level in range(SUMMED):
        line = _next(&columns, &columns.share)
        for block in range(n):
            low, high = firsts[level, block], lasts[level, block]
            line[block] = _part(<double>(8 * (known_words[high] - known_words[low])), <double>(long_words[high] - long_words[low]))
    _same(&columns, &columns.share, _part(<double>(8 * known_words[n]), <double>long_words[n]))

    # How much of it stands in what the page's scripts say its article is.
    told_array = numpy.zeros(n)
    cdef double[::1] told = told_array
    cdef uint8_t* told_pairs
    if not has_article:
        memset(columns.rows + columns.plain * n, 0, 9 * n * sizeof(double))
        columns.plain += 9
    else:
        told_pairs = <uint8_t*>store.zeros(1 << ARTICLE_BITS, 1)
        for at in range(edges[3], edges[4] - 1):
            told_pairs[_pair(found.values[at], found.values[at + 1]) >> (64 - ARTICLE_BITS)] = 1
        # The same two sums as above, of pairs now.
        line = columns.rows + columns.plain * n
        columns.plain += 4
        number = 0
        for block in range(n):
            known_words[block + 1] = known_words[block]
            for at in range(word_from[block], word_from[block + 1] - 1):
                known_words[block + 1] += told_pairs[_pair(found.values[at], found.values[at + 1]) >> (64 - ARTICLE_BITS)]
            size = count[block] - (count[block] > 0)
            long_words[block + 1] = long_words[block] + size
            share = _part(<double>(known_words[block + 1] - known_words[block]), <double>size)
            told[block] = share
            line[block] = share
            line[n + block] = size > 0 and share > 0.7
            line[2 * n + block] = size > 0 and share < 0.3
            line[3 * n + block] = 1.0
            number += share > 0.7
            numbers[block] = number
        for level in range(1, 3):
            line = _next(&columns, &columns.share)
            for block in range(n):
                low, high = firsts[level, block], lasts[level, block]
                line[block] = _part(<double>(known_words[high] - known_words[low]), <double>(long_words[high] - long_words[low]))
        _share_of(&columns, numbers, number)
        shown = min(1.0, <double>known_words[n] / <double>article_words)
        _same(&columns, &columns.plain, shown)
        _same(&columns, &columns.plain, min(1.0, <double>sum_good / <double>(4 * article_words)))
        if not shown >= SHOWN:
            memset(&told[0], 0, n * sizeof(double))

    # What the page is like as a whole.
    most = 0
    for block in range(n):
        most = max(most, good[block])
    _same(&columns, &columns.log, _scaled(n))
    _same(&columns, &columns.log, _scaled(sum_count))
    _same(&columns, &columns.log, _scaled(sum_good))
    _same(&columns, &columns.log, _scaled(running[4][n]))
    _same(&columns, &columns.log, _scaled(most))
    for counted in amounts:
        _same(&columns, &columns.log, _scaled(<int64_t>counted))
    _same(&columns, &columns.share, _part(sum_linked, sum_chars))
    _same(&columns, &columns.share, _part(sum_good, sum_count))
    for is_so in flags:
        _same(&columns, &columns.plain, bool(is_so))

    # Names of elements, and the elements around blocks' own.
    name_count = found.count - edges[TITLES]
    names_array, name_from_array = _integers(name_count), _integers(len(edge_list) - TITLES)
    cdef int64_t[::1] names = names_array, name_from = name_from_array
    for at in range(name_count):
        names[at] = <int64_t>(found.values[edges[TITLES] + at] >> (64 - NAME_BITS))
    for at in range(len(edge_list) - TITLES):
        name_from[at] = edges[TITLES + at] - edges[TITLES]
    around_array = _integers(n)
    cdef int64_t[::1] arounds = around_array
    cdef int64_t* first_block = store.numbers(nodes)
    place = 0
    for block in range(n - 1, -1, -1):
        place += first_block[above[1, block]] == 0
        first_block[above[1, block]] = block + 1
    around_block_array = _integers(place)
    cdef int64_t[::1] around_block = around_block_array
    place = 0
    for at in range(nodes):
        if first_block[at]:
            around_block[place] = first_block[at] - 1
            place += 1
            first_block[at] = place
    for block in range(n):
        arounds[block] = first_block[above[1, block]] - 1
    return (
        dense_array, count_array, words_array, word_from_array, pairs_array, pair_from_array, names_array, name_from_array, first_array,
        last_array, kind_array, by_kind_array, kind_from_array, around_array, around_block_array, told_array,
    )


cdef void _log_beyond(Columns* columns, const int64_t* counts, int64_t least) noexcept nogil:
    """Counts beyond one."""
    cdef double* row = _next(columns, &columns.log)
    cdef Py_ssize_t at
    for at in range(columns.n):
        row[at] = _scaled(<double>max(counts[at] - least, 0))
