"""What a state holds, in words that two runs of the same records must agree on."""

import hashlib
import os
import sqlite3

from . import folded

# Numbers of rows and of terms, times of writing and names of files are the run's own: texts stand
# for numbers, and what says when or by which name something was read is left out.
WORD = "(SELECT text FROM terms WHERE id = {})"
ROLES = ["repository", "image", "finding", "severity", "package", "version", "user", "source",
         "account", "region", "session", "description", "agent"]
QUESTIONS = {
    "findings": f"""SELECT hex(id), hex(identity), {WORD.format('name')},
        {WORD.format('repository')} FROM findings""",
    "rows": f"""SELECT hex(rows.id), {WORD.format('rule')}, window, count, rows.first_seen,
        rows.last_seen, severity_rank, hex(findings.id), hex(shapes.names),
        spelled_row(shapes.names, bodies.body),
        {', '.join(WORD.format('rows.' + role) for role in ROLES)}
        FROM rows JOIN findings ON findings.pk = finding_pk JOIN shapes ON shapes.id = shape
        JOIN bodies ON bodies.row = rows.pk""",
    "records of rows": """SELECT hex(rows.id), hex(bodies.records) FROM bodies
        JOIN rows ON rows.pk = bodies.row""",
    "risk of rows": f"""SELECT hex(rows.id), hex(bodies.risk_id), rows.score,
        {WORD.format('shapes.tactics')}, hex(shapes.names), spelled_risk(shapes.names, bodies.risk)
        FROM rows JOIN bodies ON bodies.row = rows.pk JOIN shapes ON shapes.id = risk_shape""",
    "records": f"""SELECT hex(hash), time, {WORD.format('sourcetype')} FROM records""",
    "risk events": f"""SELECT hex(risk_events.id), hex(rows.id), {WORD.format('risk_events.rule')},
        risk_events.window, time, {WORD.format('object')}, {WORD.format('object_type')}, risk_events.score,
        {WORD.format('risk_events.tactics')}, hex(shapes.names), spelled_risk(shapes.names, body)
        FROM risk_events JOIN rows ON rows.pk = row JOIN shapes ON shapes.id = risk_events.shape""",
    "groups": f"SELECT {WORD.format('plan')}, window, hex(key), spelled_group(state) FROM groups",
    "scans": f"""SELECT {WORD.format('repository')}, {WORD.format('account')},
        {WORD.format('region')}, {WORD.format('image')}, completed, seen, total, is_complete FROM scans""",
    "seen": f"SELECT {WORD.format('plan')}, window, event, hex(hash) FROM seen",
    "windows": "SELECT start FROM windows",
    "row versions": "SELECT hex(row), window, version, stands FROM row_versions",
    "job batches": "SELECT number, files, records, dead, late, newest FROM job_batches",
    "rows not taken": "SELECT rule_id, rows FROM rows_not_taken",
    "dead letters": "SELECT reason, hex(head) FROM dead_letters",
    "totals": """SELECT (SELECT value FROM facts WHERE name = 'dead_letters'),
        (SELECT sum(count) FROM rows), (SELECT sum(score) FROM risk_events),
        (SELECT sum(score) FROM rows),
        (SELECT sum(records) FROM files WHERE state != 'gone')""",
}


def connect(state):
    """The database of a state, for reading only."""
    return sqlite3.connect(f"file:{os.path.join(state, 'state.sqlite')}?mode=ro", uri=True)


def contents(state):
    """Each question's answers, sorted."""
    database = connect(state)
    folded.define(database)
    try:
        return {name: sorted(map(repr, database.execute(text)))
                for name, text in QUESTIONS.items()}
    finally:
        database.close()


def differences(wanted, found):
    """What of two contents is not the same, in a few lines; empty where all is."""
    lines = []
    for name in QUESTIONS:
        missing = sorted(set(wanted[name]) - set(found[name]))
        added = sorted(set(found[name]) - set(wanted[name]))
        if wanted[name] == found[name]:
            continue
        lines.append(f"{name}: {len(wanted[name])} wanted, {len(found[name])} found")
        lines += [f"  - {line[:300]}" for line in missing[:3]]
        lines += [f"  + {line[:300]}" for line in added[:3]]
    return lines


def fingerprint(found):
    """A short name of contents, for reports."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:12]


def summary(found):
    """How much there is, for reports."""
    return ", ".join(f"{len(found[name])} {name}" for name in QUESTIONS if name != "totals")


def damage(state):
    """What SQLite finds wrong with a state: 'ok' where nothing is."""
    database = connect(state)
    try:
        return "\n".join(row[0] for row in database.execute("PRAGMA integrity_check"))
    finally:
        database.close()


def behind(state, logs):
    """Files that a state has not read to their end: by path, what is wrong."""
    database = connect(state)
    try:
        read = {path: (offset, state) for path, offset, state in
                database.execute("SELECT path, offset, state FROM files")}
    except sqlite3.OperationalError:
        return {"state.sqlite": "has no tables yet"}
    finally:
        database.close()
    wrong = {}
    for folder, _, names in os.walk(logs):
        for name in names:
            path = os.path.join(folder, name)
            try:
                size = os.stat(path).st_size
            except FileNotFoundError:
                continue
            offset, state = read.get(os.path.realpath(path), (None, "unknown"))
            if size > 0 and (offset != size or state == "gone"):
                wrong[path] = f"{offset} of {size}, {state}"
    return wrong
