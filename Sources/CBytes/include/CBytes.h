#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Passes over raw bytes, in vectors where the processor has them (AVX2), else byte by byte. Which
// of the two ran cannot be told from what they answer.

/// A run of ASCII letters that is looked for in either case.
struct cb_run {
  /// In lower case; at least one.
  const uint8_t *letters;
  size_t length;
  /// Where in the run the two letters are, below 64, that are compared first.
  size_t first, second;
};

/// What a pass stopped at: an index of the run that was found, or one of these.
enum { cb_escape = -1, cb_unusual = -2, cb_end = -3 };

struct cb_found {
  int what;
  size_t place;
};

/// The first place at or after `from` where a run begins, or an escape of a letter or backslash
/// (`\u0041`), that ends before `end` too. Memory must be readable up to `end` + 96.
struct cb_found cb_next(const uint8_t *bytes, size_t from, size_t end, const struct cb_run *runs,
                        size_t count);

/// Where a pass over lines is.
struct cb_lines {
  /// Where the line begins that is looked at.
  size_t line;
  /// Where in it the search goes on.
  size_t from;
  /// Lines passed over that hold none of the runs, begin with { and end with }.
  int64_t plain;
};

/// The same for whole lines, which it counts: stops also at the feed of a line that is longer than
/// `longest` or not an object at first sight (`cb_unusual`). The last byte before `end` is a feed.
struct cb_found cb_next_in_lines(const uint8_t *bytes, struct cb_lines *lines, size_t end,
                                 size_t longest, const struct cb_run *runs, size_t count);

/// How a walk along a JSON value stands between two pieces of its text.
struct cb_skim {
  /// The kinds of the innermost 64 brackets that are open, the last in bit 0; 1 for [.
  uint64_t kinds;
  uint32_t depth;
  uint8_t place;
  /// Whether the piece ended inside an escape sequence.
  bool is_escaped;
  /// Whether `kinds` has lost brackets: then closing ones are counted, not compared.
  bool is_deep;
};

enum { cb_between = 0, cb_in_string = 1, cb_after_string = 2 };
enum { cb_more = 0, cb_ended = 1, cb_broken = 2 };
/// Values nested deeper than this are broken.
enum { cb_depth_limit = 512 };

/// Goes on from `*index` to the end of the value, which it sets `*index` behind; to the byte that
/// no value can have there; or to `end`. Knows strings and kinds of bracket, not the grammar.
int cb_skim(const uint8_t *bytes, size_t *index, size_t end, struct cb_skim *state);

/// Keeps to the passes byte by byte, or not: for tests that compare them.
void cb_set_plain(bool is_plain);
