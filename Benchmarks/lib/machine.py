"""What the figures were measured on."""

import os
import platform


def _first(path, key):
    with open(path) as lines:
        for line in lines:
            if line.startswith(key):
                return line.split(":", 1)[1].strip()
    return "unknown"


def sentence():
    """One line for the head of a table: processor, cores, memory, kernel, load."""
    memory = int(_first("/proc/meminfo", "MemTotal").split()[0]) / 1048576
    load = os.getloadavg()[0]
    return (
        f"{_first('/proc/cpuinfo', 'model name')}, {len(os.sched_getaffinity(0))} cores, "
        f"{memory:.0f} GiB, {platform.system()} {platform.release()}, load {load:.1f} at the start"
    )
