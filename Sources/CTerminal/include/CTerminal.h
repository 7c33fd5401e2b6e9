// What Swift needs of curses and of the terminal's signals, as plain functions: curses hides much
// behind macros, and a signal handler has to be C.
#pragma once
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <ncurses.h>
#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

// Curses

/// Attributes of a cell; a set of these becomes curses' own in `ct_put`.
enum {
  CT_BOLD = 1,
  CT_DIM = 2,
  CT_UNDERLINE = 4,
  CT_REVERSE = 8,
};

/// Keys that curses numbers by macro.
enum {
  CT_KEY_F0 = KEY_F0,
  CT_KEY_MOUSE = KEY_MOUSE,
  CT_KEY_NOTHING = KEY_MAX - 3,
  CT_KEY_PASTE_BEGIN = KEY_MAX - 2,
  CT_KEY_PASTE_END = KEY_MAX - 1,
};

/// Colours of the terminal description of that name, 2^24 where it takes them as numbers; -1 where
/// there is no such description, -2 where it cannot address the screen's cells. A null name is
/// that of TERM.
int ct_describe(const char *terminal);

/// Takes the terminal, with or without its colours and its mouse; false where no description fits.
bool ct_open(const char *terminal, bool colours, bool mouse);

/// Gives the terminal back and forgets the screen.
void ct_close(void);

int ct_columns(void);
int ct_rows(void);

/// Takes the terminal's size over into curses; true where it has changed.
bool ct_follow_size(void);

/// Puts one glyph, a null-terminated run of wide characters, with attributes and colour pair. One
/// that the C library gives another width than `width` becomes question marks: the picture must
/// not shift.
void ct_put(
    int row, int column, const wchar_t *text, int width, unsigned attributes, int pair);

/// Shows the cursor at a cell, or hides it where `row` is negative.
void ct_set_cursor(int row, int column);

/// Defines a pair of colours; -1 is the terminal's own foreground or background.
bool ct_define_pair(int pair, int foreground, int background);

/// The pair of cells that nothing was put on.
void ct_set_ground(int pair);

/// The next curses key or character: 1 key, 0 character, -1 nothing there.
int ct_next_key(unsigned *code);

/// What the mouse did, after `CT_KEY_MOUSE` came: 1 its left button, 2 the wheel up, 3 the wheel
/// down, 0 nothing that matters.
int ct_next_click(int *row, int *column);

/// Sends what has changed since the last call. A terminal that takes nothing for `patience`
/// seconds ends the program.
void ct_refresh(unsigned patience);

/// Whether the terminal takes output now.
bool ct_is_writable(void);

/// Has the next refresh send everything.
void ct_repaint(void);

/// Writes bytes that are no part of the picture (a bell, a copy) to the terminal.
void ct_send(const char *bytes, size_t count);

// Signals

/// What the bell rang for; each is told once.
enum {
  CT_RESIZED = 1,
  CT_SUSPEND = 2,
  CT_CONTINUED = 4,
  CT_END = 8,
};

/// Has signals of the terminal ring, before curses could take them; returns the descriptor that
/// becomes readable then, or -1. SIGPIPE is ignored.
int ct_listen(void);

/// What has rung since the last call.
unsigned ct_rung(void);

/// The signal that asked for the end: SIGTERM, SIGHUP or SIGINT; 0 while none has.
int ct_end_signal(void);

/// The terminal has been given back: takes back the alarm which would force the end, and a second
/// signal ends the program by itself.
void ct_stand_down(void);

/// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again after
/// SIGCONT.
void ct_suspend(void);

/// Takes the terminal again after somebody else has stopped and continued the process.
void ct_resume(void);

// The terminal given back

/// Remembers the terminal as it is before curses, for `ct_give_back` in whatever distress.
void ct_remember_terminal(void);

/// Has a crash give the terminal back and then die by its signal.
void ct_catch_crashes(void);

/// Gives the terminal back without curses and without waiting for it; safe in a signal handler.
void ct_give_back(void);

// Standard error

/// Keeps what is said on standard error in memory until `ct_redirect_errors` names a better place
/// or `ct_restore_errors` prints it.
bool ct_hold_errors(void);

/// Sends standard error to a log's descriptor until `ct_restore_errors`; the next time to another,
/// and what the first has got along.
bool ct_redirect_errors(int log);

/// Brings standard error back and prints the end of what the log got meanwhile, as ASCII text.
/// Safe in a signal handler.
void ct_restore_errors(void);
