# --- Rows: the commands of a search over a data frame -----------------------------------------------
#
# Beside the fields a frame has columns of the job: wf_window (its start), wf_order_* (where a row
# stands among others), and what a row tells of its events (wf_count, wf_first, wf_last, wf_sample,
# wf_marks, wf_records, wf_key).

PLACE = ["wf_order_time", "wf_order_id", "wf_order_hash", "wf_order_ordinal"]
TOLD = ["wf_count", "wf_first", "wf_last", "wf_sample", "wf_marks", "wf_records"]
MOST_VALUES = 10000


def named(name):
    return F.col("`" + name.replace("`", "``") + "`")


class Rows:
    def __init__(self, frame, rule, order=None, bindings=None):
        self.frame = frame
        self.rule = rule
        self.order = order or [F.col(name).asc_nulls_first() for name in PLACE]
        self.bindings = bindings or {}
        self.kinds = {
            one.name: KINDS[one.dataType.typeName()] for one in frame.schema
            if not one.name.startswith("wf_")}

    def with_frame(self, frame, order=None):
        return Rows(frame, self.rule, order or self.order)

    def bound(self, name, value):
        """The rows where a field has another value, within `mvfilter`."""
        return Rows(self.frame, self.rule, self.order, {name: value})

    def value(self, name):
        if name in self.bindings:
            return self.bindings[name]
        return Value(named(name), self.kinds[name]) if name in self.kinds else NULL

    def record_value(self, name):
        """A field of the record as it came, whatever stages have made of it."""
        own = "wf_of:" + name
        kind = KINDS[self.frame.schema[own].dataType.typeName()]
        return Value(named(own), kind)

    def names(self, pattern):
        """The fields that fit a pattern with `*`; one that begins so takes no `_time`."""
        regex = ".*".join(map(re.escape, pattern.split("*")))
        return [
            name for name in self.kinds
            if re.fullmatch(regex, name, re.DOTALL) and not (
                pattern.startswith("*") and name.startswith("_"))]

    def assign(self, name, value):
        """The rows with a value under that name."""
        value = kept(value)
        if value.kind == "null":
            return self.drop(name)
        return self.with_frame(self.frame.withColumn(name, value.column))

    def drop(self, *names):
        gone = [name for name in names if name in self.kinds]
        return self.with_frame(self.frame.select(
            *[named(one) for one in self.frame.columns if one not in gone])) if gone else self

    # One row at a time.

    def search(self, holds):
        return self.with_frame(self.frame.where(truth_of(holds(self))))

    def where(self, holds):
        return self.search(holds)

    def eval(self, name, expression):
        return self.assign(name, expression(self))

    def spath_path(self, source, path, output):
        """The values at a path of a JSON text, those of every element of its lists."""
        value = self.value(source)
        if value.kind == "null":
            return self
        found = values_of_json(value, path)
        old = each_of(self.value(output)) if output in self.kinds else None
        columns = F.coalesce(found, old) if old is not None else found
        return self.assign(output, Value(columns, "many"))

    def spath(self, source, names, cut=None):
        """The leaves of a JSON text above the fields of those names."""
        value = self.value(source)
        if value.kind == "null":
            return self
        if cut:
            value = Value(F.udf(json_prefix, "string")(text_of(value), F.lit(cut)), "text")
        columns = {}
        for name in [one for one in names if "[" in one]:
            path, _, key = name.partition("[")
            columns[name] = keyed_value(text_of(value), path, key[:-1])
        for group in documents([one for one in names if "[" not in one]):
            for name in group:
                found = values_of_json(value, name, group)
                many = value.kind == "many" or "{" in name
                new = Value(found, "many") if many else Value(F.get(found, F.lit(0)), "text")
                old = self.value(name)
                both, _ = alike([new, old])
                columns[name] = new.column if old.kind == "null" else F.coalesce(*both)
        return self.with_frame(self.frame.withColumns(columns))

    def mvexpand(self, name, limit=None):
        """A row for each value of a field; null keeps its row."""
        value = self.value(name)
        if value.kind != "many":
            return self
        values = value.column if not limit else F.slice(value.column, 1, limit)
        others = [named(one) for one in self.frame.columns if one != name]
        frame = self.frame.select(*others, F.posexplode_outer(values).alias("wf_ordinal", name))
        parts = F.concat_ws(".", F.col("wf_order_ordinal"), F.lpad(
            F.col("wf_ordinal").cast("string"), 8, "0"))
        frame = frame.withColumn("wf_order_ordinal", parts).drop("wf_ordinal")
        rows = self.with_frame(frame)
        rows.order = self.order + [F.col("wf_order_ordinal").asc_nulls_first()]
        return rows

    def rename(self, *pairs):
        """Later pairs see what the earlier ones left; a missing source makes the target null."""
        sources = {name: name for name in self.frame.columns}
        for old, new in pairs:
            if "*" not in old:
                moved = sources.pop(old, None)
                sources.pop(new, None)
                if moved:
                    sources[new] = moved
                continue
            regex = re.compile("(.*?)".join(map(re.escape, old.split("*"))) + "$", re.DOTALL)
            for name in [one for one in sources if not one.startswith("wf_")]:
                match = regex.match(name)
                if match and not (old.startswith("*") and name.startswith("_")):
                    runs = new.split("*")
                    parts = [part for pair in zip(runs, match.groups()) for part in pair]
                    sources["".join(parts + runs[len(match.groups()):])] = sources.pop(name)
        return self.with_frame(self.frame.select(
            *[named(old).alias(new) for new, old in sources.items()]))

    def convert(self, function, name, target, form="%m/%d/%Y %H:%M:%S"):
        rows = self
        for one in [name] if "*" not in name else self.names(name):
            rows = rows.converted(function, one, target if "*" not in name else one, form)
        return rows

    def converted(self, function, name, target, form):
        """What cannot be converted stays, except that `num` takes it away."""
        value = self.value(name)
        if value.kind == "null":
            return self

        def text_in(one):
            moment = number_of(one)
            return F.coalesce(time_text(moment, form), text_of(one))

        if function == "num":
            return self.assign(target, Value(number_of(value), "number"))
        if value.kind == "many":
            return self.assign(target, Value(F.transform(
                value.column, lambda one: text_in(Value(one, "text"))), "many"))
        return self.assign(target, Value(text_in(value), "text"))

    def fillnull(self, filler, *names):
        """Named fields, or all that some row has, get a value where they have none."""
        rows = self
        for name in names or self.kinds:
            columns, kind = alike([rows.value(name), Value(F.lit(filler), "text")])
            rows = rows.assign(name, Value(F.coalesce(*columns), kind))
        return rows

    def rex(self, name, regex, groups, limit=1):
        """A field for each named group; one that a text lacks keeps what it had."""
        value, rows = self.value(name), self
        if value.kind == "null":
            return self
        source = F.array_join(each_of(value), "\n") if value.kind == "many" else text_of(value)
        for place, group in enumerate(groups, 1):
            found = F.regexp_extract_all(source, F.lit(regex), place)
            found = F.slice(found, 1, limit) if limit else found
            found = F.when(F.size(found) > 0, found)
            new = Value(found[0], "text") if limit == 1 else Value(found, "many")
            columns, kind = alike([new, rows.value(group)])
            rows = rows.assign(group, Value(F.coalesce(*columns), kind))
        return rows

    def sed(self, name, regex, by):
        value = self.value(name)
        if value.kind == "many":
            return self.assign(name, Value(F.transform(
                value.column, lambda one: F.regexp_replace(one, regex, by)), "many"))
        return self.assign(name, Value(F.regexp_replace(text_of(value), regex, by), "text"))

    def regex(self, name, regex, keeps=True):
        holds = F.coalesce(any_text(self.value(name), lambda one: one.rlike(regex)), F.lit(False))
        return self.with_frame(self.frame.where(holds == keeps))

    def makemv(self, name, delimiter, allows_empty=False):
        value = self.value(name)
        if value.kind == "null":
            return self
        quoted = "".join("\\" + one if not one.isalnum() else one for one in delimiter)
        parts = F.flatten(F.transform(each_of(value), lambda one: F.split(one, quoted, -1)))
        if not allows_empty:
            parts = F.filter(parts, lambda one: one != "")
        return self.assign(name, listed(parts))

    def nomv(self, name):
        return self.assign(name, Value(text_of(self.value(name)), "text"))

    def bin(self, name, target, seconds, origin=0):
        """A time rounded down to a span; what is no number stays as it is."""
        value = self.value(name)
        if value.kind == "null":
            return self
        moment = number_of(value)
        start = F.floor((F.floor(moment) - origin) / seconds) * seconds + origin
        if value.kind == "number":
            return self.assign(target, Value(start.cast("double"), "number"))
        known = Value(start.cast("double"), "number")
        columns, kind = alike([known, value])
        return self.assign(target, Value(F.coalesce(*columns), kind))

    def addinfo(self):
        rows = self.assign("info_min_time", Value(F.col("wf_window").cast("double"), "number"))
        end = (F.col("wf_window") + 3600).cast("double")
        return rows.assign("info_max_time", Value(end, "number")).assign(
            "info_search_time", Value(end, "number"))

    def table(self, *patterns):
        """These columns and no others; a plain name is one though no row has it."""
        keep = [name for one in patterns for name in (self.names(one) if "*" in one else [one])]
        return self.only(keep)

    def fields(self, *patterns):
        keep = [name for one in patterns for name in (self.names(one) if "*" in one else [one])]
        return self.only([name for name in self.kinds if name.startswith("_")] + keep)

    def without(self, *patterns):
        return self.drop(*[name for one in patterns for name in self.names(one)])

    def only(self, keep):
        own = [named(name) for name in self.frame.columns if name.startswith("wf_")]
        chosen = [named(name) for name in dict.fromkeys(keep) if name in self.kinds]
        return self.with_frame(self.frame.select(*own, *chosen))

    # Groups of rows.

    def expanded_by(self, by):
        """A row for each combination of the values of the BY fields."""
        frame = self.frame
        for name in by:
            if self.kinds.get(name) == "many":
                others = [named(one) for one in frame.columns if one != name]
                frame = frame.select(*others, F.explode_outer(
                    F.array_distinct(named(name))).alias(name))
        return self.with_frame(frame)

    def filled_by(self, by, keep_null, derive):
        """Null BY values: derived from the record, kept with a mark, else the row is dropped."""
        rows = self
        for name in by:
            if name not in rows.kinds:
                rows = rows.with_frame(rows.frame.withColumn(name, F.lit(None).cast("string")))
            missing = is_null(rows.value(name))
            for source, mark in derive.get(name, []):
                other = rows.record_value(source)
                columns, kind = alike([rows.value(name), other])
                rows = rows.marked(F.when(missing & ~is_null(other), F.lit(mark)))
                rows = rows.assign(name, Value(F.coalesce(*columns), kind))
                missing = is_null(rows.value(name))
            if name in keep_null:
                rows = rows.marked(F.when(missing, F.lit(name + " is null")))
            else:
                rows = rows.with_frame(rows.frame.where(~missing))
        return rows

    def marked(self, mark):
        return self.with_frame(self.frame.withColumn("wf_marks", F.concat(
            F.col("wf_marks"), F.filter(F.array(mark), lambda one: one.isNotNull()))))

    def stats(self, *aggregates, by=(), keep_null=(), derive=None):
        """A row for each group; what rows tell of their events adds up."""
        rows = self.filled_by(by, keep_null, derive or {}).expanded_by(by)
        same = lambda column: column  # noqa: E731
        told = told_by_group(rows.frame)
        made = {name: aggregate(rows, same) for name, aggregate in aggregates}
        keys = [text_of(rows.value(name)).alias(name) for name in by]
        frame = rows.frame.groupBy("wf_window", *keys)
        frame = frame.agg(*told, *[value.column.alias(name) for name, value in made.items()])
        key = F.array(*[named(name) for name in by]) if by else F.array().cast("array<string>")
        frame = frame.withColumns({
            "wf_key": key, "wf_order_time": F.lit(0).cast("bigint"),
            "wf_order_id": F.lit(None).cast("string"), "wf_order_hash": F.to_json(key),
            "wf_order_ordinal": F.lit("")})
        return self.with_frame(frame, [F.col("wf_key").asc_nulls_first()])

    def eventstats(self, *aggregates, by=()):
        """Every row with the aggregates of its group."""
        return self.over(Window.partitionBy("wf_window", *[
            text_of(self.value(name)) for name in by]), aggregates, by)

    def streamstats(self, *aggregates, by=(), window=None, current=True):
        """Every row with the aggregates over the rows up to it."""
        span = Window.partitionBy("wf_window", *[text_of(self.value(name)) for name in by])
        end = 0 if current else -1
        start = Window.unboundedPreceding if not window else end - window + 1
        return self.over(span.orderBy(*self.order).rowsBetween(start, end), aggregates, by)

    def over(self, window, aggregates, by):
        missing = functools.reduce(
            lambda a, b: a | b, [is_null(self.value(name)) for name in by], F.lit(False))
        made = {
            name: aggregate(self, lambda column: column.over(window))
            for name, aggregate in aggregates}
        columns = {}
        for name, value in made.items():
            new = F.when(~missing, value.column)
            if name in self.kinds:
                both, kind = alike([Value(new, value.kind), self.value(name)])
                new = F.when(missing, both[1]).otherwise(both[0])
            columns[name] = new
        return self.with_frame(self.frame.withColumns(columns))

    # Rows in their order.

    def numbered(self, by=()):
        span = Window.partitionBy("wf_window", *by).orderBy(*self.order)
        return self.frame.withColumn("wf_number", F.row_number().over(span))

    def dedup(self, *names, count=1, sort_by=()):
        """The first rows of each combination of values; rows without one of the fields go."""
        rows = self.sort(*sort_by) if sort_by else self
        for name in names:
            rows = rows.with_frame(rows.frame.where(~is_null(rows.value(name))))
        frame = rows.numbered([text_of(rows.value(name)) for name in names])
        return rows.with_frame(frame.where(F.col("wf_number") <= count).drop("wf_number"))

    def sort(self, *keys, limit=None):
        """(name, descending, kind); rows without the field come last, either way."""
        order = []
        for name, descending, kind in keys:
            value = self.value(name)
            if value.kind == "many":
                value = Value(value.column[0], "text")
            number, words = number_of(value), text_of(value)
            if kind == "auto":
                order += [is_null(value).asc(), *turned(number.isNull(), descending)]
            if kind in ("auto", "num"):
                order += turned(number, descending)
            if kind in ("auto", "str"):
                order += turned(words, descending)
        sorted_rows = self.with_frame(self.frame, order + self.order)
        frame = sorted_rows.numbered().withColumns({
            "wf_order_time": F.col("wf_number").cast("bigint"), "wf_order_hash": F.lit(""),
            "wf_order_id": F.lit(None).cast("string"), "wf_order_ordinal": F.lit("")})
        rows = Rows(frame.drop("wf_number"), self.rule)
        return rows.head(limit) if limit else rows

    def head(self, count):
        frame = self.numbered()
        return self.with_frame(frame.where(F.col("wf_number") <= count).drop("wf_number"))


