"""Where the program and the corpora are, and on what kind of disk the tests run."""

import os
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BUILT = os.path.join(ROOT, ".build", "release")
WATCHFLOOR = os.environ.get("WATCHFLOOR", os.path.join(BUILT, "watchfloor"))
CORPUS = os.environ.get("CORPUS", os.path.join(BUILT, "corpus"))
# Beside what is built, so that it is on the disk of the repository and not in memory.
SCRATCH = os.environ.get("LONG_DIR", os.path.join(ROOT, ".build", "long"))
# Noon of the day after the corpora's records, so that every run has the same clock.
NOW = "2026-03-17T12:00Z"


def skip(reason):
    """Ends a test that this machine cannot run, in words that say what is absent."""
    print(f"skipped: {reason}", flush=True)
    raise SystemExit(0)


def file_system(path):
    """The kind of the file system that holds a path, as `stat -f` calls it."""
    return subprocess.run(
        ["stat", "-f", "-c", "%T", path], check=True, capture_output=True, text=True).stdout.strip()


def scratch(name):
    """An empty directory for a test, on a disk that keeps inodes as disks do."""
    folder = os.path.join(SCRATCH, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    kind = file_system(folder)
    if kind == "tmpfs":
        skip(f"'{folder}' is in memory (tmpfs); set LONG_DIR to a directory on a disk")
    return folder


def corpus(size, seed):
    """The lines of a hostile corpus, made once and kept: its path."""
    folder = os.path.join(SCRATCH, f"corpus-{size}-{seed}")
    if not os.path.exists(os.path.join(folder, "facts.json")):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([CORPUS, "--hostile", "--size", size, "--seed", str(seed), folder], check=True)
    return os.path.join(folder, "logs", "trail.ndjson")


def need(program, package):
    """Makes sure of a program, by Debian's package where root may install it."""
    if shutil.which(program):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run(["apt-get", "update", "-qq"], env=environment, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", package], env=environment, **quiet)
    if not shutil.which(program):
        skip(f"there is no '{program}' and it could not be installed: apt-get install {package}")


def need_tracing():
    """Makes sure of strace, and that this machine lets one process trace another."""
    need("strace", "strace")
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, text=True)
    if tried.returncode:
        skip(f"strace may not trace here: {tried.stderr.strip()[-200:]}")
