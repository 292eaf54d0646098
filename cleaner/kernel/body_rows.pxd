# Blocks as the search for the body sees them, and by what it weighs them.

from libc.stdint cimport uint8_t


cdef struct Weights:
    Py_ssize_t prose_words, long_sentence, long_without_end, sentence_words, few_words, some_words, figure_words, figures
    double a_word, most, evidence_without_end, short_sentence, few, some, many, figure_line
    double clean_text, residue_inside, residue_outside, calm, into_content, into_residue
    Py_ssize_t scraped, calm_reach
    Py_ssize_t announcing_words, announced_reach, fact_low, fact_high, fact_spaces, least_facts
    double announced, fact
    double tail_short, tail_prose, tail_to_the_end, after_share
    Py_ssize_t tag_words, resumed_words, island_words
    Py_ssize_t lead_reach, lead_unknown, lead_least, lead_most, lead_line_words, heading_least, heading_most


cdef struct Row:
    double evidence
    Py_ssize_t words
    #: numbers of the section that it opens, and of the one it is in, from 1
    int opener
    int section
    #: what a sure rule says of it, and whether any rule says anything
    uint8_t sure
    uint8_t is_heard
    uint8_t is_after_blank
    uint8_t ends
    uint8_t prose
    uint8_t content
    #: whether content was content before it, and residue residue
    uint8_t stays
    uint8_t rests


cdef struct Opening:
    #: the rule itself, to be told from others
    void* rule
    Py_ssize_t most_lines
    int position
    bint to_the_end
    bint until_blank
    bint is_section
