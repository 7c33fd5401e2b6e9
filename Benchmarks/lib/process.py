"""One command, timed as a whole process."""

import os
import time
from dataclasses import dataclass


@dataclass
class Run:
    """Seconds and MiB of a process and those it waited for."""

    wall: float
    cpu: float
    peak: float
    status: int


def timed(command, stdout=os.devnull, stderr=os.devnull, environment=None):
    """Runs a command; `peak` is the largest resident set of any one process of it."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            for path, number in ((stdout, 1), (stderr, 2)):
                file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
                os.dup2(file, number)
            os.execvpe(command[0], command, {**os.environ, **(environment or {})})
        except OSError:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    return Run(
        wall=time.perf_counter() - begin,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss / 1024,
        status=os.waitstatus_to_exitcode(status),
    )