def turned(column, descending):
    return [column.desc_nulls_last() if descending else column.asc_nulls_last()]


def told_by_group(frame):
    """What a row tells of the events that it stands on."""
    newest = F.struct((-F.col("wf_last")).alias("time"), *[F.col(name) for name in PLACE])
    columns = [
        F.sum("wf_count").alias("wf_count"), F.min("wf_first").alias("wf_first"),
        F.max("wf_last").alias("wf_last"), F.min_by("wf_sample", newest).alias("wf_sample"),
        F.sort_array(F.array_distinct(F.flatten(F.collect_set("wf_marks")))).alias("wf_marks")]
    if "wf_records" in frame.columns:
        columns.append(F.slice(F.array_distinct(F.reverse(F.sort_array(F.flatten(
            F.collect_set("wf_records"))))), 1, MOST_RECORDS).alias("wf_records"))
    return columns


# JSON texts in fields.


def json_prefix(text, characters):
    """The first characters of a JSON text, cut back to whole values and closed again."""
    if text is None or len(text) <= characters:
        return text
    text, closers, whole, index = text[:characters], [], None, 0
    while index < len(text):
        letter = text[index]
        if letter == '"':
            index += 1
            while index < len(text) and text[index] != '"':
                index += 2 if text[index] == "\\" else 1
        elif letter in "{[":
            closers.append("}" if letter == "{" else "]")
        elif letter in "}]":
            closers = closers[:-1]
            whole = index + 1, closers[::-1]
        elif letter == ",":
            whole = index, closers[::-1]
        index += 1
    return text[:whole[0]] + "".join(whole[1]) if whole else ""


