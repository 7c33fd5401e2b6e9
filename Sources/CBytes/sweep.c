#include "CBytes.h"
#include "vectors.h"
#include <string.h>

static inline uint8_t lower(uint8_t byte) { return byte | 0x20; }

static inline bool is_run(const uint8_t *place, const struct cb_run *run) {
  for (size_t index = 0; index < run->length; index++)
    if (lower(place[index]) != run->letters[index]) return false;
  return true;
}

/// Whether `\u00([46][1-9a-fA-F]|[57][0-9aA]|5[cC])` is at that place.
static inline bool is_escape(const uint8_t *place) {
  if (place[0] != '\\' || place[1] != 'u' || place[2] != '0' || place[3] != '0') return false;
  uint8_t digit = place[5];
  bool is_decimal = digit >= '0' && digit <= '9';
  bool is_letter = lower(digit) >= 'a' && lower(digit) <= 'f';
  switch (place[4]) {
  case '4':
  case '6': return is_letter || (is_decimal && digit != '0');
  case '5': return is_decimal || lower(digit) == 'a' || lower(digit) == 'c';
  case '7': return is_decimal || lower(digit) == 'a';
  default: return false;
  }
}

static const size_t escape_length = 6;

/// What begins at a place and ends before `end`; `cb_end` where nothing does.
static inline int what_is_at(const uint8_t *bytes, size_t place, size_t end,
                             const struct cb_run *runs, size_t count) {
  for (size_t index = 0; index < count; index++)
    if (place + runs[index].length <= end && is_run(bytes + place, runs + index)) return (int)index;
  return place + escape_length <= end && is_escape(bytes + place) ? cb_escape : cb_end;
}

/// Passes over a line whose feed is at that place; false where it has to be looked at.
static inline bool pass_line(const uint8_t *bytes, struct cb_lines *lines, size_t feed,
                             size_t longest) {
  size_t line = lines->line;
  if (feed - line > longest || bytes[line] != '{' || feed == line || bytes[feed - 1] != '}')
    return false;
  lines->plain++;
  lines->line = lines->from = feed + 1;
  return true;
}

static struct cb_found next_plain(const uint8_t *bytes, size_t from, size_t end,
                                  struct cb_lines *lines, size_t longest,
                                  const struct cb_run *runs, size_t count) {
  for (size_t place = from; place < end; place++) {
    if (lines && bytes[place] == '\n') {
      if (!pass_line(bytes, lines, place, longest)) return (struct cb_found){cb_unusual, place};
      continue;
    }
    int what = what_is_at(bytes, place, end, runs, count);
    if (what != cb_end) return (struct cb_found){what, place};
  }
  return (struct cb_found){cb_end, end};
}

#ifdef HAS_VECTORS
/// To be inlined where `count` is known: then its loop goes away.
TARGET_VECTORS static inline __attribute__((always_inline)) struct cb_found
next_vector(const uint8_t *bytes, size_t from, size_t end, struct cb_lines *lines, size_t longest,
            const struct cb_run *runs, size_t count) {
  const __m256i fold = _mm256_set1_epi8(0x20), backslash = _mm256_set1_epi8('\\'),
                u = _mm256_set1_epi8('u'), feed = _mm256_set1_epi8('\n');
  __m256i first = fold, second = fold;
  if (count > 0) {
    first = _mm256_set1_epi8((char)runs[0].letters[runs[0].first]);
    second = _mm256_set1_epi8((char)runs[0].letters[runs[0].second]);
  }
  for (size_t block = from; block < end; block += 32) {
    const uint8_t *place = bytes + block;
    __m256i here = _mm256_loadu_si256((const __m256i *)place);
    __m256i next = _mm256_loadu_si256((const __m256i *)(place + 1));
    __m256i found = _mm256_and_si256(_mm256_cmpeq_epi8(here, backslash), _mm256_cmpeq_epi8(next, u));
    for (size_t index = 0; index < count; index++) {
      const struct cb_run *run = runs + index;
      __m256i one = _mm256_loadu_si256((const __m256i *)(place + run->first));
      __m256i two = _mm256_loadu_si256((const __m256i *)(place + run->second));
      __m256i rare = first, other = second;
      if (index > 0) {
        rare = _mm256_set1_epi8((char)run->letters[run->first]);
        other = _mm256_set1_epi8((char)run->letters[run->second]);
      }
      found = _mm256_or_si256(
          found, _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(one, fold), rare),
                                  _mm256_cmpeq_epi8(_mm256_or_si256(two, fold), other)));
    }
    __m256i feeds = lines ? _mm256_cmpeq_epi8(here, feed) : _mm256_setzero_si256();
    __m256i any = _mm256_or_si256(found, feeds);
    if (_mm256_testz_si256(any, any)) continue;
    uint32_t bits = (uint32_t)_mm256_movemask_epi8(any);
    uint32_t feed_bits = (uint32_t)_mm256_movemask_epi8(feeds);
    for (; bits; bits &= bits - 1) {
      unsigned bit = (unsigned)__builtin_ctz(bits);
      size_t at = block + bit;
      if (at >= end) return (struct cb_found){cb_end, end};
      if (feed_bits >> bit & 1) {
        if (!pass_line(bytes, lines, at, longest)) return (struct cb_found){cb_unusual, at};
        continue;
      }
      int what = what_is_at(bytes, at, end, runs, count);
      if (what != cb_end) return (struct cb_found){what, at};
    }
  }
  return (struct cb_found){cb_end, end};
}

TARGET_VECTORS static struct cb_found lines_vector(const uint8_t *bytes, struct cb_lines *lines,
                                                   size_t end, size_t longest,
                                                   const struct cb_run *runs, size_t count) {
  if (count == 1) return next_vector(bytes, lines->from, end, lines, longest, runs, 1);
  return next_vector(bytes, lines->from, end, lines, longest, runs, count);
}

TARGET_VECTORS static struct cb_found units_vector(const uint8_t *bytes, size_t from, size_t end,
                                                   const struct cb_run *runs, size_t count) {
  if (count == 1) return next_vector(bytes, from, end, NULL, 0, runs, 1);
  return next_vector(bytes, from, end, NULL, 0, runs, count);
}
#endif

struct cb_found cb_next(const uint8_t *bytes, size_t from, size_t end, const struct cb_run *runs,
                        size_t count) {
#ifdef HAS_VECTORS
  if (cb_has_vectors()) return units_vector(bytes, from, end, runs, count);
#endif
  return next_plain(bytes, from, end, NULL, 0, runs, count);
}

struct cb_found cb_next_in_lines(const uint8_t *bytes, struct cb_lines *lines, size_t end,
                                 size_t longest, const struct cb_run *runs, size_t count) {
#ifdef HAS_VECTORS
  if (cb_has_vectors()) return lines_vector(bytes, lines, end, longest, runs, count);
#endif
  return next_plain(bytes, lines->from, end, lines, longest, runs, count);
}
