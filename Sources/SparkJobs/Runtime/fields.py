# --- Fields: what a record's fields are, by the table FIELDS ------------------------------------
#
# A rule of the table is a function of a record that gives a list of texts, empty for no value.


def leaf(path):
    way = steps(path)

    def text(record):
        for key in way:
            if not isinstance(record, dict):
                return []
            record = record.get(key)
        text = leaf_text(record)
        return [] if text is None else [text]

    def texts(record):
        return [text for text in map(leaf_text, values_at(record, way)) if text is not None]

    return text if all(isinstance(step, str) for step in way) else texts


def constant(text):
    return lambda record: [text]


def no_value(record):
    return []


def first_of(*rules):
    def texts(record):
        return next((found for rule in rules if (found := rule(record))), [])

    return texts


def name_of(record):
    name = record.get("eventName")
    return name if is_text(name) else ""


def takes(pattern, name):
    if pattern.startswith("*"):
        return name.endswith(pattern[1:])
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def by_event_name(choices, otherwise):
    """By the record's eventName: the first of (names, rule) that takes it."""
    known = {}

    def rule_of(name):
        return next((rule for patterns, rule in choices if any(
            takes(pattern, name) for pattern in patterns)), otherwise)

    def texts(record):
        name = name_of(record)
        if name not in known:
            forget_some(known)
            known[name] = rule_of(name)
        return known[name](record)

    return texts


def when(path, words, rule, otherwise):
    look = leaf(path)
    return lambda record: (rule if "\n".join(look(record)) in words else otherwise)(record)


def when_present(path, rule, otherwise):
    look = leaf(path)
    return lambda record: (rule if look(record) else otherwise)(record)


def part_of(rule, cut):
    """A part of the text of a value; none where the part is empty."""
    def texts(record):
        found = rule(record)
        part = cut("\n".join(found)) if found else ""
        return [part] if part else []

    return texts


def arn_end(rule):
    return part_of(rule, lambda text: text.rpartition(":")[2].rpartition("/")[2])


def before_colon(rule):
    return part_of(rule, lambda text: text.partition(":")[0])


def after_colon(rule):
    return part_of(rule, lambda text: text.partition(":")[2])


def word_after(words, rule):
    def cut(text):
        rest = text.partition(words)[2]
        return re.match(r"[^\x00-\x20]*", rest)[0]

    return part_of(rule, cut)


def begins_with_verb(name, verb):
    return name.startswith(verb) and not re.match(r"[a-z]", name[len(verb):])


def outcome(part, error_code, logins, verbs):
    """`action` or `status`: what was done by the verb of the name, and whether it was."""
    def texts(record):
        succeeded = error_code(record) == ["success"]
        status = "success" if succeeded else "failure"
        name = name_of(record)
        if part == "status" or any(takes(pattern, name) for pattern in logins):
            return [status]
        for action, words in verbs:
            if any(begins_with_verb(name, word) for word in words):
                return [action]
        return [] if succeeded else ["unknown"]

    return texts


MONTHS = ("january february march april may june july august september october november "
          "december").split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def date_fields(seconds):
    """What Splunk takes from the time, in UTC; `local_` ones where no zone is set."""
    if seconds is None:
        return {}
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    weekday = WEEKDAYS[moment.weekday()]
    return {
        "_time": float(seconds), "date_year": float(moment.year),
        "date_month": MONTHS[moment.month - 1], "date_mday": float(moment.day),
        "date_wday": weekday, "date_hour": float(moment.hour),
        "date_minute": float(moment.minute), "date_second": float(moment.second),
        "date_zone": 0.0, "local_minute": float(moment.hour * 60 + moment.minute),
        "local_wday": weekday}


NUMBER_FIELDS = {
    "_time", "date_year", "date_mday", "date_hour", "date_minute", "date_second", "date_zone",
    "local_minute"}


def holds_many(name):
    """Whether a field of that name is a list: its own path, or that of a rule, goes through one."""
    return "{" in name or name in MANY


def schema_of(names):
    """A column for each field that the rules need, and what the job itself asks of a record."""
    def kind(name):
        if name in NUMBER_FIELDS:
            return DoubleType()
        return ArrayType(StringType()) if holds_many(name) else StringType()

    own = [
        StructField("wf_problem", StringType()), StructField("wf_seen", LongType()),
        StructField("wf_raw", StringType()), StructField("wf_time", LongType()),
        StructField("wf_id", StringType()), StructField("wf_hash", StringType()),
        StructField("wf_marks", ArrayType(StringType()))]
    return StructType(own + [StructField(name, kind(name)) for name in names])


def reader(names, needles):
    """A function of (line, file) that gives the records in it, as rows of `schema_of(names)`."""
    own = {"_raw", "sourcetype", "source", "host", "index"}
    rules = [
        (name, FIELDS.get(name), leaf(name), holds_many(name),
         name in own or name == "_time" or name.startswith(("date_", "local_")))
        for name in names]
    dated = any(is_given and name not in own for name, _, _, _, is_given in rules)
    nothing = (None,) * len(names)

    def row(record, kind, text, path):
        seconds = event_time(record, kind)
        given = date_fields(seconds) if dated else {}
        given.update({"_raw": text, "sourcetype": kind, "source": path, "host": "aws",
                      "index": "main"})
        fields = []
        for name, rule, raw, many, is_given in rules:
            if is_given:
                value = given.get(name)
                fields.append(printable(value) if isinstance(value, str) else value)
                continue
            found = (rule if rule and kind == "aws:cloudtrail" else raw)(record)
            if found:
                found = list(map(printable, found))
                fields.append(found if many else "\n".join(found))
            else:
                fields.append(None)
        event_id = record.get("eventID" if kind == "aws:cloudtrail" else "id")
        marks = ["dup-key"] if has_key_twice(record) else []
        if kind == "aws:cloudtrail" and isinstance(record.get("addendum"), dict):
            marks.append("addendum to another record")
        if seconds is None:
            marks.append("no readable time")
        digest = hashlib.sha256(canonical(record).encode()).hexdigest()
        return (None, 1, printable(text), seconds,
                printable(str(event_id)) if is_text(event_id) else None, digest, marks, *fields)

    def problem(text, sentence):
        return (sentence, 0, printable(text), None, None, None, []) + nothing

    def rows(line, path):
        found, skipped = [], 0
        for text in pieces(line):
            if needles and not wanted(text, needles):
                skipped += 1
                continue
            try:
                for one in opened(read_json(text), text):
                    if isinstance(one, Wrapped):
                        found.append(problem(text, str(one)))
                    else:
                        kind, record, own = one
                        found.append(row(record, kind, own, path))
            except Wrapped as wrong:
                found.append(problem(text, str(wrong)))
        if skipped:
            found.append((None, skipped) + (None,) * (5 + len(names)))
        return found

    return rows


def wanted(text, needles):
    """Whether a text holds what a rule requires, in any case, or letters that hide as escapes."""
    lowered = text.lower()
    if any(needle in lowered for needle in needles) or ESCAPED_LETTER.search(lowered):
        return True
    return not (lowered.rstrip().endswith("}") and lowered.lstrip().startswith("{"))
