#define _GNU_SOURCE
#include "CTerminal.h"
#include "restore.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;
static bool remembered;
static char restore[256];
static size_t restore_length;
static volatile sig_atomic_t taken;

void ct_remember_terminal(void) { remembered = tcgetattr(STDIN_FILENO, &before) == 0; }

/// Adds a capability's text, without its padding notes `$<5>`.
static void add_text(const char *text) {
  if (text == NULL || text == (char *)-1) return;
  while (*text && restore_length < sizeof restore) {
    if (text[0] == '$' && text[1] == '<') {
      const char *end = strchr(text, '>');
      if (end == NULL) return;
      text = end + 1;
    } else {
      restore[restore_length++] = *text++;
    }
  }
}

static void add(const char *name) { add_text(tigetstr(name)); }

void learn_restore(bool mouse) {
  restore_length = 0;
  if (mouse) {
    const char *mode = tigetstr("XM");
    // Without a sequence in its description a terminal gets xterm's oldest one from curses.
    add_text(mode == NULL || mode == (char *)-1 ? "\033[?1000l" : tiparm(mode, 0));
  }
  static const char *const wanted[] = {"sgr0", "op", "BD", "rmkx", "rmcup", "cnorm"};
  for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++) add(wanted[i]);
  // Without a screen of its own the picture stays, and what follows starts below the cursor.
  const char *leave = tigetstr("rmcup");
  if ((leave == NULL || leave == (char *)-1) && restore_length + 2 <= sizeof restore) {
    restore[restore_length++] = '\r';
    restore[restore_length++] = '\n';
  }
  taken = 1;
}

void forget_restore(void) { taken = 0; }

void ct_give_back(void) {
  if (!taken) return;
  taken = 0;
  // What is still queued for a terminal that takes nothing would only stand in the way.
  struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
  if (poll(&out, 1, 100) != 1) tcflush(STDOUT_FILENO, TCOFLUSH);
  int flags = fcntl(STDOUT_FILENO, F_GETFL);
  fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
  (void)!write(STDOUT_FILENO, restore, restore_length);
  fcntl(STDOUT_FILENO, F_SETFL, flags);
  if (remembered) tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

static void crash(int signal) {
  ct_give_back();
  ct_restore_errors();
  // SA_RESETHAND has put the default action back; it is delivered when this handler returns.
  kill(getpid(), signal);
}

void ct_catch_crashes(void) {
  // A stack that has overflowed cannot carry its own handler.
  static char spare[64 * 1024];
  stack_t stack = {.ss_sp = spare, .ss_size = sizeof spare};
  sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_handler = crash, .sa_flags = SA_RESETHAND | SA_ONSTACK};
  static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGQUIT};
  for (unsigned i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
}

static int errors = -1, error_log = -1;
static off_t log_start;

/// Copies what one log has got to the end of another.
static void move_errors(int from, off_t start, int log) {
  unsigned char piece[2048];
  for (ssize_t count; (count = pread(from, piece, sizeof piece, start)) > 0; start += count)
    if (write(log, piece, (size_t)count) != count) return;
}

bool ct_hold_errors(void) {
  static int held = -1;
  if (held < 0) held = memfd_create("errors", MFD_CLOEXEC);
  return held >= 0 && ct_redirect_errors(held);
}

bool ct_redirect_errors(int log) {
  if (errors >= 0) {
    off_t end = lseek(log, 0, SEEK_END);
    move_errors(error_log, log_start, log);
    error_log = log;
    log_start = end;
    return dup2(log, STDERR_FILENO) >= 0;
  }
  errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (errors < 0) return false;
  error_log = log;
  log_start = lseek(log, 0, SEEK_END);
  return dup2(log, STDERR_FILENO) >= 0;
}

void ct_restore_errors(void) {
  if (errors < 0) return;
  dup2(errors, STDERR_FILENO);
  errors = -1;
  if (log_start < 0) return;
  unsigned char tail[2048];
  off_t end = lseek(error_log, 0, SEEK_END);
  off_t from = end - log_start > (off_t)sizeof tail ? end - (off_t)sizeof tail : log_start;
  ssize_t count = pread(error_log, tail, sizeof tail, from);
  // Words of others may stand in it: nothing but printable ASCII reaches the terminal.
  for (ssize_t i = 0; i < count; i++)
    if (tail[i] != '\n' && (tail[i] < ' ' || tail[i] > '~')) tail[i] = '?';
  if (count > 0) (void)!write(STDERR_FILENO, tail, (size_t)count);
}
