# Lines while they get their names: what of each is known, and where the body is.

cdef enum Label:
    #: no label
    NONE = -1
    #: the numbers of the labels that are spoken of here, in the order of `classify.label_facts`
    BYLINE
    NAVIGATION
    HEADLINE
    TIMESTAMP
    PHOTO_CREDIT
    CAPTION
    SECTION
    SHARE
    COMMENTS
    AUTHOR_BIO
    TEASER_LIST
    PROMOTION
    ADVERT
    MEDIA


cdef struct Known:
    Py_ssize_t words
    int label
    #: what it was called when all began, and what those beside it would call it
    int before
    int voted
    #: no rule of the user's names it
    bint is_open
    bint is_new
    bint looked_at
    bint content


cdef struct Place:
    Py_ssize_t first
    Py_ssize_t first_body
    Py_ssize_t last
    Py_ssize_t count
    bint has_titles


cdef inline int label_at(const Known* known, const Place* place, Py_ssize_t block) noexcept nogil:
    return known[block].label if 0 <= block < place.count else NONE


cdef inline int nearest(const Known* known, Py_ssize_t block, Py_ssize_t step, Py_ssize_t reach, Py_ssize_t count) noexcept nogil:
    """The label of the nearest of so many blocks on that side that has one."""
    while reach and 0 <= block < count:
        if known[block].label != NONE:
            return known[block].label
        block += step
        reach -= 1
    return NONE
