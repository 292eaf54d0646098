# Asks for memory that is read soon, so that it is on its way meanwhile: nothing happens where the compiler knows no way to do so.

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define CLEANER_PREFETCH(address) __builtin_prefetch(address)
    #else
    #define CLEANER_PREFETCH(address) ((void)(address))
    #endif
    """
    void prefetch "CLEANER_PREFETCH"(const void* address) noexcept nogil
