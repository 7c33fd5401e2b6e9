"""Programs that write a corpus into a directory as the world does: by lines that are cut anywhere,
with rotation by renaming, and with deliveries that repeat what was written."""

import gzip
import os
import random
import time


class Writers:
    """The same seed writes the same bytes, whoever reads meanwhile."""

    def __init__(self, trail, logs, seed, seconds=0.0):
        self.logs = logs
        self.seconds = seconds
        self.random = random.Random(seed)
        with open(trail, "rb") as file:
            self.text = file.read()
        self.rotations = 0
        self.file = open(self.path("app.log"), "ab", buffering=0)

    def path(self, name):
        return os.path.join(self.logs, name)

    def run(self):
        """Writes all of it, over about so many seconds."""
        done, pauses = 0, 0
        start = time.monotonic()
        while done < len(self.text):
            end = min(len(self.text), done + self.random.randrange(1, len(self.text) // 60))
            if self.random.randrange(4) == 0 and b"\n" in self.text[done:end]:
                self.rotate(self.text[done:end])
            else:
                self.file.write(self.text[done:end])
            if self.random.randrange(5) == 0:
                self.deliver(done)
            done = end
            # Sleeping is left to where the text is, so that it does not change what is written.
            time.sleep(max(0, start + self.seconds * done / len(self.text) - time.monotonic()))
        self.file.close()

    def rotate(self, text):
        """Renames, writes the rest of the line to the old file, and goes on in a new one."""
        self.rotations += 1
        os.rename(self.path("app.log"), self.path(f"app.log.{self.rotations}"))
        feed = text.find(b"\n") + 1
        self.file.write(text[:feed])
        old, self.file = self.file, open(self.path("app.log"), "ab", buffering=0)
        self.file.write(text[feed:])
        old.close()

    def deliver(self, before):
        """Lines that were written already, once more, as aws-cli brings a file."""
        if before == 0:
            return
        place = self.random.randrange(before)
        start = self.text.rfind(b"\n", 0, place) + 1
        end = self.text.find(b"\n", min(place + len(self.text) // 100, len(self.text) - 1)) + 1
        folder = self.path(f"AWSLogs/{self.random.randrange(3)}")
        os.makedirs(folder, exist_ok=True)
        name = os.path.join(folder, f"{before}.json.gz")
        with open(name + ".2Af37DEe", "wb") as file:
            file.write(gzip.compress(self.text[start:end], 1, mtime=0))
        os.rename(name + ".2Af37DEe", name)
