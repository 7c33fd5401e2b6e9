"""A program on a pseudo-terminal, watched with the time of each of its bytes."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

from lib.screen import Screen


class Terminal:
    def __init__(self, command, columns=120, rows=36):
        self.screen = Screen(columns, rows)
        self.bytes = 0
        self.started = time.perf_counter()
        # When the newest bytes came.
        self.last = self.started
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
            os.execvp(command[0], command)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def pump(self, seconds):
        """Takes what comes next; false when nothing did within that time."""
        if not select.select([self.master], [], [], max(0, seconds))[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            raise SystemExit("the program has ended:\n" + self.screen.text())
        self.last = time.perf_counter()
        self.bytes += len(data)
        self.screen.take(data)
        return True

    def wait(self, condition, seconds=30):
        """Waits until the screen's text fulfils a condition; the time when it did."""
        end = time.perf_counter() + seconds
        while not condition(self.screen.text()):
            if not self.pump(end - time.perf_counter()) and time.perf_counter() >= end:
                raise SystemExit("this was waited for in vain on:\n" + self.screen.text())
        return self.last

    def settle(self, quiet=0.05, seconds=30):
        """Waits until nothing has come for that long; the time of the last byte."""
        end = time.perf_counter() + seconds
        while self.pump(quiet) and time.perf_counter() < end:
            pass
        return self.last

    def steady(self, quiet=1.0, seconds=120):
        """Waits until the rows stay the same for that long; the clock above them may go on."""
        rows, since, end = "", time.perf_counter(), time.perf_counter() + seconds
        while time.perf_counter() < min(since + quiet, end):
            self.pump(0.1)
            now = self.screen.text().partition("\n")[2]
            if now != rows:
                rows, since = now, time.perf_counter()
        return since

    def type(self, keys):
        os.write(self.master, keys.encode())

    def cpu(self):
        """Seconds that its threads have used."""
        with open(f"/proc/{self.process}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        """MiB of its largest resident set so far."""
        with open(f"/proc/{self.process}/status") as file:
            line = next(line for line in file if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def end(self):
        os.kill(self.process, signal.SIGTERM)
        while True:
            try:
                if not os.read(self.master, 65536):
                    break
            except OSError:
                break
        os.waitpid(self.process, 0)
        os.close(self.master)
