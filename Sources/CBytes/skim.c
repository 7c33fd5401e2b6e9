#include "CBytes.h"
#include "vectors.h"

static inline bool can_follow_string(uint8_t byte) {
  return byte <= 0x20 || byte == ',' || byte == ':' || (byte | 0x20) == '}';
}

static inline bool open_bracket(struct cb_skim *state, uint8_t byte) {
  state->depth++;
  if (state->depth > 64) state->is_deep = true;
  state->kinds = state->kinds << 1 | (byte == '[');
  return state->depth <= cb_depth_limit;
}

static inline bool close_bracket(struct cb_skim *state, uint8_t byte) {
  state->depth--;
  bool matches = (state->kinds & 1) == (byte == ']');
  state->kinds >>= 1;
  return matches || state->is_deep;
}

/// One byte; `cb_ended` is behind it.
static inline int step(struct cb_skim *state, uint8_t byte) {
  switch (state->place) {
  case cb_in_string:
    if (state->is_escaped) {
      state->is_escaped = false;
    } else if (byte == '\\') {
      state->is_escaped = true;
    } else if (byte == '"') {
      if (state->depth == 0) return cb_ended;
      state->place = cb_after_string;
    }
    return cb_more;
  case cb_after_string:
    if (!can_follow_string(byte)) return cb_broken;
    state->place = cb_between;
    break;
  }
  if (byte == '"') {
    state->place = cb_in_string;
  } else if ((byte | 0x20) == '{') {
    // Brackets differ from braces in one bit; nothing else comes out as { or }.
    if (!open_bracket(state, byte)) return cb_broken;
  } else if ((byte | 0x20) == '}') {
    if (!close_bracket(state, byte)) return cb_broken;
    if (state->depth == 0) return cb_ended;
  }
  return cb_more;
}

static int skim_plain(const uint8_t *bytes, size_t *index, size_t end, struct cb_skim *state) {
  for (size_t at = *index; at < end; at++) {
    int outcome = step(state, bytes[at]);
    if (outcome == cb_more) continue;
    *index = outcome == cb_ended ? at + 1 : at;
    return outcome;
  }
  *index = end;
  return cb_more;
}

#ifdef HAS_VECTORS
/// 64 bytes of text: a bit for each byte of a kind.
struct block {
  uint64_t quotes, backslashes, brackets, follows;
};

TARGET_VECTORS static inline uint64_t bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

TARGET_VECTORS static inline struct block load_block(const uint8_t *place) {
  __m256i a = _mm256_loadu_si256((const __m256i *)place);
  __m256i b = _mm256_loadu_si256((const __m256i *)(place + 32));
#define EQUAL(x, c) _mm256_cmpeq_epi8(x, _mm256_set1_epi8(c))
  __m256i fold = _mm256_set1_epi8(0x20);
  __m256i fa = _mm256_or_si256(a, fold), fb = _mm256_or_si256(b, fold);
  __m256i ca = EQUAL(fa, '}'), cb = EQUAL(fb, '}');
  __m256i wa = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(a, fold), a),
                               _mm256_or_si256(EQUAL(a, ','), EQUAL(a, ':')));
  __m256i wb = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(b, fold), b),
                               _mm256_or_si256(EQUAL(b, ','), EQUAL(b, ':')));
  struct block block = {
      .quotes = bits(EQUAL(a, '"'), EQUAL(b, '"')),
      .backslashes = bits(EQUAL(a, '\\'), EQUAL(b, '\\')),
      .brackets = bits(_mm256_or_si256(EQUAL(fa, '{'), ca), _mm256_or_si256(EQUAL(fb, '{'), cb)),
      .follows = bits(_mm256_or_si256(wa, ca), _mm256_or_si256(wb, cb)),
  };
#undef EQUAL
  return block;
}

