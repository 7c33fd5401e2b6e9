#define _GNU_SOURCE
#include "CFiles.h"
#include <string.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <sys/timex.h>
#include <malloc.h>

const void *cf_last_byte(const void *bytes, int byte, size_t count) {
  return memrchr(bytes, byte, count);
}

size_t cf_next_event(const void *buffer, size_t length, size_t offset, struct cf_event *event) {
  struct inotify_event head;
  if (offset + sizeof head > length) return 0;
  const char *place = (const char *)buffer + offset;
  memcpy(&head, place, sizeof head);
  event->watch = head.wd;
  event->mask = head.mask;
  event->name = place + sizeof head;
  event->name_length = strnlen(event->name, head.len);
  return offset + sizeof head + head.len;
}

int cf_inotify(void) { return inotify_init1(IN_NONBLOCK | IN_CLOEXEC); }

int cf_watch(int inotify, const char *directory) {
  return inotify_add_watch(inotify, directory,
                           IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM |
                               IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR);
}

const uint32_t cf_closed_write = IN_CLOSE_WRITE, cf_moved_to = IN_MOVED_TO,
               cf_is_directory = IN_ISDIR, cf_overflow = IN_Q_OVERFLOW, cf_ignored = IN_IGNORED,
               cf_moved_from = IN_MOVED_FROM, cf_deleted = IN_DELETE,
               cf_self_gone = IN_DELETE_SELF | IN_MOVE_SELF;

int cf_tells_changes(const char *path) {
  struct statfs about;
  if (statfs(path, &about) != 0) return 0;
  switch ((unsigned long)about.f_type) {
    case 0xEF53:      // ext2, ext3, ext4
    case 0x9123683E:  // btrfs
    case 0x58465342:  // xfs
    case 0x01021994:  // tmpfs
    case 0x2FC12FC1:  // zfs
    case 0xF2F52010:  // f2fs
    case 0x794C7630:  // overlayfs: its upper layer tells
      return 1;
    default:  // NFS, SMB, FUSE, 9p and whatever is not known
      return 0;
  }
}

int cf_clock_is_kept(void) {
  struct timex about = {0};
  return adjtimex(&about) != TIME_ERROR;
}

void cf_share_pools(int pools) {
#ifdef M_ARENA_MAX
  // Where it is refused, memory is only kept less tightly.
  mallopt(M_ARENA_MAX, pools);
#endif
}
