"""Compares rows by Spark with rows by watchfloor: compare.py NAME... [--escu COPY]

    pack    every rule of the built-in pack that reads records, over hostile logs and samples
    exact   the seed rule as Splunk has it
    cases   cases.txt: case, wildcards, null, several values, numbers, times
    late    records behind the watermark are written aside and counted, others change their
            window; another checkpoint for the same rows is refused
    kill    a driver that is killed within and between batches; the dashboard's totals
    bulk    the pack and bulk.txt over larger corpora, of --layout and --size
    escu    with --escu: Splunk's own CloudTrail rules of a checkout of security_content
"""

import argparse
import glob
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bulk as larger  # noqa: E402
import floor  # noqa: E402
import jobs  # noqa: E402
import rows  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
OPTIONS = argparse.Namespace()
SEED = "aws_ecr_container_scanning_findings_high"


def corpus(out, size, layout, *options):
    subprocess.run(
        [jobs.CORPUS, "--size", size, "--layout", layout, *options, out], check=True,
        stdout=subprocess.DEVNULL)
    return os.path.join(out, "logs")


def agree(what, by_spark, here):
    """Ends the run where two results differ; says how much there was."""
    told = rows.differences(by_spark, here)
    if told:
        sys.exit(f"{what}: rows differ\n" + "\n".join(told))
    assert here, f"{what}: no rows at all"
    print(f"{what}: {sum(map(len, here.values()))} rows of {len({name for name, _ in here})} "
          f"rules in {len({window for _, window in here})} windows agree")


def names_of(folder):
    """The files of rules and the names in them."""
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.yml"))):
        base = os.path.basename(path)
        if base == "macros.yml" or base == "attack.yml" or base.endswith(".roles.yml"):
            continue
        with open(path, encoding="utf-8") as file:
            name = next(line for line in file if line.startswith("name:"))
        found[path] = name.partition(":")[2].strip().strip("'\"")
    return found


def records_in(folder):
    """The texts of the records of log files, those of `Records` one by one."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "**", "*"), recursive=True)):
        if not os.path.isfile(path):
            continue
        for line in rows.texts(path):
            if line.startswith('{"Records":'):
                found += [json.dumps(one) for one in json.loads(line)["Records"]]
            else:
                found += several(line)
    return found


def several(line):
    """The values of a line that holds some without a line's end between them."""
    decoder, found, place = json.JSONDecoder(strict=False), [], 0
    while place < len(line):
        try:
            _, end = decoder.raw_decode(line, place)
        except ValueError:
            end = len(line)
        found.append(line[place:end])
        while end < len(line) and line[end] in " \t\r":
            end += 1
        place = end
    return found


def pack(scratch):
    logs = corpus(
        os.path.join(scratch, "lines"), "2M", "ndjson", "--scan-share", "0.2", "--hostile")
    packed = corpus(
        os.path.join(scratch, "packed"), "2M", "gz", "--scan-share", "0.1", "--seed", "2")
    shutil.copytree(packed, os.path.join(logs, "AWSLogs"))
    for path in glob.glob(os.path.join(jobs.PACK, "sample_*.ndjson")):
        shutil.copy(path, logs)
    # One file more with copies of records that are there.
    with open(os.path.join(logs, "copies.ndjson"), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in rows.texts(os.path.join(logs, "trail.ndjson"))[:50])
    bases = list(pack_over_records())
    job = os.path.join(scratch, "pack.py")
    jobs.compiled(bases, job)
    out = os.path.join(scratch, "out")
    jobs.run(job, logs, out, os.path.join(scratch, "checkpoint"), "--once", "--keep-records")
    by_spark = rows.by_window(rows.job_rows(out))
    here = scanned(bases, records_in(logs), scratch)
    agree("pack", by_spark, here)
    check_records(rows.job_rows(out))


def scanned(bases, lines, scratch, exact=False):
    """Rows by window of rules of the pack."""
    names = {os.path.basename(path)[:-4]: name for path, name in names_of(jobs.PACK).items()}
    return rows.scanned_by_window(
        jobs.WATCHFLOOR, {base: names[base] for base in bases}, lines, scratch, exact)


def check_records(found):
    """Rows name records that are JSON, newest first, as many as they may."""
    with_records = [row for row in found.values() if row.get("records")]
    assert len(with_records) == len(found), "rows without their records"
    for row in with_records:
        assert len(row["records"]) <= min(row["count"], 20)


def exact(scratch):
    out = os.path.join(scratch, "exact")
    logs = corpus(out, "2M", "records", "--scan-share", "0.2")
    job = os.path.join(scratch, "exact.py")
    jobs.compiled([SEED], job, "--exact")
    jobs.run(job, logs, out + "-rows", out + "-checkpoint", "--once")
    by_spark = rows.by_window(rows.job_rows(out + "-rows"))
    here = scanned([SEED], records_in(logs), scratch, exact=True)
    agree("exact", by_spark, here)


