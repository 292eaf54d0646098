"""Letters as one byte each, and one for all that is none: so groups of four are a number, whatever the script, and words have edges."""

from libc.stdint cimport uint8_t, uint32_t

from cleaner.kernel.utf8 cimport Py_UNICODE_ISALNUM, PyUnicode_READ

cdef enum:
    #: signs of alphabets lie below
    ALPHABETS = 0x600
    #: among these there is no letter and no number, and there are quotation marks and dashes
    PUNCTUATION = 0x2000
    PAST_PUNCTUATION = 0x2070

cdef uint8_t[ALPHABETS] _letters


cdef inline uint8_t _letter(uint32_t sign) noexcept:
    if not Py_UNICODE_ISALNUM(sign):
        return 0
    return <uint8_t>sign if sign < 0x80 else <uint8_t>(0x80 | (sign & 0x7F))


cdef void fold(int kind, void* data, Py_ssize_t length, uint8_t* into) noexcept:
    """Writes a byte for each sign: 0 for what is neither letter nor number, from 0x80 on for those beyond ASCII."""
    cdef Py_ssize_t at
    cdef uint32_t sign
    cdef const uint8_t* bytes
    if kind == 1:
        bytes = <const uint8_t*>data
        for at in range(length):
            into[at] = _letters[bytes[at]]
        return
    for at in range(length):
        sign = PyUnicode_READ(kind, data, at)
        if sign < ALPHABETS:
            into[at] = _letters[sign]
        elif PUNCTUATION <= sign < PAST_PUNCTUATION:
            into[at] = 0
        else:
            into[at] = _letter(sign)


cdef uint32_t _each
for _each in range(ALPHABETS):
    _letters[_each] = _letter(_each)
