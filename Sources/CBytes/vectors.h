#pragma once
#include <stdbool.h>

#if defined(__x86_64__)
#define HAS_VECTORS 1
#define TARGET_VECTORS __attribute__((target("avx2,bmi,pclmul")))
#include <immintrin.h>
#endif

/// Whether this processor has what `TARGET_VECTORS` asks for, and is to use it.
bool cb_has_vectors(void);