def written(list_of, folder):
    """A rule for each line `name: search` of a file beside this one; the names of their files."""
    os.makedirs(folder)
    names = {}
    with open(os.path.join(HERE, list_of), encoding="utf-8") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    for number, line in enumerate(lines):
        name, _, search = line.strip().partition(": ")
        path = os.path.join(folder, f"rule_{number:02d}.yml")
        names[path] = name
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                f"name: {json.dumps(name)}\nid: 00000000-0000-0000-0000-{number:012d}\n"
                f"version: 1\ntype: Hunting\ndescription: A case.\nsearch: |-\n  {search}\n")
    return names


def cases(scratch):
    """cases.txt: what is asked of records.ndjson."""
    folder = os.path.join(scratch, "cases")
    names = written("cases.txt", folder)
    job, out = os.path.join(scratch, "cases.py"), os.path.join(scratch, "cases-rows")
    jobs.compiled([folder], job)
    logs = os.path.join(scratch, "cases-logs")
    os.makedirs(logs)
    shutil.copy(os.path.join(HERE, "records.ndjson"), logs)
    jobs.run(job, logs, out, os.path.join(scratch, "cases-checkpoint"), "--once")
    here = rows.scanned_by_window(
        jobs.WATCHFLOOR, names, records_in(logs), scratch, folders=[folder])
    agree("cases", rows.by_window(rows.job_rows(out)), here)


def pack_over_records():
    """{base name: name} of the rules of the pack that read records."""
    return {os.path.basename(path)[:-4]: name for path, name in names_of(jobs.PACK).items()
            if "/risk_" not in path}


def bulk(scratch):
    for layout in OPTIONS.layout:
        folder = os.path.join(scratch, layout)
        os.makedirs(folder)
        larger.compare(
            folder, layout, OPTIONS.size, pack_over_records(), corpus, written, agree, progress)
        shutil.rmtree(folder)


def record(number, time, user="ann", **more):
    return json.dumps({
        "eventVersion": "1.08", "eventSource": "s3.amazonaws.com", "eventName": "GetObject",
        "awsRegion": "eu-west-1", "eventTime": time, "eventID": f"id-{number}",
        "sourceIPAddress": "192.0.2.1", "userIdentity": {"type": "IAMUser", "userName": user},
        **more})


COUNTING = """name: Counting
id: 00000000-0000-0000-0000-000000000099
version: 1
type: Hunting
description: Many calls of a user, but not too many.
search: |-
  `cloudtrail` eventName=GetObject
    | stats count dc(requestParameters.key) as keys values(sourceIPAddress) as src by user
    | where count>=2 AND count<5
"""


