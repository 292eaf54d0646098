# Fields of msgspec's structs, read where they lie: looking each up by its name takes as long as all that is done with it.

from cpython.object cimport PyObject, PyTypeObject

cdef extern from *:
    """
    #include <structmember.h>
    static Py_ssize_t cleaner_field_offset(PyObject *field)
    {
        PyMemberDef *member;
        if (!Py_IS_TYPE(field, &PyMemberDescr_Type))
            return -1;
        member = ((PyMemberDescrObject *)field)->d_member;
        return member->type == T_OBJECT_EX || member->type == T_OBJECT ? member->offset : -1;
    }
    static PyObject *cleaner_field(PyObject *one, Py_ssize_t offset)
    {
        return *(PyObject **)((char *)one + offset);
    }
    """
    Py_ssize_t cleaner_field_offset(object field)
    PyObject* cleaner_field(PyObject* one, Py_ssize_t offset) noexcept nogil


cdef inline Py_ssize_t offset_of(object kind, str name) except -1:
    """Where in a struct of this type a field lies. Raises `TypeError` for what is no field of a struct."""
    cdef Py_ssize_t offset = cleaner_field_offset(kind.__dict__[name]) if isinstance(kind, type) else -1
    if offset < <Py_ssize_t>sizeof(PyObject):
        raise TypeError("a struct's type is wanted")
    return offset


cdef inline object field(object one, Py_ssize_t offset):
    """A field of a struct, of which the type is known."""
    cdef PyObject* found = cleaner_field(<PyObject*>one, offset)
    if found == NULL:
        raise AttributeError("a field is not set")
    return <object>found
