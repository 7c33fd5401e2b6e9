"""Rows of a job's directory and of `watchfloor scan`, in one form that can be compared."""

import collections
import glob
import gzip
import json
import os
import subprocess


def job_rows(folder):
    """{(rule, window start, key as JSON): (version, [[column, value], ...])}, withdrawn ones left out."""
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "**", "rows-*.jsonl"), recursive=True)):
        if "/_staging/" in path:
            continue
        with open(path, encoding="utf-8") as file:
            for line in file:
                assert line.startswith('{"watchfloor_row":1,'), line[:80]
                row = json.loads(line)
                name = (row["rule"], row["window"][0], json.dumps(row["key"]))
                if name not in found or found[name]["version"] <= row["version"]:
                    found[name] = row
    return {name: row for name, row in found.items() if not row.get("withdrawn")}


def plain(columns, marks=()):
    """A row as text: null left out, as ndjson has it."""
    shown = {name: value for name, value in columns if value is not None}
    return json.dumps({**shown, **({"watchfloor_marks": list(marks)} if marks else {})},
                      sort_keys=True)


def by_window(rows):
    """{(rule, window): sorted rows as text}."""
    found = collections.defaultdict(list)
    for (rule, window, _), row in rows.items():
        found[rule, window].append(plain(row["columns"], row["marks"]))
    return {name: sorted(texts) for name, texts in found.items()}


def window_of(text):
    """The start of the window of a time as CloudTrail writes it."""
    import datetime
    seconds = int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
    return (seconds + 600) // 3600 * 3600 - 600


def scan(program, rules, paths, exact=False, folders=()):
    """{rule: rows as text} of an ad-hoc run; JSON of a state of its own."""
    command = [program, "scan", "--format", "ndjson", *(["--exact"] if exact else [])]
    for folder in folders:
        command += ["--rules", folder]
    for rule in rules:
        command += ["--rule", rule]
    done = subprocess.run(command + paths, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def scanned_by_window(program, rule, name, lines, scratch, exact=False, folders=()):
    """What a scan of the records of each window gives: {(rule, window): sorted rows as text}.

    `lines` are texts of records; those without a readable time belong to no window."""
    windows = collections.defaultdict(list)
    for line in lines:
        try:
            record = json.loads(line)
            windows[window_of(record.get("eventTime") or record["time"])].append(line)
        except (ValueError, KeyError, AttributeError, TypeError):
            continue
    found = {}
    for window, texts in windows.items():
        path = os.path.join(scratch, "window.ndjson")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(text + "\n" for text in texts)
        rows = []
        for row in scan(program, [rule], [path], exact, folders):
            marks = row.pop("watchfloor_marks", None)
            marks = [marks] if isinstance(marks, str) else marks or []
            rows.append(plain(row.items(), marks))
        if rows:
            found[name, window] = sorted(rows)
    return found


def differences(one, other, limit=5):
    """What two results differ in, in words; empty where they are equal."""
    lines = []
    for name in sorted(set(one) | set(other), key=str):
        left, right = one.get(name, []), other.get(name, [])
        if left != right:
            missing = collections.Counter(right) - collections.Counter(left)
            more = collections.Counter(left) - collections.Counter(right)
            lines.append(f"{name}: {len(left)} rows by Spark, {len(right)} here")
            lines += [f"  only Spark: {text[:900]}" for text in list(more)[:2]]
            lines += [f"  only here:  {text[:900]}" for text in list(missing)[:2]]
    return lines[:3 * limit]


def texts(path):
    """The lines of a log file, inflated where it is a .gz."""
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as file:
        return file.read().splitlines()
