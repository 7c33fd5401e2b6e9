// Shared by the files of this target alone.
#pragma once
#include <stdbool.h>

/// Notes, with curses up, what this terminal needs to be given back, its mouse too.
void learn_restore(bool mouse);

/// The terminal has been given back in good order.
void forget_restore(void);

/// Ends the program in so many seconds unless `patience_rewarded` comes first. A signal that has
/// asked for the end leaves less time.
void begin_patience(unsigned seconds);
void patience_rewarded(void);
