# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loop over a page's tree to its blocks: `parse.walk`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    bint PyUnicode_IS_ASCII(object text)

#: what an element's tag means, numbered as in `parse.walk`
cdef enum Kind:
    LINE, LINK, TIME, EMPTY, IN_HEAD, BREAK, SKIP, ROLE, CELL, PART, ROOT

cdef enum:
    #: a cell's paragraph of more characters is text that a table only lays out
    LONGEST_CELL = 150
    MOST_TIMES = 20

#: an element that is gone into: what its tag means, and the role around it
cdef struct Level:
    int kind
    int role


cdef class _Walk:
    """What is known of a page so far."""

    cdef list parent, tags, names, depth, marks, first, last, look
    cdef dict looks
    cdef list texts, roles, block_node, linked, inline
    cdef list meta, scripts, times, titles
    cdef object language, canonical
    #: open elements that part blocks, and those of them, from the outer on, that are nodes by now
    cdef list opened, opened_tags, made
    cdef list current
    cdef object first_inline
    cdef Py_ssize_t linked_here
    cdef int role
    cdef dict mark_of
    cdef object naming, hiding, hidden
    #: names of roles, and the numbers of some of them
    cdef list role_names
    cdef int paragraph, code, table_row
    cdef Level* levels
    cdef Py_ssize_t room

    def __cinit__(self):
        self.levels, self.room = NULL, 0

    def __dealloc__(self):
        PyMem_Free(self.levels)

    def __init__(self, list role_names, dict mark_of, naming, hiding, hidden):
        self.parent, self.tags, self.names, self.depth = [0], [""], [""], [0]
        self.marks, self.first, self.last, self.look = [0], [0], [0], [0]
        self.looks = {("", ""): 0}
        self.texts, self.roles, self.block_node, self.linked, self.inline = [], [], [], [], []
        self.meta, self.scripts, self.times, self.titles = [], [], [], []
        self.opened, self.opened_tags, self.made, self.current = [None], [""], [0], []
        self.mark_of, self.naming, self.hiding, self.hidden = mark_of, naming, hiding, hidden
        self.role_names = role_names
        self.paragraph, self.code, self.table_row = map(role_names.index, ("paragraph", "code", "table_row"))
        self.role, self.linked_here = self.paragraph, 0

    cdef int put(self, Py_ssize_t at, int kind) except -1:
        """Notes a level, and the role around it."""
        cdef Py_ssize_t room
        cdef Level* wider
        if at >= self.room:
            room = 2 * self.room + 64
            wider = <Level*>PyMem_Realloc(self.levels, room * sizeof(Level))
            if wider == NULL:
                raise MemoryError
            self.levels, self.room = wider, room
        self.levels[at].kind, self.levels[at].role = kind, self.role
        return 0

    cdef int make(self) except -1:
        """Makes nodes of the open elements that are none yet."""
        cdef Py_ssize_t up = self.made[len(self.made) - 1], at
        cdef Py_ssize_t depth = self.depth[up]
        cdef object first = len(self.texts), mark = self.marks[up], value, tag, element, name, look
        cdef str naming
        for at in range(len(self.made), len(self.opened)):
            tag, element = self.opened_tags[at], self.opened[at]
            depth += 1
            mark = mark | self.mark_of.get(tag, 0)
            naming = ""
            for name in element.attrs:
                if name in self.naming:
                    value = element.attr(name)
                    if value:
                        naming = naming + " " + <str?>value if naming else <str?>value
                elif name in self.hiding:
                    mark = mark | self.hidden(name, element.attr(name))
            key = (tag, naming)
            look = self.looks.get(key)
            if look is None:
                look = self.looks[key] = len(self.looks)
            self.parent.append(up)
            self.tags.append(tag)
            self.names.append(naming)
            self.depth.append(depth)
            self.marks.append(mark)
            self.first.append(first)
            self.look.append(look)
            up = len(self.last)
            self.made.append(up)
            self.last.append(0)
        return 0

    cdef int flush(self) except -1:
        """Makes a block of the texts so far."""
        cdef str text
        cdef int role = self.role
        cdef Py_ssize_t linked = self.linked_here, length
        cdef object inline = self.first_inline, naming
        if len(self.current) == 1:
            text = (<str?>self.current[0]).strip()
        else:
            text = "".join(self.current).strip()
        self.current.clear()
        self.linked_here, self.first_inline = 0, None
        length = PyUnicode_GET_LENGTH(text)
        if not length:
            return 0
        if role != self.code and not _is_even(text):
            text = " ".join(text.split())
            length = PyUnicode_GET_LENGTH(text)
            if not length:
                return 0
        if role == self.table_row and length > LONGEST_CELL and self.opened_tags[len(self.opened_tags) - 1] != "tr":
            role = self.paragraph
        if len(self.made) < len(self.opened):
            self.make()
        self.texts.append(text)
        self.roles.append(self.role_names[role])
        self.block_node.append(self.made[len(self.made) - 1])
        self.linked.append(linked if linked < length else length)
        naming = ""
        if inline is not None:
            naming = inline.tag
            for name in inline.attrs:
                if name in self.naming:
                    value = inline.attr(name)
                    if value:
                        naming = naming + " " + <str?>value
        self.inline.append(naming)
        return 0

    cdef int in_head(self, str tag, element) except -1:
        if tag == "meta":
            key, content = element.attr("property") or element.attr("name") or element.attr("itemprop"), element.attr("content")
            if key and content:
                self.meta.append((key.lower(), content))
        elif tag == "title":
            if not self.titles and element.text:
                self.titles.append(element.text)
        elif tag == "script":
            kind = element.attr("type")
            if kind and "ld+json" in kind.lower():
                self.scripts.append(element.text)
        elif tag == "link" and (element.attr("rel") or "").lower() == "canonical":
            self.canonical = self.canonical or element.attr("href")
        return 0

    cdef int go(self, root, element_type, text_type, dict kinds, dict roles, passed_on) except -1:
        """Goes through the tree."""
        cdef list rests = [iter(root)]
        cdef Py_ssize_t height = 1, links = 0
        cdef str data, tag
        cdef int kind
        cdef object node, number
        cdef bint[64] passes
        for kind in range(len(self.role_names)):
            passes[kind] = self.role_names[kind] in passed_on
        self.put(0, ROOT)
        while height:
            for node in rests[height - 1]:
                if type(node) is text_type:
                    data = node.data
                    if self.current or not _is_space(data):
                        self.current.append(data)
                        if links:
                            self.linked_here += PyUnicode_GET_LENGTH(data)
                    continue
                if type(node) is not element_type:
                    continue
                tag = node.tag
                number = kinds.get(tag)
                if number is None:
                    kind = PART
                    if self.current:
                        self.flush()
                    self.put(height, kind)
                    self.opened.append(node)
                    self.opened_tags.append(tag)
                    if not passes[self.role]:
                        self.role = self.paragraph
                else:
                    kind = number
                    if kind <= EMPTY:
                        if kind == LINK:
                            links += 1
                        elif kind == TIME and len(self.times) < MOST_TIMES:
                            value = node.attr("datetime")
                            if value:
                                self.times.append((value, len(self.texts)))
                        if self.first_inline is None and not self.current:
                            self.first_inline = node
                        if kind == EMPTY:
                            continue
                        self.put(height, kind)
                    elif kind == IN_HEAD:
                        self.in_head(tag, node)
                        continue
                    elif kind == SKIP:
                        self.in_head(tag, node)
                        if tag == "head":
                            for child in node:
                                if type(child) is element_type:
                                    self.in_head(child.tag, child)
                        continue
                    elif kind == BREAK:
                        if self.role == self.code:
                            self.current.append("\n")
                        elif self.current:
                            self.flush()
                        continue
                    else:
                        if kind == CELL:
                            self.current.append(" ")
                        elif self.current:
                            self.flush()
                        self.put(height, kind)
                        self.opened.append(node)
                        self.opened_tags.append(tag)
                        if kind == PART:
                            self.make()
                        elif kind == ROOT:
                            self.language = node.attr("lang") or self.language
                        number = roles.get(tag)
                        if number is not None:
                            self.role = number
                        elif not passes[self.role]:
                            self.role = self.paragraph
                rests.append(iter(node))
                height += 1
                break
            else:
                rests.pop()
                height -= 1
                kind = self.levels[height].kind
                if kind <= TIME:
                    if kind == LINK:
                        links -= 1
                    continue
                if self.current and (kind != CELL or self.role != self.table_row):
                    self.flush()
                if height:
                    self.role = self.levels[height].role
                    self.opened.pop()
                    self.opened_tags.pop()
                    if len(self.made) > len(self.opened):
                        self.last[<Py_ssize_t>self.made.pop()] = len(self.texts)
        self.flush()
        self.last[0] = len(self.texts)
        return 0


