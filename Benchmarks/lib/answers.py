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


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _lines(path):
    """How many lines, and a sum of their hashes, which their order does not change."""
    count = total = 0
    with open(path, "rb") as lines:
        for line in lines:
            count += 1
            total += int.from_bytes(hashlib.md5(line).digest(), "big")
    return count, total % 2**128


def difference(printed, expected, only=None):
    """None where the rows are equal, else a sentence. Equal output is compared once."""
    digest = _digest(printed)
    if _proven.get((expected, only)) == digest:
        return None
    # The same lines need not be read as JSON, which takes long of ten million.
    if only is not None or _lines(printed) != _lines(expected):
        found, wanted = _rows(printed, only), _rows(expected)
        if found != wanted:
            lost = len(set(wanted) - set(found))
            invented = len(set(found) - set(wanted))
            return (f"{len(found)} rows, expected {len(wanted)}: "
                    f"{lost} lost, {invented} invented")
    _proven[(expected, only)] = digest
    return None
