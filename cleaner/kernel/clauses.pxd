from libc.stdint cimport int32_t

cdef enum:
    # what a clause's rule looks at: a whole line, or a part of one at its start, at its end, or anywhere
    LINE, START, END, ANYWHERE

cdef enum:
    # of a trigger: a word must end with it, and begin with it
    WORD_END = 1
    WORD_START = 2


cdef struct Trigger:
    #: a clause, times four, and edges
    int32_t clause
    #: what the clause's rule looks at, and four times its most words, or its reach
    int32_t limit


cdef struct Clause:
    int32_t rule, kind, min_words, max_words
    #: what the line must have or be: 1 yes, 0 no, -1 either
    int32_t digits, sentence
    int32_t reach
    #: the set of endings of which the line must have one, or -1
    int32_t endings
    #: the sets of literals of each of which the line must hold one: `needed` from here to there
    int32_t first_set, past_set


cdef struct Member:
    #: the number of a literal, or of an ending
    int32_t text
    #: which bit the groups of a text have that holds it, and one; 0: any
    int32_t group
