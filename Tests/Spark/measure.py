"""Measures a job on two local cores: measure.py LAYOUT SIZE, or measure.py keys COUNT.

    ndjson, records, gz, small   a corpus of that layout, the seed rule; rows are compared by number
    keys                         a rule whose groups are so many different keys

Prints bytes, files, seconds, core-seconds, rows, the highest memory of JVM and Python workers, and
what the checkpoint takes.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import compare  # noqa: E402
import jobs  # noqa: E402

jobs.JAVA_OPTION = "-XX:+UseParallelGC"

KEYS = """name: Keys
id: 00000000-0000-0000-0000-000000000098
version: 1
type: Hunting
description: A row a key.
search: |-
  `cloudtrail` eventName=GetObject
    | stats count min(_time) as firstTime max(_time) as lastTime by requestParameters.key
"""


def processes(group):
    """The processes of a group: resident kB and CPU seconds of each."""
    found = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            if int(fields[2]) != group and int(fields[3]) != group:
                continue
            seconds = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
            found[int(name)] = int(fields[21]) * 4, seconds
        except (OSError, IndexError):
            continue
    return found


def watched(job, logs, out, checkpoint):
    """Runs a job; seconds, core-seconds and the highest resident MiB of all its processes."""
    start, highest, spent = time.monotonic(), 0, {}
    process = jobs.started(job, logs, out, checkpoint, "--once")
    while process.poll() is None:
        now = processes(process.pid)
        highest = max(highest, sum(kept for kept, _ in now.values()))
        spent.update({name: seconds for name, (_, seconds) in now.items()})
        time.sleep(0.5)
    assert process.returncode == 0, open(out + ".log", errors="replace").read()[-3000:]
    return time.monotonic() - start, sum(spent.values()), highest >> 10


def size_of(folder):
    return sum(
        os.path.getsize(os.path.join(where, name))
        for where, _, names in os.walk(folder) for name in names)


def keys(folder, count):
    logs = os.path.join(folder, "logs")
    os.makedirs(logs)
    for part in range(8):
        with gzip.open(os.path.join(logs, f"{part}.ndjson.gz"), "wt", compresslevel=1) as file:
            for number in range(part, count, 8):
                file.write(compare.record(
                    number, f"2026-03-16T{10 + number % 4:02d}:10:00Z",
                    requestParameters={"key": f"object-{number:09d}"}) + "\n")
    rule = os.path.join(folder, "keys.yml")
    with open(rule, "w") as file:
        file.write(KEYS)
    return logs, rule


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["ndjson", "records", "gz", "small", "keys"])
    parser.add_argument("size")
    options = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix="watchfloor-spark-")
    jobs.alone(scratch)
    try:
        if options.what == "keys":
            logs, rule = keys(scratch, int(options.size))
            wanted = int(options.size)
        else:
            logs = compare.corpus(os.path.join(scratch, "corpus"), options.size, options.what)
            rule = compare.SEED
            with open(os.path.join(scratch, "corpus", "expected.ndjson")) as file:
                wanted = sum(json.loads(line)["count"] for line in file)
        job, out = os.path.join(scratch, "job.py"), os.path.join(scratch, "rows")
        jobs.compiled([rule], job)
        seconds, cores, memory = watched(job, logs, out, os.path.join(scratch, "checkpoint"))
        found = subprocess.run(
            f"cat {out}/rows-*.jsonl | grep -o '\"count\":[0-9]*,\"first\"' | tr -dc '0-9\\n' | "
            "awk '{rows++; sum+=$1} END {print rows, sum}'",
            shell=True, capture_output=True, text=True).stdout.split()
        told = compare.progress(out)
        if len(told) > 1:
            # A row that later batches changed is there in several versions.
            last = compare.rows.job_rows(out).values()
            found = [len(last), sum(row["count"] for row in last)]
        assert int(found[1]) == wanted, (found, wanted)
        print(json.dumps({
            "what": options.what, "size": options.size, "stored": size_of(logs),
            "files": sum(len(names) for _, _, names in os.walk(logs)),
            "records": sum(one["records"] for one in told.values()), "batches": len(told),
            "seconds": round(seconds, 1), "core_seconds": round(cores, 1), "rows": int(found[0]),
            "peak_mib": memory, "row_bytes": size_of(out),
            "checkpoint_bytes": size_of(os.path.join(scratch, "checkpoint"))}))
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