def counting(scratch):
    folder = os.path.join(scratch, "counting")
    os.makedirs(folder)
    path = os.path.join(folder, "counting.yml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(COUNTING)
    job = os.path.join(folder, "counting.py")
    jobs.compiled([path], job)
    return job, folder


def put(folder, name, lines):
    os.makedirs(folder, exist_ok=True)
    hidden = os.path.join(folder, "." + name)
    with gzip.open(hidden, "wt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    os.rename(hidden, os.path.join(folder, name))


def progress(out):
    found = {}
    for path in sorted(glob.glob(os.path.join(out, "progress-*.json"))):
        with open(path) as file:
            one = json.load(file)
        found[one["batch"]] = one
    return found


def late(scratch):
    """Within the watermark a late record changes its window, and may take a row back."""
    job, folder = counting(scratch)
    logs, out = os.path.join(folder, "logs"), os.path.join(folder, "rows")
    checkpoint = os.path.join(folder, "checkpoint")
    options = ("--once", "--watermark", "1")
    put(logs, "a.gz", [record(n, "2026-03-16T10:00:00Z") for n in range(2)]
        + [record(n, "2026-03-16T10:00:00Z", "bob") for n in range(10, 14)])
    jobs.run(job, logs, out, checkpoint, *options)
    kept = rows.job_rows(out)
    assert len(kept) == 2, kept
    # Bob's row stops to qualify, Ann's counts more; a copy changes nothing; one is too late.
    put(logs, "b.gz", [
        record(2, "2026-03-16T10:01:00Z"), record(0, "2026-03-16T10:00:00Z"),
        record(14, "2026-03-16T10:02:00Z", "bob"), record(20, "2026-03-17T08:00:00Z", "eve"),
        record(21, "2026-03-14T08:00:00Z", "old"), "{not JSON"])
    jobs.run(job, logs, out, checkpoint, *options)
    found = rows.job_rows(out)
    assert [dict(row["columns"])["count"] for row in found.values()] == [3], found
    withdrawn = [line for path in glob.glob(out + "/rows-*.jsonl") for line in open(path)
                 if '"withdrawn":true' in line]
    assert len(withdrawn) == 1 and '"bob"' in withdrawn[0], withdrawn
    told = progress(out)[1]
    assert (told["late"], told["dead"], told["files"]) == (1, 1, 1), told
    aside = [line for path in glob.glob(out + "/late/*.jsonl") for line in open(path)]
    assert len(aside) == 1 and "id-21" in aside[0], aside
    # The same id with other content is another event, and both are marked.
    put(logs, "c.gz", [record(0, "2026-03-16T10:00:00Z", requestParameters={"key": "other"})])
    jobs.run(job, logs, out, checkpoint, *options)
    (row,) = rows.job_rows(out).values()
    assert dict(row["columns"])["count"] == 4, row
    assert row["marks"] == ["another record bears the same eventID"], row
    # A new checkpoint would begin again with version 0, below the rows that are there.
    before = sorted(os.listdir(out))
    refused = jobs.started(job, logs, out, checkpoint + "-new", *options)
    assert refused.wait() != 0, "another checkpoint for the same rows was taken"
    with open(out + ".log", errors="replace") as file:
        assert "holds rows of a job with another checkpoint than" in file.read()
    assert sorted(os.listdir(out)) == before, "a refused job has written"
    print("late: late records change their window, withdraw rows, or are written aside; "
          "another checkpoint is refused")


# The rules that are on where nobody has chosen: a dashboard over logs has the same.
ON = [
    SEED, "aws_ecr_container_scanning_findings_critical", "aws_ecr_blind_spot",
    "aws_ecr_enhanced_scanning_findings_high", "aws_ecr_enhanced_scanning_findings_critical"]


def kill(scratch):
    """A job that is killed again and again ends with the rows of one that never was, and a
    dashboard that followed it all the time with the totals of one over the logs themselves."""
    logs = corpus(os.path.join(scratch, "killed"), "4M", "gz", "--scan-share", "0.2")
    timeless(logs)
    job = os.path.join(scratch, "killed.py")
    jobs.compiled(ON, job)
    calm, torn = os.path.join(scratch, "calm"), os.path.join(scratch, "torn")
    files = len(glob.glob(os.path.join(logs, "**", "*.gz"), recursive=True))
    batches = ("--once", "--files", str(max(1, files // 6)))
    jobs.run(job, logs, calm, calm + "-checkpoint", *batches)
    count = len(progress(calm))
    assert count >= 5, f"{count} batches are too few to be killed within"
    watching = floor.Floor(torn, torn + "-state")
    killed = 0
    # Alternately just after a batch has been told of, and at some moment of the next.
    for seconds in [0, 4, 0, 12]:
        before = len(progress(torn))
        process = jobs.started(job, logs, torn, torn + "-checkpoint", *batches)
        while process.poll() is None and len(progress(torn)) == before:
            time.sleep(0.05)
        time.sleep(seconds)
        if process.poll() is None:
            jobs.kill(process)
            killed += 1
            watching.kill()
            watching.start()
    jobs.run(job, logs, torn, torn + "-checkpoint", *batches)
    assert killed >= 3, f"killed only {killed} times"
    agree(f"kill ({killed} times in {count} batches)", rows.by_window(rows.job_rows(torn)),
          rows.by_window(rows.job_rows(calm)))
    told, wanted = progress(torn), progress(calm)
    assert sum(one["records"] for one in told.values()) == sum(
        one["records"] for one in wanted.values()), (told, wanted)
    after_kills = watching.told()
    undisturbed = floor.Floor(calm, calm + "-state").told()
    here = floor.Floor(logs, os.path.join(scratch, "here-state")).told()
    assert here["header"] and here["risk"] and here["held"]["rows"] > 100, here
    for what, other in {"of one undisturbed run": undisturbed, "over the logs": here}.items():
        told = floor.differences(after_kills, other)
        if told:
            sys.exit(f"kill: the dashboard says otherwise than one {what}\n" + "\n".join(told))
    print(f"kill: dashboards agree: {here['header']}, {here['held']}, {len(here['risk'])} sums of "
          f"risk, {len(here['findings'])} findings")


def timeless(logs):
    """A copy of an answer to a scan, of which nobody can say when it was."""
    for path in sorted(glob.glob(os.path.join(logs, "**", "*.gz"), recursive=True)):
        for line in rows.texts(path):
            for one in json.loads(line)["Records"]:
                if '"severity": "HIGH"' in json.dumps(one.get("responseElements")):
                    put(logs, "timeless.gz", [json.dumps(
                        {**one, "eventTime": "some day", "eventID": "timeless"})])
                    return
    raise AssertionError("no answer to a scan in the corpus")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=["pack", "exact", "cases", "late", "kill"])
    parser.add_argument("--escu", help="a checkout of security_content")
    parser.add_argument("--keep", action="store_true", help="leave the files of the run there")
    parser.add_argument(
        "--layout", nargs="+", default=["mixed"],
        help="of bulk's corpora: ndjson, records, gz, or a third of each (mixed)")
    parser.add_argument("--size", default="4M", help="of bulk's corpora (4M)")
    options = parser.parse_args(namespace=OPTIONS)
    names = options.names + (["escu"] if options.escu and "escu" not in options.names else [])
    for name in names:
        scratch = tempfile.mkdtemp(prefix="watchfloor-spark-")
        jobs.alone(scratch)
        start = time.monotonic()
        try:
            if name == "escu":
                import escu
                escu.compare(options.escu, scratch, agree)
            else:
                globals()[name](scratch)
            print(f"  {time.monotonic() - start:.0f} s", flush=True)
        finally:
            if not options.keep:
                shutil.rmtree(scratch)
            else:
                print(f"  {scratch}")


if __name__ == "__main__":
    main()
