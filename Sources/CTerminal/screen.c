#define _GNU_SOURCE
#include "CTerminal.h"
#include "restore.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

static SCREEN *screen;
static bool has_paste;

int ct_describe(const char *terminal) {
  TERMINAL *before = cur_term;
  int outcome = 0;
  if (setupterm(terminal, STDOUT_FILENO, &outcome) != OK && outcome != 1) return -1;
  bool addresses = tigetstr("cup") != NULL;
  int colours = tigetnum("colors");
  // A description may say RGB and still take 256 numbers, or many numbers of another meaning.
  if (colours > 256) colours = tigetflag("RGB") > 0 && colours >= 1 << 24 ? 1 << 24 : 256;
  del_curterm(set_curterm(before));
  if (!addresses) return -2;
  return colours < 0 ? 0 : colours;
}

/// Sends a capability that the terminal may or may not have.
static void send_capability(const char *name) {
  const char *text = tigetstr(name);
  if (text != NULL && text != (char *)-1) putp(text);
}

static void send_paste_mode(bool on) {
  if (!has_paste) return;
  send_capability(on ? "BE" : "BD");
  fflush(stdout);
}

/// Ctrl-S would stop the output and Ctrl-Q is a key like any other.
static void without_flow_control(void) {
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return;
  modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

bool ct_open(const char *terminal, bool colours, bool mouse) {
  set_escdelay(25);
  screen = newterm(terminal, stdout, stdin);
  if (screen == NULL) return false;
  cbreak();
  noecho();
  nonl();
  without_flow_control();
  def_prog_mode();
  nodelay(stdscr, true);
  keypad(stdscr, true);
  intrflush(stdscr, false);
  leaveok(stdscr, true);
  curs_set(0);
  if (colours && has_colors()) {
    start_color();
    use_default_colors();
  }
  const char *begin = tigetstr("PS"), *end = tigetstr("PE");
  has_paste = begin != NULL && begin != (char *)-1 && end != NULL && end != (char *)-1 &&
              define_key(begin, CT_KEY_PASTE_BEGIN) == OK &&
              define_key(end, CT_KEY_PASTE_END) == OK;
  send_paste_mode(true);
  bool has_mouse = false;
  if (mouse) {
    // A press is told at once: waiting for a second one would make every click slow.
    mouseinterval(0);
    has_mouse = mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL) != 0;
  }
  learn_restore(has_mouse);
  return true;
}

void ct_close(void) {
  if (screen == NULL) return;
  begin_patience(3);
  // What is queued for a terminal that takes nothing would only stand in the way.
  if (!ct_is_writable()) tcflush(STDOUT_FILENO, TCOFLUSH);
  send_paste_mode(false);
  mousemask(0, NULL);
  endwin();
  delscreen(screen);
  screen = NULL;
  forget_restore();
  patience_rewarded();
}

int ct_columns(void) { return getmaxx(stdscr); }
int ct_rows(void) { return getmaxy(stdscr); }

bool ct_follow_size(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return false;
  if (size.ws_row == 0 || size.ws_col == 0) return false;
  if (!is_term_resized(size.ws_row, size.ws_col)) return false;
  return resizeterm(size.ws_row, size.ws_col) == OK;
}

void ct_put(
    int row, int column, const wchar_t *text, int width, unsigned attributes, int pair) {
  static const attr_t meaning[] = {A_BOLD, A_DIM, A_UNDERLINE, A_REVERSE};
  attr_t wanted = A_NORMAL;
  for (unsigned bit = 0; bit < 4; bit++)
    if (attributes & (1u << bit)) wanted |= meaning[bit];
  cchar_t cell;
  if (wcwidth(text[0]) == width) {
    if (setcchar(&cell, text, wanted, (short)(pair & 0x7FFF), &pair) == OK)
      mvadd_wch(row, column, &cell);
  } else if (setcchar(&cell, L"?", wanted, (short)(pair & 0x7FFF), &pair) == OK) {
    for (int i = 0; i < width; i++) mvadd_wch(row, column + i, &cell);
  }
}

void ct_set_cursor(int row, int column) {
  leaveok(stdscr, row < 0);
  curs_set(row >= 0);
  if (row >= 0) move(row, column);
}

bool ct_define_pair(int pair, int foreground, int background) {
  return init_extended_pair(pair, foreground, background) == OK;
}

void ct_set_ground(int pair) {
  cchar_t blank;
  if (setcchar(&blank, L" ", A_NORMAL, (short)(pair & 0x7FFF), &pair) == OK) bkgrnd(&blank);
}

int ct_next_key(unsigned *code) {
  wint_t key = 0;
  int kind = get_wch(&key);
  *code = key;
  return kind == ERR ? -1 : kind == KEY_CODE_YES;
}

int ct_next_click(int *row, int *column) {
  MEVENT event;
  if (getmouse(&event) != OK) return 0;
  *row = event.y;
  *column = event.x;
  if (event.bstate & BUTTON1_PRESSED) return 1;
  if (event.bstate & BUTTON4_PRESSED) return 2;
  return event.bstate & BUTTON5_PRESSED ? 3 : 0;
}

void ct_refresh(unsigned patience) {
  begin_patience(patience);
  refresh();
  patience_rewarded();
}

bool ct_is_writable(void) {
  struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
  return poll(&out, 1, 0) == 1;
}

void ct_repaint(void) { clearok(stdscr, true); }

void ct_send(const char *bytes, size_t count) {
  fwrite(bytes, 1, count, stdout);
  fflush(stdout);
}

void ct_suspend(void) {
  send_paste_mode(false);
  endwin();
  struct sigaction ours, usual = {.sa_handler = SIG_DFL};
  sigaction(SIGTSTP, &usual, &ours);
  kill(getpid(), SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  ct_resume();
}

void ct_resume(void) {
  // The picture on the terminal may be anybody's: modes first, then everything again.
  reset_prog_mode();
  clearok(stdscr, true);
  refresh();
  send_paste_mode(true);
}