/// The bytes that a backslash before them escapes; `*carry` goes from block to block.
static inline uint64_t escaped(uint64_t backslashes, uint64_t *carry) {
  if (!backslashes) {
    uint64_t first = *carry;
    *carry = 0;
    return first;
  }
  const uint64_t even = 0x5555555555555555u;
  backslashes &= ~*carry;
  uint64_t follow = backslashes << 1 | *carry;
  uint64_t odd_starts = backslashes & ~even & ~follow;
  unsigned long long even_runs;
  *carry = __builtin_uaddll_overflow(odd_starts, backslashes, &even_runs);
  return (even ^ (uint64_t)even_runs << 1) & follow;
}

/// Each bit with all bits below it xored in: ones from a quote up to the one that closes it.
TARGET_VECTORS static inline uint64_t between_quotes(uint64_t quotes) {
  __m128i all = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)quotes), _mm_set1_epi8(-1), 0);
  return (uint64_t)_mm_cvtsi128_si64(all);
}

TARGET_VECTORS static int skim_vector(const uint8_t *bytes, size_t *index, size_t end,
                                      struct cb_skim *kept) {
  // What changes with each bracket stays in registers.
  struct cb_skim local = *kept, *state = &local;
  // A string that is the value itself ends with its quote: that is not for here.
  for (; state->depth == 0 && *index < end; ++*index) {
    int outcome = step(state, bytes[*index]);
    if (outcome == cb_more) continue;
    if (outcome == cb_ended) ++*index;
    *kept = local;
    return outcome;
  }
  size_t at = *index;
  uint64_t in_string = state->place == cb_in_string ? ~0ull : 0;
  uint64_t carry = state->is_escaped, is_after = state->place == cb_after_string;
  while (state->depth > 0 && at + 64 <= end) {
    struct block block = load_block(bytes + at);
    uint64_t new_carry = carry;
    uint64_t quotes = block.quotes & ~escaped(block.backslashes, &new_carry);
    uint64_t inside = between_quotes(quotes) ^ in_string;
    if (block.backslashes & ~inside) {
      // Outside of strings a backslash escapes nothing; no valid text has one there.
      state->place = in_string ? cb_in_string : is_after ? cb_after_string : cb_between;
      state->is_escaped = carry;
      size_t stop = at + 64;
      struct cb_skim between = local;
      int outcome = skim_plain(bytes, &at, stop, &between);
      local = between;
      if (outcome != cb_more) {
        *index = at;
        return outcome;
      }
      in_string = state->place == cb_in_string ? ~0ull : 0;
      carry = state->is_escaped;
      is_after = state->place == cb_after_string;
      continue;
    }
    uint64_t closing = quotes & ~inside;
    uint64_t wrong = (closing << 1 | is_after) & ~block.follows;
    uint64_t events = (block.brackets & ~inside) | wrong;
    for (; events; events &= events - 1) {
      unsigned bit = (unsigned)__builtin_ctzll(events);
      uint8_t byte = bytes[at + bit];
      int outcome = cb_more;
      if (wrong >> bit & 1) outcome = cb_broken;
      else if ((byte | 0x20) == '{') outcome = open_bracket(state, byte) ? cb_more : cb_broken;
      else if (!close_bracket(state, byte)) outcome = cb_broken;
      else if (state->depth == 0) outcome = cb_ended;
      if (outcome == cb_more) continue;
      *index = at + bit + (outcome == cb_ended);
      return outcome;
    }
    carry = new_carry;
    is_after = closing >> 63;
    in_string = (uint64_t)((int64_t)inside >> 63);
    at += 64;
  }
  state->place = in_string ? cb_in_string : is_after ? cb_after_string : cb_between;
  state->is_escaped = in_string && carry;
  *index = at;
  *kept = local;
  return skim_plain(bytes, index, end, kept);
}
#endif

int cb_skim(const uint8_t *bytes, size_t *index, size_t end, struct cb_skim *state) {
#ifdef HAS_VECTORS
  if (cb_has_vectors()) return skim_vector(bytes, index, end, state);
#endif
  return skim_plain(bytes, index, end, state);
}
