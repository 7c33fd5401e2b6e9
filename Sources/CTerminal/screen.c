#define _GNU_SOURCE
#include "CTerminal.h"
#include "restore.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

static SCREEN *screen;
static bool has_paste;

bool ct_is_direct(const char *terminal) {
  TERMINAL *before = cur_term;
  int problem = 0;
  bool direct = setupterm(terminal, STDOUT_FILENO, &problem) == OK && tigetflag("RGB") > 0 &&
                tigetnum("colors") >= 1 << 24;
  if (problem == 1) del_curterm(set_curterm(before));
  return direct;
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

bool ct_open(const char *terminal) {
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
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  const char *begin = tigetstr("PS"), *end = tigetstr("PE");
  has_paste = begin != NULL && begin != (char *)-1 && end != NULL && end != (char *)-1 &&
              define_key(begin, CT_KEY_PASTE_BEGIN) == OK &&
              define_key(end, CT_KEY_PASTE_END) == OK;
  send_paste_mode(true);
  learn_restore();
  return true;
}

void ct_close(void) {
  if (screen == NULL) return;
  send_paste_mode(false);
  endwin();
  delscreen(screen);
  screen = NULL;
  forget_restore();
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

void ct_put(int row, int column, const wchar_t *text, unsigned attributes, int pair) {
  static const attr_t meaning[] = {A_BOLD, A_DIM, A_UNDERLINE, A_REVERSE};
  attr_t wanted = A_NORMAL;
  for (unsigned bit = 0; bit < 4; bit++)
    if (attributes & (1u << bit)) wanted |= meaning[bit];
  cchar_t cell;
  if (setcchar(&cell, text, wanted, (short)(pair & 0x7FFF), &pair) == OK)
    mvadd_wch(row, column, &cell);
}

int ct_colours(void) { return has_colors() ? COLORS : 0; }
int ct_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

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

void ct_refresh(void) { refresh(); }
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
