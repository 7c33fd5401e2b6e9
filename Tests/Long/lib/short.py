"""A few files that make a short run: few enough system calls to let each of them fail once."""

import gzip
import os

from . import places


def lines():
    """Some lines of a hostile corpus, scans among them."""
    scans, others = [], []
    with open(places.corpus("20M", 0), "rb") as trail:
        for line in trail:
            if b"DescribeImageScanFindings" in line and len(scans) < 4:
                scans.append(line)
            elif len(others) < 40:
                others.append(line)
            if len(scans) == 4 and len(others) == 40:
                return others[:20] + scans + others[20:]
    return others + scans


def write(logs):
    """Lines, a file of `Records`, one delivered twice, and one that is cut off: their paths."""
    text = lines()
    scan = text[20].rstrip(b"\n")
    records = b'{"Records":[' + text[21].rstrip(b"\n") + b"," + text[0].rstrip(b"\n") + b"]}"
    files = {
        "app.log": b"".join(text[:22]), "app.log.1": b"".join(text[22:]),
        "AWSLogs/1.json.gz": gzip.compress(records, mtime=0), "AWSLogs/2.json": records,
        "AWSLogs/3.json": scan + b"\n",
    }
    for name, content in files.items():
        path = os.path.join(logs, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    return [os.path.realpath(os.path.join(logs, name)) for name in files]
