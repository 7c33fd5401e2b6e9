"""Whether a scan printed the rows that it must."""

import hashlib
import json

_proven = {}


def _rows(path, only=None):
    rows = []
    with open(path, "rb") as lines:
        for line in lines:
            row = json.loads(line)
            name = row.pop("search_name", None)
            # What watchfloor adds beside the search's own columns.
            row.pop("watchfloor_marks", None)
            if only is None or name == only:
                rows.append(json.dumps(row, sort_keys=True))
    rows.sort()
    return rows


def difference(printed, expected, only=None):
    """None where the rows are equal, else a sentence. Equal output is compared once."""
    with open(printed, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    if _proven.get((expected, only)) == digest:
        return None
    found, wanted = _rows(printed, only), _rows(expected)
    if found != wanted:
        lost = len(set(wanted) - set(found))
        invented = len(set(found) - set(wanted))
        return (f"{len(found)} rows, expected {len(wanted)}: "
                f"{lost} lost, {invented} invented")
    _proven[(expected, only)] = digest
    return None
