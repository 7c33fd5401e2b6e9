# --- Records: what is in a line of a log file, and the fields of a record -----------------------


class Numeral(str):
    """A number as it is written in JSON: `1.50` stays `1.50`."""


class Members(dict):
    """An object of a record; `twice` says whether it holds a key twice: the last counts."""

    __slots__ = ("twice",)


class Wrapped(Exception):
    """Why a text or a part of it is no record."""


def members(pairs):
    found = Members(pairs)
    found.twice = len(found) != len(pairs)
    return found


def has_key_twice(value):
    if isinstance(value, dict):
        return value.twice or any(map(has_key_twice, value.values()))
    return isinstance(value, list) and any(map(has_key_twice, value))


def no_number(text):
    raise ValueError(f"found {text}, which is no JSON")


SPACE = re.compile(r"[ \t\r\n]*")
ESCAPED_LETTER = re.compile(r"\\u00(?:[46][1-9a-f]|[57][0-9a]|5c)")
TOUCHING = re.compile(r"\}\s*\{")
RECORDS = re.compile(r'\s*\{\s*"Records"\s*:\s*\[')
DEPTH_LIMIT = 8
NESTING_LIMIT = 64
# A text as JSON of ASCII alone, quotes included.
quoted = json.encoder.encode_basestring_ascii
LITERALS = {True: "true", False: "false", None: "null"}


def read_json(text):
    """The value of a text that is just one; Wrapped where it is none."""
    decoder = json.JSONDecoder(
        strict=False, object_pairs_hook=members, parse_float=Numeral, parse_int=Numeral,
        parse_constant=no_number)
    try:
        value, end = decoder.raw_decode(text, SPACE.match(text).end())
    except (ValueError, RecursionError) as problem:
        raise Wrapped(f"is no JSON: {problem}") from None
    if SPACE.match(text, end).end() != len(text):
        raise Wrapped("is no JSON: text after its end")
    if text.count("{") + text.count("[") > NESTING_LIMIT and is_deep(value, NESTING_LIMIT):
        raise Wrapped(f"is nested deeper than {NESTING_LIMIT} levels")
    return value


def is_deep(value, limit):
    """Whether lists and objects stand in each other more often than that."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return limit == 0 or any(is_deep(one, limit - 1) for one in value)


def leaf_text(value):
    """Strings, numbers and truth values as text; None for all else."""
    if isinstance(value, str):
        return str(value)
    return LITERALS[value] if isinstance(value, bool) else None


def steps(path):
    """`a.b{}.c{0}` as keys, None for every element of a list, numbers for one of them."""
    found = []
    for part in path.split("."):
        subscripts = []
        while match := re.fullmatch(r"(.*)\{(\d*)\}", part, re.DOTALL):
            part = match[1]
            subscripts.insert(0, int(match[2]) if match[2] else None)
        found += ([part] if part or found or not subscripts else []) + subscripts
    return found


def values_at(value, path):
    """The values under a list of steps."""
    if not path:
        return [value]
    first, rest = path[0], path[1:]
    if isinstance(first, str):
        return values_at(value[first], rest) if isinstance(value, dict) and first in value else []
    if not isinstance(value, list):
        return []
    elements = value if first is None else value[first:first + 1]
    return [found for element in elements for found in values_at(element, rest)]


def canonical(value):
    """One spelling for all texts of a value: sorted keys, no white space, numbers as written."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Numeral) else quoted(value)
    if isinstance(value, dict):
        return "{" + ",".join(
            [quoted(key) + ":" + canonical(value[key]) for key in sorted(value)]) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return LITERALS[value]


