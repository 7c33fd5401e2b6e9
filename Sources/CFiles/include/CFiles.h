#pragma once
#include <stddef.h>
#include <stdint.h>

/// memrchr, which glibc shows only to those who ask for GNU extensions.
const void *cf_last_byte(const void *bytes, int byte, size_t count);

/// What inotify said of one entry of a directory.
struct cf_event {
  int watch;
  uint32_t mask;
  /// Points into the buffer; no terminator counted; empty for the directory itself.
  const char *name;
  size_t name_length;
};

/// Reads the event at `offset` of a buffer; the offset of the next, or 0 at the end.
size_t cf_next_event(const void *buffer, size_t length, size_t offset, struct cf_event *event);

/// A descriptor that does not block, or -1.
int cf_inotify(void);

/// Watches a directory for what can mean new bytes; its number, or -1.
int cf_watch(int inotify, const char *directory);

extern const uint32_t cf_closed_write, cf_moved_to, cf_is_directory, cf_overflow, cf_ignored,
    cf_moved_from, cf_deleted, cf_self_gone;

/// Whether the file system that holds the path is known to tell inotify of every change.
int cf_tells_changes(const char *path);

/// Whether something that the kernel knows of (NTP) keeps the clock right.
int cf_clock_is_kept(void);

/// Lets threads share a few pools of memory, so that a process does not grow with how its work
/// happens to be spread over threads.
void cf_share_pools(int pools);
