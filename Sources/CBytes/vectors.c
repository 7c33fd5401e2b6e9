#include "vectors.h"
#include "CBytes.h"

static bool stays_plain;

void cb_set_plain(bool is_plain) { __atomic_store_n(&stays_plain, is_plain, __ATOMIC_RELAXED); }

bool cb_has_vectors(void) {
#ifdef HAS_VECTORS
  static int known; // 0 not asked yet, 1 no, 2 yes; to ask twice does no harm
  int answer = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (!answer) {
    __builtin_cpu_init();
    answer = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                     __builtin_cpu_supports("pclmul")
                 ? 2
                 : 1;
    __atomic_store_n(&known, answer, __ATOMIC_RELAXED);
  }
  return answer == 2 && !__atomic_load_n(&stays_plain, __ATOMIC_RELAXED);
#else
  return false;
#endif
}
