"""Other tools at the same job, or at the part of it that is their limit.

How to install each on Debian 12:

  ripgrep, jq, lnav      apt-get install ripgrep jq lnav
  libdeflate-gunzip      apt-get install libdeflate-tools
  DuckDB, chDB           python3 -m venv ~/bench-venv && ~/bench-venv/bin/pip install duckdb chdb
                         then BENCH_PYTHON=~/bench-venv/bin/python make bench
                         (chDB 4 brings its engine as chdb-core, 180 MB, with pandas and pyarrow;
                         where that fails, `pip install --no-deps chdb-core` alone has what is used)

One that is absent is skipped by name.
"""

import os
import shutil
import subprocess
import sys

from lib.places import NEEDLE, ROOT

PYTHON = os.environ.get("BENCH_PYTHON", sys.executable)
_SCRIPTS = os.path.join(ROOT, "Benchmarks", "peers")

_ROW = """
| .responseElements.imageScanFindings.findings[]? as $f | select($f.severity == "HIGH")
| [.eventName, .eventSource,
   (.userIdentity.userName // .userIdentity.sessionContext.sessionIssuer.userName), .userAgent,
   .sourceIPAddress, .userIdentity.accountId, .awsRegion, $f.name, $f.description,
   .requestParameters.imageId.imageDigest, .requestParameters.repositoryName, .eventTime]
"""
_SELECT = f'select(.eventSource == "ecr.amazonaws.com" and .eventName == "{NEEDLE}")'
_GROUP = "| group_by(.[0:11]) | [length, (map(length) | add)] | @tsv"


def _jq(inputs):
    return f"[{inputs} | {_SELECT} {_ROW}] {_GROUP}"


class Peer:
    """A tool that is there: its command for a corpus, and whether it prints rows and findings."""

    def __init__(self, name, command, answers):
        self.name = name
        self.command = command
        self.answers = answers


def _has_module(module):
    return subprocess.run(
        [PYTHON, "-c", f"import {module}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ).returncode == 0


def _script(name):
    return lambda corpus, layout: [PYTHON, os.path.join(_SCRIPTS, name), layout, corpus.logs]


def _commands(layout):
    """Name, what must be there, the command, whether it answers."""
    files = "find '{0}' -type f -print0 | xargs -0 "
    gunzip = files + "-P2 -n32 libdeflate-gunzip -c"
    jq = {
        "ndjson": f"jq -nr '{_jq('inputs')}' '{{0}}'/*.ndjson",
        "records": files + "cat | jq -nr '" + _jq("inputs.Records[]") + "'",
        "gz": files + "zcat | jq -nr '" + _jq("inputs.Records[]") + "'",
    }[layout]

    def shell(text):
        return lambda corpus, _: ["sh", "-c", text.replace("{0}", corpus.logs)]

    return [
        ("ripgrep -c", shutil.which("rg") if layout != "gz" else "only for text",
         lambda corpus, _: ["rg", "-c", "-F", NEEDLE, corpus.logs], False),
        ("2 libdeflate-gunzip at once",
         shutil.which("libdeflate-gunzip") if layout == "gz" else "only for gz",
         shell(gunzip), False),
        ("DuckDB", _has_module("duckdb"), _script("duckdb_job.py"), True),
        ("chDB", _has_module("chdb"), _script("chdb_job.py"), True),
        ("jq", shutil.which("jq"), shell(jq), True),
        ("lnav", shutil.which("lnav") if layout == "ndjson" else "only for ndjson",
         lambda corpus, _: ["sh", os.path.join(_SCRIPTS, "lnav_job"), corpus.first_file()], True),
    ]


def present(layout):
    """The peers for that layout, and the names of those that are not installed."""
    there, absent = [], []
    for name, condition, command, answers in _commands(layout):
        if isinstance(condition, str) and condition.startswith("only for"):
            continue
        if condition:
            there.append(Peer(name, command, answers))
        else:
            absent.append(name)
    return there, absent
