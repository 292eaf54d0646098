# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Pieces at a line's start and end: `classify.edges`, compiled."""

from cleaner.kernel.text_parts cimport Part, ends_sentence, is_closing, is_space_at, is_stop, sign_of

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign) nogil
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign) nogil

cdef enum:
    #: a sign stands for something only near a line's edge: so many places are remembered
    MOST_PLACES = 256
    #: capitals are a sign from so many on
    FEWEST_CAPITALS = 3


cdef inline bint _in_word(const Part* line, Py_ssize_t at) noexcept nogil:
    cdef Py_UCS4 sign
    if not line.start <= at < line.end:
        return False
    sign = sign_of(line, at)
    return sign == c'_' or Py_UNICODE_ISALNUM(sign)


cdef inline bint _is_capital(Py_UCS4 sign) noexcept nogil:
    if sign < 0x80:
        return c'A' <= sign <= c'Z'
    return (0xC0 <= sign <= 0xDE and sign != 0xD7) or 0x391 <= sign <= 0x3A9 or 0x410 <= sign <= 0x42F


cdef inline bint _is_edge_sign(Py_UCS4 sign) noexcept nogil:
    """Digits, and the signs that part fields."""
    if sign < 0x80:
        return c'0' <= sign <= c'9' or sign in (c':', c'|', c'(', c'[', c'/', c'@', c'_', c'>')
    return sign in (0xA9, 0xBB, 0x2022, 0x2013, 0x2014) or Py_UNICODE_ISDECIMAL(sign)


cdef inline bint _is_opening(Py_UCS4 sign) noexcept nogil:
    return sign in (c'|', c'(', c'[', c'/', 0xA9, 0x2022)


cdef inline bint _may_begin(Py_UCS4 sign) noexcept nogil:
    """What a sentence may begin with."""
    return _is_capital(sign) or sign in (c'"', c"'", 0x201C, 0x201E, 0xAB, 0xBB, 0x201A) or Py_UNICODE_ISDECIMAL(sign)


cdef Py_ssize_t _sign_end(const Part* line, Py_ssize_t at) noexcept nogil:
    """Where a sign that begins here ends, or 0: a digit, what parts fields, three capitals or more that are a word."""
    cdef Py_UCS4 sign = sign_of(line, at)
    cdef Py_ssize_t end
    if _is_edge_sign(sign):
        return at + 1
    if not _is_capital(sign) or _in_word(line, at - 1) == _in_word(line, at):
        return 0
    end = at + 1
    while end < line.end and _is_capital(sign_of(line, end)):
        end += 1
    while end >= at + FEWEST_CAPITALS:
        if _in_word(line, end - 1) != _in_word(line, end):
            return end
        end -= 1
    return 0


cdef bint _has_sign(const Part* line) noexcept nogil:
    cdef Py_ssize_t at
    for at in range(line.start, line.end):
        if _sign_end(line, at):
            return True
    return False


cdef Py_ssize_t _count_words(const Part* line, Py_ssize_t start, Py_ssize_t end, Py_ssize_t most) noexcept nogil:
    """Words from `start` to `end`, counted no further than one more than `most`."""
    cdef Py_ssize_t at, count = 0
    cdef bint inside = False, is_space
    for at in range(start, end):
        is_space = is_space_at(line, at)
        if not is_space and not inside:
            count += 1
            if count > most:
                break
        inside = not is_space
    return count


