"""What the dashboard says of a directory that it follows, as numbers and lines to compare."""

import json
import os
import re
import signal
import subprocess
import time

import jobs

# The newest events of a corpus are older than this: ranges end with it.
CLOCK = "2026-03-18T12:00Z"


class Floor:
    """A dashboard without a screen that follows one directory."""

    def __init__(self, folder, state):
        self.folder, self.state = folder, state
        os.makedirs(folder, exist_ok=True)
        self.log = open(state + ".log", "wb")
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [jobs.WATCHFLOOR, "watch", "--headless", "--state", self.state, "--now", CLOCK,
             self.folder], stdout=self.log, stderr=self.log)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def told(self):
        """What it says once it has read all that is there: twice the same with time between."""
        last, deadline = None, time.monotonic() + 120
        while time.monotonic() < deadline:
            time.sleep(4)
            now = totals(self.state)
            if now == last and now["files read"]:
                break
            last = now
        else:
            raise AssertionError(f"'{self.folder}' is not read to its end: {last}")
        self.process.terminate()
        self.process.wait()
        return last


def asked(*command):
    done = subprocess.run(
        [jobs.WATCHFLOOR, *command], capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def totals(state):
    """The numbers of the header, the panes as they stand, what a state holds, risk and findings."""
    frame = asked("frame", "--state", state, "--size", "160x60", "--now", CLOCK).splitlines()
    shown = re.search(r"CRITICAL [\d,]+ +HIGH [\d,]+ +repositories [\d,]+ +users [\d,]+", frame[0])
    held = {}
    for line in asked("state", "show", "--state", state).splitlines():
        fact = json.loads(line)
        held[fact["fact"]] = fact["value"]
    risk = asked(
        "search", "--state", state, "--now", CLOCK, "--format", "ndjson",
        "index=risk | stats count sum(calculated_risk_score) as risk by risk_object source")
    findings = asked("export", "ocsf-vulnerability", "--state", state, "--now", CLOCK)
    return {
        "header": shown and shown[0], "panes": frame[1:-1],
        "held": {name: held.get(name) for name in ("findings", "rows", "risk events")},
        "risk": sorted(risk.splitlines()), "findings": sorted(findings.splitlines()),
        "files read": held.get("files")}


def differences(one, other):
    """In words, the parts that two dashboards say differently; empty where they agree."""
    found = []
    for part in ("header", "held", "risk", "findings", "panes"):
        left, right = one[part], other[part]
        if left == right:
            continue
        if isinstance(left, list):
            pairs = [(a, b) for a, b in zip(left, right) if a != b][:3]
            found.append(f"{part}: {len(left)} and {len(right)} lines")
            found += [f"  {a[:600]}\n  {b[:600]}" for a, b in pairs]
        else:
            found.append(f"{part}: {left}\n  {right}")
    return found
