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


def call(name, source, minute, number, hour=12, user="mallory", **more):
    """A record of a user's call, whole enough for rules that group by who and where."""
    account = "111122223333"
    return {
        "eventVersion": "1.08", "eventSource": source + ".amazonaws.com", "eventName": name,
        "eventTime": f"2026-03-16T{hour:02d}:{minute:02d}:{number % 60:02d}Z",
        "eventID": f"{name}-{hour}-{minute}-{number}", "awsRegion": "eu-west-1",
        "sourceIPAddress": "198.51.100.7", "userAgent": "Boto3/1.34", "eventType": "AwsApiCall",
        "recipientAccountId": account, "userIdentity": {
            "type": "IAMUser", "principalId": "AIDAEXAMPLE", "accountId": account,
            "userName": user, "arn": f"arn:aws:iam::{account}:user/{user}"},
        "requestParameters": None, "responseElements": None, **more}


def logins():
    """Failed ones by one user, failed ones from many places, successful ones from two."""
    def failed(minute, number, address, **more):
        return call(
            "ConsoleLogin", "signin", minute, number, sourceIPAddress=address,
            errorCode="Failed", errorMessage="Failed authentication",
            additionalEventData={"MFAUsed": "Yes"}, **more)

    yield from (failed(1, number, "198.51.100.7") for number in range(30))
    yield from (failed(2, number, "198.51.100.9", hour=14) for number in range(40))
    yield from (failed(3, number, f"203.0.113.{number}", hour=14) for number in range(30))
    for number in range(2):
        yield call(
            "ConsoleLogin", "signin", 30, number, sourceIPAddress=f"203.0.113.{number}",
            additionalEventData={"MFAUsed": "No"}, responseElements={"ConsoleLogin": "Success"})


def grants():
    """Buckets that are opened to everybody."""
    everybody = "http://acs.amazonaws.com/groups/global/AllUsers"
    grant = {"Grantee": {"URI": everybody}, "Permission": "READ"}
    owner = {"Grantee": {"ID": "0123"}, "Permission": "FULL_CONTROL"}
    yield call("PutBucketAcl", "s3", 40, 0, requestParameters={
        "bucketName": "open", "AccessControlPolicy": {
            "AccessControlList": {"Grant": [grant, owner]}}})
    # `fillnull` without names fills what some record has: all of the ways to grant.
    ways = ("read", "read-acp", "write", "write-acp", "full-control")
    yield call("PutBucketAcl", "s3", 41, 0, userAgent="[aws-cli/2.15]", requestParameters={
        "bucketName": "wide", "accessControlList": {
            f"x-amz-grant-{way}": "http://acs.amazonaws.com/groups/global/AllUsers"
            for way in ways}})
    yield call("PutBucketAcl", "s3", 42, 0, userAgent="aws-cli/2.15", requestParameters={
        "bucketName": "wide", "accessControlList": {"x-amz-grant-write": "AllUsers"}})


def policies():
    document = {"Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}
    # Without white space: what spath takes out of it loses that on Spark (docs/scale.md).
    yield call("CreatePolicyVersion", "iam", 5, 0, requestParameters={
        "policyDocument": json.dumps(document, separators=(",", ":"))})
    # Grouped by the eventID, more than one: two records must bear the same.
    for attempt in range(2):
        yield call(
            "UpdateAssumeRolePolicy", "iam", 6, 0, errorCode="MalformedPolicyDocumentException",
            requestID=f"request-{attempt}", requestParameters={
                "policyName": f"guess-{attempt}", "policyDocument": "{}"})
    yield call("DeleteGroup", "iam", 7, 0, requestParameters={"groupName": "admins"})


def episodes():
    """What rules with thresholds or rare conditions look for, by their published searches."""
    yield from logins()
    yield from grants()
    yield from policies()
    for number in range(12):
        yield call("GetPasswordData", "ec2", 10, number, requestParameters={
            "instanceId": f"i-{number}"})
    for number in range(60):
        yield call(f"DescribeThing{number}", "ec2", 11, number)
    for number in range(7):
        yield call("GetRole", "iam", 12, number, user="denied", errorCode="AccessDenied")
    yield call("UpdateFunctionCode20150331v2", "lambda", 13, 0, requestParameters={
        "functionName": "payments"})


def variety(copy, path):
    chosen = random.Random(7)
    lines = [json.dumps(record) for record in episodes()]
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
    here = rows.scanned_by_window(
        jobs.WATCHFLOOR, translated, lines, scratch, folders=[folder])
    agree("escu", rows.by_window(rows.job_rows(out)), here)
    silent = sorted(set(translated.values()) - {name for name, _ in here})
    print(f"escu: without a row on either side: {', '.join(silent) or 'none'}")