def typed(ways, leaf_type):
    """The type of JSON that holds the values at the ends of some ways, and nothing else."""
    if ways == [[]]:
        return leaf_type
    if not isinstance(ways[0][0], str):
        return ArrayType(typed([way[1:] for way in ways], leaf_type))
    keys = dict.fromkeys(way[0] for way in ways)
    return StructType([StructField(key, typed(
        [way[1:] for way in ways if way[0] == key], leaf_type)) for key in keys])


def fit_together(one, other):
    """Whether one type can hold the values of both ways."""
    for a, b in zip(one, other):
        if isinstance(a, str) != isinstance(b, str):
            return False
        if isinstance(a, str) and a != b:
            return True
    return len(one) == len(other)


def documents(names):
    """Names in groups, each of which one reading of the text serves."""
    groups = []
    for name in names:
        way = steps(name)
        group = next((group for group in groups if all(
            fit_together(way, steps(one)) for one in group)), None)
        groups.append([name]) if group is None else group.append(name)
    return groups


def taken(column, way, kind="string"):
    """The values at the end of some steps in a column of `typed`, as a list."""
    empty = F.array().cast(f"array<{kind}>")
    if not way:
        return F.when(column.isNotNull(), F.array(column)).otherwise(empty)
    if isinstance(way[0], str):
        return taken(column.getField(way[0]), way[1:], kind)
    if way[0] is not None:
        return F.coalesce(taken(column[way[0]], way[1:], kind), empty)
    return F.coalesce(
        F.flatten(F.transform(column, lambda one: taken(one, way[1:], kind))), empty)


