// Shared by the files of this target alone.
#pragma once

/// Notes, with curses up, what this terminal needs to be given back.
void learn_restore(void);

/// The terminal has been given back in good order.
void forget_restore(void);
