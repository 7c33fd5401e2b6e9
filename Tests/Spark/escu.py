"""Splunk's own CloudTrail rules, over their example records and many variations of these."""

import glob
import json
import os
import random
import shutil

import yaml

import jobs
import rows


def examples(copy):
    """One record of each call that has an example."""
    found = {}
    for path in sorted(glob.glob(os.path.join(copy, "data_sources", "*.yml"))):
        with open(path, encoding="utf-8") as file:
            source = yaml.safe_load(file)
        if source.get("sourcetype") == "aws:cloudtrail" and source.get("example_log"):
            record = json.loads(source["example_log"])
            found[record["eventName"]] = record
    return found


def variations(record, random):
    """The record again and again: by other users, from other places, with and without success."""
    for number in range(40):
        one = json.loads(json.dumps(record))
        one["eventID"] = f"{one['eventName']}-{number}"
        one["eventTime"] = f"2026-03-16T{10 + number % 2:02d}:{random.randrange(50):02d}:00Z"
        if random.random() < 0.5:
            one["sourceIPAddress"] = f"192.0.2.{random.randrange(30)}"
        identity = one.get("userIdentity")
        if isinstance(identity, dict) and "userName" in identity and random.random() < 0.5:
            identity["userName"] = random.choice(["ann", "Bob", "eve@example.com"])
        if random.random() < 0.2:
            one["errorCode"] = random.choice(["AccessDenied", "ThrottlingException"])
        if random.random() < 0.2:
            one["userAgent"] = random.choice(["console.amazonaws.com", "aws-cli/2.27.1"])
        yield one


def variety(copy, path):
    chosen = random.Random(7)
    lines = []
    for record in examples(copy).values():
        lines.append(json.dumps(record))
        lines += [json.dumps(one) for one in variations(record, chosen)]
    chosen.shuffle(lines)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    return lines


def compare(copy, scratch, agree):
    folder = os.path.join(scratch, "rules")
    os.makedirs(folder)
    names = {}
    for path in sorted(glob.glob(os.path.join(copy, "detections", "cloud", "*.yml"))):
        with open(path, encoding="utf-8") as file:
            rule = yaml.safe_load(file)
        if "`cloudtrail`" in str(rule.get("search", "")):
            names[shutil.copy(path, folder)] = rule["name"]
    logs = os.path.join(scratch, "logs")
    os.makedirs(logs)
    lines = variety(copy, os.path.join(logs, "records.ndjson"))
    job, out = os.path.join(scratch, "escu.py"), os.path.join(scratch, "escu-rows")
    refused = jobs.compiled([folder], job, "--skip-refused")
    print(refused)
    with open(job, encoding="utf-8") as file:
        text = file.read()
    translated = {path: name for path, name in names.items() if f"name={json.dumps(name)}" in text}
    print(f"escu: {len(translated)} of {len(names)} rules are translated")
    jobs.run(job, logs, out, os.path.join(scratch, "escu-checkpoint"), "--once")
    here = {}
    for path, name in translated.items():
        here.update(rows.scanned_by_window(
            jobs.WATCHFLOOR, path, name, lines, scratch, folders=[folder]))
    agree("escu", rows.by_window(rows.job_rows(out)), here)
