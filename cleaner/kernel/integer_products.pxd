# Products of whole numbers of 16 bits, added up in 32: as many at once as the processor can, the same sums on every one.
from libc.stdint cimport int16_t, int32_t

cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>

    /* Outputs, and rows, that are computed at once. Weights lie pair of inputs by pair: for each output its two. */
    #define PRODUCT_OUTPUTS 32
    #define PRODUCT_ROWS 8

    #if defined(__GNUC__) && defined(__x86_64__)
    #include <immintrin.h>

    #define PRODUCTS_512(name, features, ADDED) \\
    __attribute__((target(features))) \\
    static void name(int32_t *sums, Py_ssize_t stride, const int16_t *const *rows, Py_ssize_t pairs, const int16_t *weights, Py_ssize_t step) \\
    { \\
        __m512i found[PRODUCT_ROWS][2]; \\
        _Pragma("GCC unroll 8") \\
        for (int row = 0; row < PRODUCT_ROWS; row++) found[row][0] = found[row][1] = _mm512_setzero_si512(); \\
        for (Py_ssize_t pair = 0; pair < pairs; pair++, weights += step) { \\
            __m512i low = _mm512_loadu_si512(weights), high = _mm512_loadu_si512(weights + 32); \\
            _Pragma("GCC unroll 8") \\
            for (int row = 0; row < PRODUCT_ROWS; row++) { \\
                int32_t two; \\
                memcpy(&two, rows[row] + 2 * pair, sizeof two); \\
                __m512i input = _mm512_set1_epi32(two); \\
                found[row][0] = ADDED(found[row][0], input, low); \\
                found[row][1] = ADDED(found[row][1], input, high); \\
            } \\
        } \\
        _Pragma("GCC unroll 8") \\
        for (int row = 0; row < PRODUCT_ROWS; row++) { \\
            int32_t *out = sums + row * stride; \\
            _mm512_storeu_si512(out, _mm512_add_epi32(_mm512_loadu_si512(out), found[row][0])); \\
            _mm512_storeu_si512(out + 16, _mm512_add_epi32(_mm512_loadu_si512(out + 16), found[row][1])); \\
        } \\
    }

    #define ADDED_IN_TWO(sum, input, weight) _mm512_add_epi32(sum, _mm512_madd_epi16(input, weight))
    PRODUCTS_512(products_512, "avx512f,avx512bw", ADDED_IN_TWO)
    PRODUCTS_512(products_fused, "avx512f,avx512bw,avx512vnni", _mm512_dpwssd_epi32)

    __attribute__((target("avx2")))
    static void products_256(int32_t *sums, Py_ssize_t stride, const int16_t *const *rows, Py_ssize_t pairs, const int16_t *weights, Py_ssize_t step)
    {
        for (int row = 0; row < PRODUCT_ROWS; row += 2) {
            const int16_t *first = rows[row], *second = rows[row + 1], *weight = weights;
            __m256i found[2][4];
            #pragma GCC unroll 4
            for (int part = 0; part < 4; part++) found[0][part] = found[1][part] = _mm256_setzero_si256();
            for (Py_ssize_t pair = 0; pair < pairs; pair++, weight += step) {
                int32_t one, other;
                memcpy(&one, first + 2 * pair, sizeof one);
                memcpy(&other, second + 2 * pair, sizeof other);
                __m256i left = _mm256_set1_epi32(one), right = _mm256_set1_epi32(other);
                #pragma GCC unroll 4
                for (int part = 0; part < 4; part++) {
                    __m256i two = _mm256_loadu_si256((const __m256i *)(weight + 16 * part));
                    found[0][part] = _mm256_add_epi32(found[0][part], _mm256_madd_epi16(left, two));
                    found[1][part] = _mm256_add_epi32(found[1][part], _mm256_madd_epi16(right, two));
                }
            }
            #pragma GCC unroll 2
            for (int side = 0; side < 2; side++) {
                #pragma GCC unroll 4
                for (int part = 0; part < 4; part++) {
                    __m256i *out = (__m256i *)(sums + (row + side) * stride + 8 * part);
                    _mm256_storeu_si256(out, _mm256_add_epi32(_mm256_loadu_si256(out), found[side][part]));
                }
            }
        }
    }
    #endif

    static void products_plain(int32_t *sums, Py_ssize_t stride, const int16_t *const *rows, Py_ssize_t pairs, const int16_t *weights, Py_ssize_t step)
    {
        for (int row = 0; row < PRODUCT_ROWS; row++) {
            int32_t found[PRODUCT_OUTPUTS] = {0};
            const int16_t *input = rows[row], *weight = weights;
            for (Py_ssize_t pair = 0; pair < pairs; pair++, weight += step) {
                int16_t one = input[2 * pair], other = input[2 * pair + 1];
                if (one | other)
                    for (int output = 0; output < PRODUCT_OUTPUTS; output++)
                        found[output] += one * weight[2 * output] + other * weight[2 * output + 1];
            }
            for (int output = 0; output < PRODUCT_OUTPUTS; output++) sums[row * stride + output] += found[output];
        }
    }

    typedef void (*products_of)(int32_t *, Py_ssize_t, const int16_t *const *, Py_ssize_t, const int16_t *, Py_ssize_t);

    static products_of best_products(int bits)
    {
    #if defined(__GNUC__) && defined(__x86_64__)
        if (bits > 512 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni")) return products_fused;
        if (bits >= 512 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) return products_512;
        if (bits >= 256 && __builtin_cpu_supports("avx2")) return products_256;
    #endif
        return products_plain;
    }
    """
    cdef enum:
        PRODUCT_OUTPUTS, PRODUCT_ROWS

    #: adds to `PRODUCT_ROWS` rows of `PRODUCT_OUTPUTS` sums, which lie `stride` apart, what so many pairs of each row's inputs come to;
    #: from one pair's weights to the next one's it is `step`
    ctypedef void (*products_of)(
        int32_t* sums, Py_ssize_t stride, const int16_t* const* rows, Py_ssize_t pairs, const int16_t* weights, Py_ssize_t step
    ) noexcept nogil

    #: the fastest that the processor has, of those that look at no more bits at once; more than 512 are these, multiplied and added in one
    products_of best_products(int bits) noexcept nogil
