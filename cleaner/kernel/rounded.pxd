# Who takes this in is compiled only where floats are rounded after each step.
cdef extern from *:
    """
    #include <float.h>
    #if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
    #error "floats are not rounded after each step here: the twins in Python are used"
    #endif
    """


cdef inline double whole(double number) noexcept nogil:
    """A number below 2**51, rounded, halves to the even one: what is added to it leaves no place for more."""
    return (number + 6755399441055744.0) - 6755399441055744.0


cdef inline float whole_float(float number) noexcept nogil:
    """The same for a number of no more than 2**21."""
    return (number + <float>12582912.0) - <float>12582912.0
