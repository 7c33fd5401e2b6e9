"""Where things are: the repository, the programs built from it, the corpora."""

import json
import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRATCH = os.environ.get("BENCH_BUILD", os.path.join(ROOT, ".build"))
BUILT = os.path.join(SCRATCH, "release")
# What `make install` installs: it starts in half the time of one with libraries beside it.
WATCHFLOOR = os.environ.get(
    "WATCHFLOOR", os.path.join(ROOT, ".build-static", "release", "watchfloor"))
CORPUS = os.path.join(BUILT, "corpus")
# Gigabytes that can be made again: not in the repository.
KEPT = os.environ.get("BENCH_DIR", os.path.join(tempfile.gettempdir(), "watchfloor-bench"))
RULE = "aws_ecr_container_scanning_findings_high"
NEEDLE = "DescribeImageScanFindings"


def build():
    """Builds both programs where the sources are newer, and says so."""
    builds = {"corpus": [
        "swift", "build", "-c", "release", "--scratch-path", SCRATCH, "--product", "corpus"]}
    if "WATCHFLOOR" not in os.environ:
        builds["watchfloor"] = ["make", "static"]
    for product, command in builds.items():
        print(f"building {product} ...", flush=True)
        subprocess.run(
            command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Corpus:
    """A folder that `corpus` has written, made once and kept."""

    def __init__(self, name, *options):
        self.folder = os.path.join(KEPT, name)
        self.logs = os.path.join(self.folder, "logs")
        facts = os.path.join(self.folder, "facts.json")
        wanted = " ".join(options)
        note = os.path.join(self.folder, "options")
        if not os.path.exists(note) or open(note).read() != wanted or not self._is_whole(facts):
            subprocess.run(["rm", "-rf", self.folder], check=True)
            subprocess.run([CORPUS, *options, self.folder], check=True)
            with open(note, "w") as file:
                file.write(wanted)
        with open(facts) as file:
            self.facts = json.load(file)

    @staticmethod
    def _is_whole(facts):
        """Whether this version of `corpus` wrote it, to the end."""
        if not os.path.exists(facts):
            return False
        with open(facts) as file:
            return "ratio" in json.load(file)

    def remove(self):
        """Gives its room back."""
        subprocess.run(["rm", "-rf", self.folder], check=True)

    def expected(self, exact=False):
        """The file of the rows that must come."""
        return os.path.join(self.folder, "expected-exact.ndjson" if exact else "expected.ndjson")

    def first_file(self):
        return os.path.join(self.logs, "trail.ndjson")


def warm(corpus):
    """Reads every file once, so that no contender pays for a cold cache."""
    subprocess.run(
        ["find", corpus.logs, "-type", "f", "-exec", "cat", "{}", "+"],
        stdout=subprocess.DEVNULL, check=True)