def compact(value):
    """A value as JSON without white space, its keys in their order."""
    if isinstance(value, dict):
        return "{" + ",".join(
            json.dumps(key, ensure_ascii=False) + ":" + compact(one)
            for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return str(value) if isinstance(value, Numeral) else json.dumps(value, ensure_ascii=False)


def is_text(value):
    return isinstance(value, str) and not isinstance(value, Numeral)


def bare_type(value):
    """`aws:cloudtrail` for a record itself, "" for what is known and none, None for all else."""
    if not (is_text(value.get("eventName")) or is_text(value.get("eventType"))) or not (
            is_text(value.get("eventSource")) or is_text(value.get("eventVersion"))):
        return None
    insight = (
        "insightDetails" in value or value.get("eventCategory") == "Insight"
        or value.get("eventType") == "AwsCloudTrailInsight")
    notice = str(value.get("eventSource", "")).startswith("aws:")
    return "" if insight or notice else "aws:cloudtrail"


def bridge_type(value):
    kind, source = value["detail-type"], value.get("source")
    if source == "aws.ecr" or source != "aws.inspector2" and kind.startswith("ECR "):
        return "aws:eventbridge:ecr"
    if source == "aws.inspector2" or kind.startswith("Inspector2 "):
        return "aws:eventbridge:inspector2"
    return "aws:eventbridge"


def opened(value, text=None, depth=0):
    """(sourcetype, record, its text) of every record in a value, Wrapped for each part without."""
    if depth > DEPTH_LIMIT:
        yield Wrapped(f"a record is wrapped more than {DEPTH_LIMIT} times")
    elif isinstance(value, list):
        for element in value:
            yield from opened(element, None, depth + 1)
    elif not isinstance(value, dict):
        yield Wrapped("is neither a record nor an envelope of some")
    elif "_raw" in value:
        yield from opened_text("_raw", value["_raw"], depth)
    elif isinstance(value.get("result"), dict) and "_raw" in value["result"]:
        yield from opened(value["result"], None, depth + 1)
    elif (kind := bare_type(value)) is not None:
        if kind:
            yield kind, value, text or compact(value)
    elif is_text(value.get("detail-type")) and "detail" in value:
        yield from opened_bridge(value, text, depth)
    else:
        yield from opened_envelope(value, text, depth)


def opened_bridge(value, text, depth):
    kind = value["detail-type"]
    if kind == "AWS Insight via CloudTrail":
        return
    if kind.endswith(" via CloudTrail"):
        yield from opened(value["detail"], None, depth + 1)
    else:
        yield bridge_type(value), value, text or compact(value)


def opened_envelope(value, text, depth):
    if value.get("messageType") == "CONTROL_MESSAGE":
        return
    for key in ("Records", "Events", "logEvents", "events"):
        if isinstance(value.get(key), list):
            yield from opened(value[key], None, depth)
            return
    if "CloudTrailEvent" in value:
        yield from opened_text("CloudTrailEvent", value["CloudTrailEvent"], depth)
    elif isinstance(value.get("Sns"), dict):
        yield from opened(value["Sns"], None, depth + 1)
    elif key := next((key for key in ("Message", "message") if key in value), None):
        yield from opened_text(key, value[key], depth)
    elif isinstance(value.get("imageScanFindings"), dict):
        yield "aws:ecr:describe-image-scan-findings", value, text or compact(value)
    elif not ("digestS3Object" in value and "logFiles" in value
              or "s3Bucket" in value and "s3ObjectKey" in value):
        yield Wrapped("is neither a record nor an envelope of some")


def opened_text(key, text, depth):
    if not is_text(text):
        yield Wrapped(f"holds no text in '{key}'")
        return
    try:
        yield from opened(read_json(text), text, depth + 1)
    except Wrapped as problem:
        yield Wrapped(f"holds in '{key}' what {problem}")


def pieces(line):
    """The texts of a `Records` file one by one, a bad one by itself; of other text the whole, or
    each of several values without a line's end between them."""
    start = RECORDS.match(line)
    if not start:
        yield from values_in(line) if TOUCHING.search(line) else [line]
        return
    decoder = json.JSONDecoder(strict=False, parse_constant=no_number)
    place = SPACE.match(line, start.end()).end()
    while place < len(line) and line[place] != "]":
        try:
            _, end = decoder.raw_decode(line, place)
        except (ValueError, RecursionError):
            follower = re.compile(r"\}\s*,\s*(?=\{\s*\")").search(line, place)
            end = follower.start() + 1 if follower else len(line)
        yield line[place:end]
        place = SPACE.match(line, end).end()
        if place < len(line) and line[place] == ",":
            place = SPACE.match(line, place + 1).end()


def values_in(line):
    decoder = json.JSONDecoder(strict=False, parse_constant=no_number)
    place = SPACE.match(line).end()
    while place < len(line):
        try:
            _, end = decoder.raw_decode(line, place)
        except (ValueError, RecursionError):
            end = len(line)
        yield line[place:end]
        place = SPACE.match(line, end).end()


SECONDS = {}


def forget_some(known):
    """Before something new is remembered: what others write must not fill the memory."""
    if len(known) >= 65536:
        known.clear()


def event_time(record, kind):
    """Whole seconds since 1970; None where no readable time is given."""
    if kind == "aws:ecr:describe-image-scan-findings":
        written = values_at(record, ["imageScanFindings", "imageScanCompletedAt"])
    else:
        written = values_at(record, ["eventTime" if kind == "aws:cloudtrail" else "time"])
    written = written[0] if written else None
    try:
        if isinstance(written, Numeral):
            seconds = math.floor(float(written))
        elif is_text(written):
            if written not in SECONDS:
                forget_some(SECONDS)
                SECONDS[written] = iso_seconds(written)
            seconds = SECONDS[written]
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return seconds if abs(seconds) < 253402300800 else None


ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?", re.ASCII)


def iso_seconds(text):
    match = ISO.fullmatch(text.replace("t", "T").replace("z", "Z"))
    if not match:
        raise ValueError(text)
    year, month, day = (int(match[part]) for part in (1, 2, 3))
    clock = [int(match[part] or 0) for part in (4, 5, 6)]
    midnight = datetime.datetime(year, month, day, tzinfo=datetime.timezone.utc)
    if clock[0] > 23 or clock[1] > 59 or clock[2] > 60:
        raise ValueError(text)
    zone = (match[7] or "Z").replace(":", "")
    offset = 0
    if zone != "Z":
        offset = int(zone[1:3]) * 3600 + int(zone[3:5] or 0) * 60
        offset = -offset if zone[0] == "-" else offset
    seconds = clock[0] * 3600 + clock[1] * 60 + clock[2]
    return int(midnight.timestamp()) + seconds - offset


def printable(text):
    """Text that Spark takes: a lone surrogate becomes U+FFFD."""
    if text is None or text.isascii():
        return text
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
