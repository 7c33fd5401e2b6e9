# --- Rules: what a translated search is ---------------------------------------------------------


@dataclass
class Rule:
    id: str
    name: str
    plan: str
    # Runs of letters of which a record must hold one; none: every record is looked at.
    needles: list
    # What a record must fulfil, then what is done with each, then with those of a window.
    base: Callable
    per_event: Callable
    per_window: Callable
    # Fields that `per_window` reads, and the row's columns; None: those that it leaves.
    keeps: list
    columns: list
    # Whether rows are groups of `stats`; else each event is a row.
    groups: bool
    # Fields of the newest event that a row takes along, and of the record itself.
    sample: list = member(default_factory=list)
    of_record: list = member(default_factory=list)

    def state(self, checkpoint, part):
        return f"{checkpoint}/state/{self.plan}/{part}"


def json_text(column):
    """A text as JSON writes it."""
    listed_text = F.to_json(F.array(column))
    return F.substring(listed_text, F.lit(2), F.length(listed_text) - 2)


def json_value(value):
    """A value as JSON: numbers as numbers, several as a list; null for none."""
    if value.kind == "number":
        return number_text(value.column)
    if value.kind == "mixed":
        shown = value.column["text"]
        return F.when(value.column["number"], shown).otherwise(json_text(shown))
    if value.kind == "many":
        return F.when(F.size(value.column) == 1, json_text(value.column[0])).otherwise(
            F.to_json(value.column))
    column = text_of(kept(value))
    return F.when(column.isNotNull(), json_text(column))


def json_object(pairs):
    """An object of those names that have a value."""
    parts = [
        F.when(column.isNotNull(), F.concat(
            F.lit(json.dumps(name, ensure_ascii=False) + ":"), column))
        for name, column in pairs]
    return F.concat(F.lit("{"), F.concat_ws(",", *parts), F.lit("}")) if parts else F.lit("{}")


def json_columns(rows, columns):
    """`[["user","test"],["count",3],["x",null]]`, in the search's own order."""
    parts = [
        F.concat(F.lit("[" + json.dumps(name, ensure_ascii=False) + ","), F.coalesce(
            json_value(rows.value(name)), F.lit("null")), F.lit("]")) for name in columns]
    return F.concat(F.lit("["), F.concat_ws(",", *parts), F.lit("]"))


def sample_of(rows, rule):
    """The sample of an event as JSON; values of more than 4,096 bytes are left out."""
    pairs = []
    for name in rule.sample:
        value = rows.value(name)
        if name in rule.of_record:
            columns, kind = alike([value, rows.record_value(name)])
            value = Value(F.coalesce(*columns), kind)
        if value.kind != "null":
            fits = F.octet_length(text_of(value)) <= 4096
            pairs.append((name, F.when(fits, json_value(value))))
    return json_object(pairs)


def contributions(events, rule, options):
    """What the events of a batch give a rule, with the fields that its windows need."""
    frame = events.select(
        "*", *[named(name).alias("wf_of:" + name) for name in rule.of_record])
    rows = Rows(frame, rule).search(rule.base)
    rows = rule.per_event(rows)
    marks = F.when(F.col("wf_future"), F.array_append("wf_marks", F.lit("from the future")))
    rows.frame = rows.frame.withColumns({
        "wf_sample": sample_of(rows, rule),
        "wf_marks": F.coalesce(marks, F.col("wf_marks"))})
    own = ["wf_window", "wf_time", "wf_id", "wf_hash", "wf_marks", "wf_sample", *PLACE]
    own += ["wf_raw"] if options.keep_records else []
    own += ["wf_of:" + name for name in rule.of_record]
    fields = [name for name in dict.fromkeys(rule.keeps) if name in rows.kinds]
    return rows.frame.select(*[named(name) for name in own + fields])


def window_rows(stored, rule, options):
    """The rows of whole windows as lines of a row file, without their version."""
    frame = stored
    if not options.exact:
        frame = frame.dropDuplicates(["wf_window", "wf_id", "wf_hash", "wf_order_ordinal"])
        ids = Window.partitionBy("wf_window", "wf_id")
        several = F.col("wf_id").isNotNull() & (
            F.min("wf_hash").over(ids) != F.max("wf_hash").over(ids))
        frame = frame.withColumn("wf_marks", F.when(several, F.array_append(
            "wf_marks", F.lit("another record bears the same eventID"))).otherwise(
            F.col("wf_marks")))
    time_of = F.coalesce("wf_time", F.lit(0))
    frame = frame.withColumns({
        "wf_count": F.lit(1).cast("bigint"), "wf_first": time_of, "wf_last": time_of})
    if options.keep_records:
        frame = frame.withColumn("wf_records", F.array(F.struct(
            time_of.alias("time"), F.col("wf_raw").alias("raw"))))
    if not rule.groups:
        frame = frame.withColumn("wf_key", F.array(
            F.coalesce("wf_id", "wf_hash"), F.col("wf_order_ordinal")))
    rows = rule.per_window(Rows(frame, rule))
    return lines_of(rows, rule, options)


def lines_of(rows, rule, options):
    columns = rule.columns if rule.columns is not None else list(rows.kinds)
    # Rows of one key are told apart by a number.
    same = Window.partitionBy("wf_window", "wf_key").orderBy(*rows.order)
    frame = rows.frame.withColumn("wf_number", F.row_number().over(same))
    key = F.when(F.col("wf_number") == 1, F.col("wf_key")).otherwise(
        F.array_append("wf_key", F.col("wf_number").cast("string")))
    parts = [
        ("count", F.col("wf_count").cast("string")), ("first", F.col("wf_first").cast("string")),
        ("last", F.col("wf_last").cast("string")), ("columns", json_columns(rows, columns)),
        ("sample", F.coalesce("wf_sample", F.lit("{}"))), ("marks", F.to_json("wf_marks"))]
    if options.keep_records:
        parts.append(("records", F.to_json(F.transform("wf_records", lambda one: one["raw"]))))
    body = F.concat_ws(",", *[F.concat(F.lit(f'"{name}":'), part) for name, part in parts])
    return frame.select("wf_window", F.to_json(key).alias("wf_key"), body.alias("wf_body"))
