"""The real program, following a directory without a screen."""

import os
import signal
import sqlite3
import subprocess
import time

from . import places, state


class Program:
    """`watchfloor watch --headless` on a floor; `prefix` is what it is run under."""

    def __init__(self, floor, *options, prefix=(), limits=None):
        self.floor = floor
        command = [*prefix, places.WATCHFLOOR, "watch", "--headless", "--now", places.NOW,
                   "--state", floor.state, *options, floor.logs]
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": floor.folder,
                       "SWIFT_BACKTRACE": "enable=no"}
        self.errors = open(os.path.join(floor.folder, "errors"), "ab")
        self.said = self.errors.tell()
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=self.errors, preexec_fn=limits)
        self.has_tracer = bool(prefix)

    @property
    def is_running(self):
        return self.process.poll() is None

    @property
    def follows(self):
        """Whether it has said so: from then on it ends well when it is asked to."""
        with open(self.errors.name, "rb") as errors:
            errors.seek(self.said)
            return b"watchfloor: following" in errors.read()

    @property
    def pid(self):
        """The program's own number, not that of what it is run under; None when it is gone."""
        if not self.has_tracer:
            return self.process.pid
        tracer = self.process.pid
        try:
            with open(f"/proc/{tracer}/task/{tracer}/children") as children:
                return int((children.read().split() or [0])[0]) or None
        except FileNotFoundError:
            return None

    def signal(self, number):
        if self.pid and self.is_running:
            os.kill(self.pid, number)

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.end()

    def stop(self, deadly=lambda floor: False):
        """Asks it to end: its status. Fails where that is not 0 and nothing deadly was done to it."""
        self.signal(signal.SIGTERM)
        status = self.end()
        if status != 0 and not deadly(self.floor):
            raise Failure(f"it ended with {status} on SIGTERM: {self.floor.tail()}")
        return status

    def end(self, within=120):
        try:
            status = self.process.wait(timeout=within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure(f"it did not end within {within} s: {self.floor.tail()}")
        finally:
            self.errors.close()
        return status

    def settle(self, within=180):
        """Waits until everything in the directory was read and committed.

        Fails where nothing has moved for so many seconds: how fast it goes is not the question."""
        deadline = time.monotonic() + within
        wrong = None
        while time.monotonic() < deadline:
            if not self.is_running:
                raise Failure(f"it ended with {self.process.returncode}: {self.floor.tail()}")
            if not self.follows:
                time.sleep(0.02)
                continue
            start, before = time.monotonic(), wrong
            try:
                wrong = state.behind(self.floor.state, self.floor.logs)
            except sqlite3.OperationalError as problem:
                wrong = {"state.sqlite": str(problem)}
            if not wrong:
                return
            if wrong != before:
                deadline = time.monotonic() + within
            # To look at many files takes long, and takes the machine from what is looked at.
            time.sleep(max(0.02, 4 * (time.monotonic() - start)))
        self.kill()
        raise Failure(f"nothing was read for {within} s: {dict(list((wrong or {}).items())[:5])}")


class Failure(Exception):
    """A promise that was not kept."""


class Floor:
    """A directory of logs and a state of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.logs = os.path.join(folder, "logs")
        self.state = os.path.join(folder, "state")
        os.makedirs(self.logs)

    def run(self, *options, **how):
        return Program(self, *options, **how)

    def finish(self, *options, **how):
        """Runs undisturbed until all is read, ends, and answers what the state holds."""
        program = self.run(*options, **how)
        program.settle()
        program.stop()
        return self.contents()

    def contents(self):
        found = state.damage(self.state)
        if found != "ok":
            raise Failure(f"the database is damaged: {found[:500]}")
        return state.contents(self.state)

    def tail(self, lines=3):
        """The last words that the program said."""
        with open(os.path.join(self.folder, "errors"), errors="replace") as errors:
            return " / ".join(errors.read().splitlines()[-lines:])