def values_of_json(value, name, group=None):
    """The values of a path in a JSON text, or in each of many, as a list; null for none.

    With a group of names that are read together only the leaves: no objects and no lists."""
    ways = list(map(steps, group or [name]))

    def found(column):
        values = taken(F.from_json(column, typed(ways, StringType())), steps(name))
        return leaves(values, column, steps(name)) if group else values

    lists = F.flatten(F.transform(value.column, found)) if value.kind == "many" else found(
        text_of(value))
    return F.when(F.size(lists) > 0, lists)


def leaves(values, column, way):
    """Those of the values that are neither objects nor lists: a text may look like one."""
    looks = F.exists(values, lambda one: one.rlike(r"^\s*[\[{]"))
    variants = taken(F.from_json(column, typed([way], VariantType())), way, "variant")
    shapes = F.transform(F.filter(
        variants, lambda one: ~F.is_variant_null(one)), F.schema_of_variant)
    texts = F.filter(
        F.arrays_zip(values.alias("text"), shapes.alias("shape")),
        lambda one: ~one["shape"].rlike("^(OBJECT|ARRAY)"))
    return F.when(looks, F.transform(texts, lambda one: one["text"])).otherwise(values)


def keyed_value(column, path, key):
    """`attributes[package_name]`: of a list of keys and values the value of one key."""
    pair = StructType([StructField("key", StringType()), StructField("value", StringType())])
    way = steps(path + "{}")
    pairs = taken(F.from_json(column, typed([way], pair)), way, "struct<key:string,value:string>")
    return F.get(F.filter(pairs, lambda one: one["key"] == key), F.lit(0))["value"]
