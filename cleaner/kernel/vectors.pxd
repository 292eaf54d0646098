# Loops over numbers that stand side by side, compiled for several widths of registers; the machine's own is chosen on loading.
# Only for what comes out the same in any width: whole numbers, comparisons, and floats of which each is rounded by itself.
cdef extern from *:
    """
    #if defined(__GNUC__) && __GNUC__ >= 9 && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__) \\
        && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    #define CLEANER_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
    #else
    #define CLEANER_VECTORS
    #endif
    """
    ctypedef void vectors "CLEANER_VECTORS void"