cdef inline bint _is_space(str data):
    """`str.isspace`."""
    cdef Py_UCS4 sign
    if not PyUnicode_GET_LENGTH(data):
        return False
    sign = PyUnicode_READ(PyUnicode_KIND(data), PyUnicode_DATA(data), 0)
    return not c' ' < sign < 127 and data.isspace()


cdef bint _is_even(str text):
    """Whether no white space but single spaces stands in a text, and nothing else that is not printed: it need not be cut up."""
    cdef Py_ssize_t at, length
    cdef const unsigned char* signs
    cdef unsigned char before = 0
    if not PyUnicode_IS_ASCII(text):
        return "  " not in text and text.isprintable()
    length = PyUnicode_GET_LENGTH(text)
    signs = <const unsigned char*>PyUnicode_DATA(text)
    for at in range(length):
        if not c' ' <= signs[at] < 127 or (signs[at] == c' ' and before == c' '):
            return False
        before = signs[at]
    return True


cdef tuple _joined(list texts, list roles, tight):
    """The source that holds blocks, and where each begins and ends in it."""
    cdef list pieces = [], starts = [], ends = []
    cdef Py_ssize_t at = 0, block
    cdef str text, role, before = None
    for block in range(len(texts)):
        text, role = texts[block], roles[block]
        if block:
            if role == before and role in tight:
                pieces.append("\n")
                at += 1
            else:
                pieces.append("\n\n")
                at += 2
        pieces.append(text)
        starts.append(at)
        at += PyUnicode_GET_LENGTH(text)
        ends.append(at)
        before = role
    return "".join(pieces), starts, ends


def walk_tree(
    root, element_type, text_type, dict kinds, list role_names, dict roles, passed_on, tight, dict marks, naming, hiding, hidden
):
    if len(role_names) > 64:
        raise ValueError("too many roles")
    cdef _Walk walk = _Walk(role_names, marks, naming, hiding, hidden)
    walk.go(root, element_type, text_type, kinds, roles, passed_on)
    nodes = (walk.parent, walk.tags, walk.names, walk.depth, walk.marks, walk.first, walk.last, walk.look, list(walk.looks))
    source, starts, ends = _joined(walk.texts, walk.roles, tight)
    blocks = (source, starts, ends, walk.texts, walk.roles, walk.block_node, walk.linked, walk.inline)
    return nodes, blocks, (walk.titles, walk.meta, walk.scripts, walk.language, walk.canonical, walk.times)