cdef int _ends(
    const Part* line,
    Py_ssize_t most_characters,
    Py_ssize_t most_words,
    Py_ssize_t least_rest,
    Py_ssize_t most_ends,
    list found,
    Py_ssize_t number,
) except -1:
    """Behind the last sentences' ends and opening signs."""
    cdef Py_ssize_t[MOST_PLACES] breaks
    cdef Py_ssize_t count = 0, at, end, place, start
    cdef Part piece = line[0]
    at = max(line.start, line.end - most_characters)
    start = at + 1
    while at < line.end:
        if not is_stop(sign_of(line, at)) or (at > line.start and _in_word(line, at - 1) and not _in_word(line, at - 2)):
            at += 1
            continue
        end = at + 1
        while end < line.end and is_closing(sign_of(line, end)):
            end += 1
        if end >= line.end or not is_space_at(line, end):
            at += 1
            continue
        while end < line.end and is_space_at(line, end):
            end += 1
        at = end
        breaks[count] = end
        count += 1
    for at in range(start, line.end):
        if _is_opening(sign_of(line, at)) and is_space_at(line, at - 1):
            # Both are ascending, and a sign may open what stands behind a sentence's end.
            place = count
            while place and breaks[place - 1] > at:
                breaks[place] = breaks[place - 1]
                place -= 1
            if place and breaks[place - 1] == at:
                while place < count:
                    breaks[place] = breaks[place + 1]
                    place += 1
                continue
            breaks[place] = at
            count += 1
    for place in range(count - 1, max(-1, count - 1 - most_ends), -1):
        piece.start = breaks[place]
        if piece.start >= line.end or _count_words(line, piece.start, line.end, most_words) > most_words:
            return 0
        if _count_words(line, line.start, piece.start, least_rest) <= least_rest:
            return 0
        if _has_sign(&piece) or not ends_sentence(&piece):
            found.append((number, piece.start - line.start, line.end - line.start, True))
    return 0


cdef int _starts(
    const Part* line,
    Py_ssize_t most_characters,
    Py_ssize_t most_words,
    Py_ssize_t least_rest,
    Py_ssize_t first_sign,
    Py_ssize_t name_words,
    list found,
    Py_ssize_t number,
) except -1:
    """Before what may begin a sentence, behind a sign near the line's start."""
    cdef Py_ssize_t at, end = 0, last_sign, next_sign
    cdef Part near = line[0]
    # A run of capitals may go on behind the last character looked at.
    near.end = min(line.end, line.start + first_sign + 1)
    for at in range(near.start, near.end):
        end = _sign_end(&near, at)
        if end:
            break
    if not end or end > line.start + first_sign:
        return 0
    near.end = min(line.end, line.start + most_characters)
    last_sign = _next_sign(&near, line.start)
    if last_sign < 0:
        return 0
    next_sign = _next_sign(&near, last_sign)
    for at in range(last_sign, near.end):
        if at <= line.start or not is_space_at(line, at - 1) or not _may_begin(sign_of(line, at)):
            continue
        while 0 <= next_sign <= at:
            last_sign, next_sign = next_sign, _next_sign(&near, next_sign)
        if _count_words(line, last_sign, at, name_words + 1) > name_words + 1 or _count_words(line, line.start, at, most_words) > most_words:
            return 0
        if _count_words(line, at, line.end, least_rest) <= least_rest:
            return 0
        found.append((number, 0, at - line.start, False))
    return 0


cdef Py_ssize_t _next_sign(const Part* line, Py_ssize_t at) noexcept nogil:
    """Where the next sign from here on ends, or -1."""
    cdef Py_ssize_t end
    while at < line.end:
        end = _sign_end(line, at)
        if end:
            return end
        at += 1
    return -1


def pieces(
    str source,
    list starts,
    list ends,
    Py_ssize_t most_characters,
    Py_ssize_t most_words,
    Py_ssize_t least_rest,
    Py_ssize_t most_ends,
    Py_ssize_t first_sign,
    Py_ssize_t name_words,
):
    cdef Part line
    cdef Py_ssize_t number
    cdef list found = []
    if len(starts) != len(ends) or not 0 <= most_characters <= MOST_PLACES // 2:
        raise ValueError("lines do not fit together")
    line.kind, line.data = PyUnicode_KIND(source), PyUnicode_DATA(source)
    for number in range(len(starts)):
        line.start, line.end = starts[number], ends[number]
        if not 0 <= line.start <= line.end <= PyUnicode_GET_LENGTH(source):
            raise ValueError("there is no such line")
        if _count_words(&line, line.start, line.end, least_rest + 1) > least_rest + 1:
            _ends(&line, most_characters, most_words, least_rest, most_ends, found, number)
            _starts(&line, most_characters, most_words, least_rest, first_sign, name_words, found, number)
    return found
