#define _GNU_SOURCE
#include "CTerminal.h"
#include "restore.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/// Seconds that the program has to end in once a signal has asked for it.
enum { hurry = 3 };

static int bell[2] = {-1, -1};
static volatile sig_atomic_t resized, suspended, continued, ending;

static void ring(int signal) {
  int saved = errno;
  switch (signal) {
  case SIGWINCH: resized = 1; break;
  case SIGTSTP: suspended = 1; break;
  case SIGCONT: continued = 1; break;
  default:
    // A program that waits for a terminal which takes nothing does not see the bell.
    if (!ending) alarm(hurry);
    ending = signal;
  }
  (void)!write(bell[1], "!", 1);
  errno = saved;
}

/// The end did not come: gives the terminal back and dies by the signal that asked for it.
static void force_end(int signal) {
  (void)signal;
  int wanted = ending ? ending : SIGTERM;
  ct_give_back();
  ct_restore_errors();
  struct sigaction usual = {.sa_handler = SIG_DFL};
  sigaction(wanted, &usual, NULL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, wanted);
  kill(getpid(), wanted);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  _exit(128 + wanted);
}

int ct_listen(void) {
  if (bell[0] < 0) {
    if (pipe2(bell, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
  }
  static const int heard[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT};
  struct sigaction action = {.sa_handler = ring, .sa_flags = SA_RESTART};
  for (unsigned i = 0; i < sizeof heard / sizeof *heard; i++) sigaction(heard[i], &action, NULL);
  struct sigaction forced = {.sa_handler = force_end};
  sigaction(SIGALRM, &forced, NULL);
  struct sigaction ignored = {.sa_handler = SIG_IGN};
  sigaction(SIGPIPE, &ignored, NULL);
  return bell[0];
}

unsigned ct_rung(void) {
  char scratch[64];
  while (read(bell[0], scratch, sizeof scratch) == (ssize_t)sizeof scratch) {}
  unsigned rung = 0;
  if (resized) resized = 0, rung |= CT_RESIZED;
  if (suspended) suspended = 0, rung |= CT_SUSPEND;
  if (continued) continued = 0, rung |= CT_CONTINUED;
  if (ending) rung |= CT_END;
  return rung;
}

int ct_end_signal(void) { return ending; }

void begin_patience(unsigned seconds) {
  if (!ending) alarm(seconds);
}

void patience_rewarded(void) { alarm(ending ? hurry : 0); }

void ct_stand_down(void) {
  alarm(0);
  struct sigaction usual = {.sa_handler = SIG_DFL};
  sigaction(SIGTERM, &usual, NULL);
  sigaction(SIGHUP, &usual, NULL);
  sigaction(SIGINT, &usual, NULL);
  sigaction(SIGTSTP, &usual, NULL);
}
