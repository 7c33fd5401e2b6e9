"""The pack and the rules of bulk.txt over a generated corpus of any size, row by row.

The corpus is hostile. A second run of the job finds records that are late within the watermark,
copies of what was read, and records behind the watermark, which must be written aside.
"""

import collections
import glob
import gzip
import json
import os
import subprocess

import jobs
import rows

WATERMARK_DAYS = 10
TOO_LATE = 500


def local_windows(logs, folder):
    """The records that watchfloor itself finds in logs, in a file for each window."""
    os.makedirs(folder)
    process = subprocess.Popen(
        [jobs.WATCHFLOOR, "search", "--format", "ndjson", "search * | table _time _raw", logs],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
    files, count = {}, 0
    for line in process.stdout:
        record = json.loads(line)
        window = (int(record.get("_time", 0)) + 600) // 3600 * 3600 - 600
        if window not in files:
            files[window] = open(
                os.path.join(folder, f"{window}.ndjson"), "w", encoding="utf-8")
        files[window].write(record["_raw"] + "\n")
        count += 1
    for file in files.values():
        file.close()
    assert process.wait() == 0, "the local search has failed"
    return {window: file.name for window, file in files.items()}, count


def local_rows(windows, rules, folders):
    """{(rule, window): sorted rows as text} of a scan of each window."""
    found = {}
    for window, path in sorted(windows.items()):
        told = collections.defaultdict(list)
        for row in rows.scan(jobs.WATCHFLOOR, rules, [path], folders=folders):
            name = row.pop("search_name")[len("ESCU - "):-len(" - Rule")]
            marks = row.pop("watchfloor_marks", None)
            marks = [marks] if isinstance(marks, str) else marks or []
            told[name].append(rows.plain(row.items(), marks))
        found.update({(name, window): sorted(texts) for name, texts in told.items()})
    return found


def too_late(path):
    """Records from long before the corpus begins."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number in range(TOO_LATE):
            file.write(json.dumps({
                "eventVersion": "1.08", "eventSource": "s3.amazonaws.com",
                "eventName": "ListObjects", "eventTime": f"2026-02-01T10:{number % 60:02d}:00Z",
                "awsRegion": "eu-west-1", "eventID": f"old-{number}",
                "userIdentity": {"type": "IAMUser", "userName": "old"}}) + "\n")


def several(folder, mebibytes, layout, corpus, seed):
    """Hostile logs of one layout, or of a third of the size of each."""
    layouts = ["ndjson", "records", "gz"] if layout == "mixed" else [layout]
    logs = os.path.join(folder, "all")
    os.makedirs(logs)
    for place, one in enumerate(layouts):
        made = corpus(
            os.path.join(folder, one), f"{max(1, mebibytes // len(layouts))}M", one, "--hostile",
            "--seed", str(seed + place))
        os.rename(made, os.path.join(logs, one))
    return logs


def first_file(logs):
    return sorted(path for path in glob.glob(os.path.join(logs, "**", "*"), recursive=True)
                  if os.path.isfile(path))[0]


def compare(scratch, layout, size, pack, corpus, written, agree, progress):
    names = written("bulk.txt", os.path.join(scratch, "rules"))
    rules = {**pack, **names}
    mebibytes = int(size[:-1]) * {"M": 1, "G": 1024}[size[-1]]
    logs = several(os.path.join(scratch, "corpus"), mebibytes, layout, corpus, seed=1)
    late = several(
        os.path.join(scratch, "late"), max(1, mebibytes // 50), layout, corpus, seed=11)
    job, out = os.path.join(scratch, "bulk.py"), os.path.join(scratch, "rows")
    jobs.compiled([*pack, os.path.join(scratch, "rules")], job)
    options = ("--once", "--watermark", str(WATERMARK_DAYS))
    checkpoint = os.path.join(scratch, "checkpoint")
    jobs.run(job, logs, out, checkpoint, *options)
    before = len(rows.job_rows(out))
    # What comes later: late within the watermark, what was there already, and too late.
    os.rename(late, os.path.join(logs, "later"))
    original = first_file(logs)
    copied = os.path.join(logs, "later", "copy-" + os.path.basename(original))
    copy_some(original, copied)
    too_late(os.path.join(scratch, "old.gz"))
    os.rename(os.path.join(scratch, "old.gz"), os.path.join(logs, "later", "old.gz"))
    jobs.run(job, logs, out, checkpoint, *options)
    told = list(progress(out).values())
    assert sum(one["late"] for one in told) == TOO_LATE, told
    aside = [line for path in glob.glob(out + "/late/*.jsonl") for line in open(path)]
    assert len(aside) == TOO_LATE and all("old-" in line for line in aside), len(aside)
    os.remove(os.path.join(logs, "later", "old.gz"))
    windows, count = local_windows(logs, os.path.join(scratch, "windows"))
    here = local_rows(windows, rules, [os.path.join(scratch, "rules")])
    found = rows.job_rows(out)
    silent = sorted(set(names.values()) - {name for name, _ in here})
    print(f"bulk: {layout} of {size}: {count} records here, "
          f"{sum(one['records'] for one in told)} by Spark in {len(told)} batches, "
          f"{sum(one['dead'] for one in told)} dead letters, {TOO_LATE} too late; "
          f"{before} rows before the late files, {len(found)} after"
          + (f"; no rows of {', '.join(silent)}" if silent else ""))
    agree(f"bulk {layout} {size}", rows.by_window(found), here)


def copy_some(path, target):
    """The beginning of a log file of lines again, the whole of one that is a single document."""
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rb") as file, opened(target, "wb") as copy:
        for _ in range(2000):
            copy.write(file.readline())
