# Loops over the activations of a block, which compilers turn into instructions on several numbers at once.
from libc.stdint cimport int16_t, int32_t, int64_t

cdef extern from *:
    """
    #include <stdint.h>
    /* GCC makes minima of comparisons only where nobody waits for their traps; clang never does wait. */
    #if defined(__GNUC__) && !defined(__clang__)
    #define SEVERAL __attribute__((optimize("O3", "no-trapping-math")))
    #else
    #define SEVERAL
    #endif
    #define nearest_single(x) (((x) + 12582912.0f) - 12582912.0f)

    /* Activations of a layer's sums: no less than nothing, and with those before no more than the most. */
    #define SETTLED \\
        for (Py_ssize_t at = 0; at < n; at++) { \\
            float value = (float)sums[at] * steps[at]; \\
            value = value < 511.0f ? value : 511.0f; \\
            value = value > 0.0f ? value : 0.0f; \\
            int16_t whole = (int16_t)((int16_t)(int32_t)nearest_single(value) + out[at]); \\
            out[at] = whole < 511 ? whole : 511; \\
        }
    SEVERAL static void settle_plain(int16_t *CYTHON_RESTRICT out, const int32_t *CYTHON_RESTRICT sums, const float *CYTHON_RESTRICT steps, Py_ssize_t n) { SETTLED }
    #if defined(__GNUC__) && defined(__x86_64__)
    SEVERAL __attribute__((target("avx2")))
    static void settle_256(int16_t *CYTHON_RESTRICT out, const int32_t *CYTHON_RESTRICT sums, const float *CYTHON_RESTRICT steps, Py_ssize_t n) { SETTLED }
    #define settle(out, sums, steps, n) (__builtin_cpu_supports("avx2") ? settle_256 : settle_plain)(out, sums, steps, n)
    #else
    #define settle settle_plain
    #endif

    SEVERAL static void add_sums(int32_t *CYTHON_RESTRICT out, const int32_t *CYTHON_RESTRICT more, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) out[at] += more[at];
    }

    SEVERAL static void add_states(int64_t *CYTHON_RESTRICT out, const int16_t *CYTHON_RESTRICT row, int64_t times, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) out[at] += times * row[at];
    }

    SEVERAL static void run_states(int32_t *CYTHON_RESTRICT out, const int32_t *CYTHON_RESTRICT before, const int16_t *CYTHON_RESTRICT row, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) out[at] = before[at] + row[at];
    }

    /* Rounded to a single first: so it is where all is computed in singles. */
    SEVERAL static void mean_of_range(int16_t *CYTHON_RESTRICT out, const int32_t *CYTHON_RESTRICT high, const int32_t *CYTHON_RESTRICT low, double count, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            float mean = (float)((double)(high[at] - low[at]) / count);
            out[at] = (int16_t)nearest_single(mean);
        }
    }

    SEVERAL static void mean_of_sums(int16_t *CYTHON_RESTRICT out, const int64_t *CYTHON_RESTRICT sums, double count, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            float mean = (float)((double)sums[at] / count);
            out[at] = (int16_t)nearest_single(mean);
        }
    }
    """
    void settle(int16_t* out, const int32_t* sums, const float* steps, Py_ssize_t n) noexcept nogil
    void add_sums(int32_t* out, const int32_t* more, Py_ssize_t n) noexcept nogil
    void add_states(int64_t* out, const int16_t* row, int64_t times, Py_ssize_t n) noexcept nogil
    void run_states(int32_t* out, const int32_t* before, const int16_t* row, Py_ssize_t n) noexcept nogil
    void mean_of_range(int16_t* out, const int32_t* high, const int32_t* low, double count, Py_ssize_t n) noexcept nogil
    void mean_of_sums(int16_t* out, const int64_t* sums, double count, Py_ssize_t n) noexcept nogil
