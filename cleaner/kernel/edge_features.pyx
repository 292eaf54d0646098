# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What pieces at a line's start and end look like: `classify.edges`, compiled."""

from libc.stdint cimport int64_t

from cleaner.kernel.text_parts cimport Part, ends_sentence, sign_of, strip

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign) nogil
    bint Py_UNICODE_ISALPHA(Py_UCS4 sign) nogil
    bint Py_UNICODE_ISUPPER(Py_UCS4 sign) nogil
    bint Py_UNICODE_ISLOWER(Py_UCS4 sign) nogil
    bint Py_UNICODE_ISDIGIT(Py_UCS4 sign) nogil

cdef enum:
    #: numbers of a piece besides its signs
    NUMBERS = 24


def features(list lines, const int64_t[:, ::1] parts, tuple signs, float[:, ::1] wide):
    cdef Py_ssize_t number, at, length, letters, digits, capitals, stops, words, raised, longest, row, first_word, last_word, begin
    cdef Part text, rest
    cdef str line, piece
    cdef Py_UCS4 sign, first, last
    cdef bint at_end, inside
    if parts.shape[0] != len(lines) or parts.shape[1] != 3 or wide.shape[0] < NUMBERS + len(signs) or wide.shape[1] != len(lines):
        raise ValueError("lines, pieces and features do not fit together")
    for number in range(len(lines)):
        line = lines[number]
        if line is None or not 0 <= parts[number, 0] <= parts[number, 1] <= len(line):
            raise ValueError("there is no such piece")
        at_end = parts[number, 2] != 0
        text.kind = rest.kind = PyUnicode_KIND(line)
        text.data = rest.data = PyUnicode_DATA(line)
        text.start, text.end = parts[number, 0], parts[number, 1]
        rest.start = 0 if at_end else text.end
        rest.end = text.start if at_end else PyUnicode_GET_LENGTH(line)
        strip(&text)
        strip(&rest)
        if text.start == text.end or rest.start == rest.end:
            raise IndexError("a piece and its rest must not be empty")
        letters = digits = capitals = stops = words = raised = longest = first_word = last_word = 0
        inside, begin = False, text.start
        for at in range(text.start, text.end):
            sign = sign_of(&text, at)
            if Py_UNICODE_ISSPACE(sign):
                inside = False
                continue
            if not inside:
                inside, begin = True, at
                words += 1
                raised += Py_UNICODE_ISUPPER(sign) != 0
            last_word = at + 1 - begin
            if words == 1:
                first_word = last_word
            longest = max(longest, last_word)
            letters += Py_UNICODE_ISALPHA(sign) != 0
            digits += Py_UNICODE_ISDIGIT(sign) != 0
            capitals += Py_UNICODE_ISUPPER(sign) != 0
            stops += sign == c'.'
        length, first, last = text.end - text.start, sign_of(&text, text.start), sign_of(&text, text.end - 1)
        wide[0, number] = at_end
        wide[1, number] = <float>words
        wide[2, number] = <float>length
        wide[3, number] = <float>(<double>digits / <double>length)
        wide[4, number] = <float>(<double>raised / <double>words)
        wide[5, number] = <float>(<double>capitals / <double>max(1, letters))
        wide[6, number] = <float>(<double>letters / <double>length)
        wide[7, number] = Py_UNICODE_ISUPPER(first) != 0
        wide[8, number] = Py_UNICODE_ISLOWER(first) != 0
        wide[9, number] = Py_UNICODE_ISDIGIT(first) != 0
        wide[10, number] = first == c'(' or first == c'['
        wide[11, number] = last == c')' or last == c']'
        wide[12, number] = last == c':'
        wide[13, number] = Py_UNICODE_ISDIGIT(last) != 0
        wide[14, number] = ends_sentence(&text)
        wide[15, number] = ends_sentence(&rest)
        wide[16, number] = Py_UNICODE_ISALPHA(sign_of(&rest, rest.end - 1)) != 0
        wide[17, number] = Py_UNICODE_ISUPPER(sign_of(&rest, rest.start)) != 0
        wide[18, number] = Py_UNICODE_ISDIGIT(sign_of(&rest, rest.start)) != 0
        wide[19, number] = <float>(<double>(rest.end - rest.start) / 200.0)
        wide[20, number] = <float>longest
        wide[21, number] = <float>first_word
        wide[22, number] = <float>last_word
        wide[23, number] = <float>stops
        piece = line[text.start : text.end]
        for row in range(len(signs)):
            wide[NUMBERS + row, number] = signs[row] in piece
