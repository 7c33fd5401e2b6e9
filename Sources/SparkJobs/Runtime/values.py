# --- Values: what Splunk makes of values, as Spark's column expressions -----------------------------
#
# A value is a column and what it holds: "text", "number" (double), "many" (a list of texts, null for
# none), "mixed" (text and whether it is a number), "truth" or "null". An expression is a function of
# rows that gives a value.


class Value:
    def __init__(self, column, kind):
        self.known = column
        self.kind = kind

    @property
    def column(self):
        return F.lit(None).cast("string") if self.kind == "null" else self.known


NULL = Value(None, "null")
KINDS = {"string": "text", "double": "number", "array": "many", "struct": "mixed"}
UPPER, LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
NUMERAL = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"


def number_text(column):
    """A number as it is printed: 3, 0.25; an exponent only below a millionth and from 1e21 on."""
    size = F.abs(column)
    whole = (column == F.floor(column)) & (size < 9.2e18)
    plain = F.regexp_replace(column.cast("decimal(38,16)").cast("string"), r"\.?0+$", "")
    small = F.regexp_replace(column.cast("decimal(38,30)").cast("string"), r"0+$", "")
    exponent = F.regexp_replace(
        F.regexp_replace(F.lower(column.cast("string")), r"\.0e", "e"), r"e(-?)(\d)$", r"e$10$2")
    exponent = F.regexp_replace(exponent, r"e(\d)", r"e+$1")
    return (
        F.when(whole, column.cast("bigint").cast("string"))
        .when((size >= 1e-3) & (size < 1e7), column.cast("string"))
        .when((size >= 1e7) & (size < 1e21), plain)
        .when((size >= 1e-6) & (size < 1e-3), small)
        .otherwise(exponent))


def numeral(column):
    """The number that a text is; null for all else."""
    number = F.when(column.rlike(NUMERAL), column.cast("double"))
    return F.when(F.abs(number) < F.lit(float("inf")), number)


def text_of(value):
    if value.kind == "number":
        return number_text(value.column)
    if value.kind == "many":
        return F.array_join(value.column, "\n")
    if value.kind == "mixed":
        return value.column["text"]
    return value.column if value.kind == "text" else F.lit(None).cast("string")


def number_of(value):
    if value.kind == "number":
        return value.column
    if value.kind in ("text", "mixed"):
        return numeral(text_of(value))
    if value.kind == "many":
        return F.when(F.size(value.column) == 1, numeral(value.column[0]))
    return F.lit(None).cast("double")


def each_of(value):
    """The texts of a value one by one; null for none."""
    if value.kind == "many":
        return value.column
    text = text_of(value)
    return F.when(text.isNotNull(), F.array(text))


def truth_of(value):
    if value.kind == "truth":
        return value.column
    if value.kind == "number":
        return value.column != 0
    if value.kind == "mixed":
        return F.when(value.column["number"], numeral(value.column["text"]) != 0)
    return F.lit(None).cast("boolean")


def is_null(value):
    return F.lit(True) if value.kind == "null" else value.column.isNull()


def kept(value):
    """A value as a field holds it: truth becomes `True` and `False`."""
    if value.kind == "truth":
        return Value(F.when(value.column, "True").when(~value.column, "False"), "text")
    return value


def mixed_of(value):
    """A value that may be a number in one row and a text in another."""
    if value.kind == "mixed":
        return value.column
    text = text_of(kept(value))
    return F.when(text.isNotNull(), F.struct(
        text.alias("text"), F.lit(value.kind == "number").alias("number")))


def alike(values):
    """Columns of some values that hold the same kind, and the kind."""
    values = [kept(value) for value in values]
    kinds = {value.kind for value in values} - {"null"}
    if not kinds:
        return [value.column for value in values], "null"
    if "many" in kinds:
        return [each_of(value) for value in values], "many"
    if len(kinds) > 1:
        return [mixed_of(value) for value in values], "mixed"
    kind = kinds.pop()
    empty = F.lit(None).cast({"number": "double", "text": "string"}.get(kind, "string"))
    columns = [empty if value.kind == "null" else value.column for value in values]
    if kind == "mixed":
        columns = [mixed_of(value) for value in values]
    return columns, kind


def folded(column):
    """ASCII letters in lower case, as `search` compares."""
    return F.translate(column, UPPER, LOWER)


def fold(text):
    return text.translate(str.maketrans(UPPER, LOWER))


# Expressions of `eval` and `where`.


def field(name):
    return lambda rows: rows.value(name)


def text(literal):
    return lambda rows: Value(F.lit(literal), "text")


def number(literal):
    return lambda rows: Value(F.lit(float(literal)), "number")


def truth(literal):
    return lambda rows: Value(F.lit(literal), "truth")


def null():
    return lambda rows: NULL


def negative(inner):
    return lambda rows: Value(-number_of(inner(rows)), "number")


def finite(column):
    return F.when(F.abs(column) < F.lit(float("inf")), column)


def arithmetic(left, sign, right):
    def result(rows):
        one, two = left(rows), right(rows)
        a, b = number_of(one), number_of(two)
        if sign == "+":
            if "number" in (one.kind, two.kind) or "null" in (one.kind, two.kind):
                return Value(finite(a + b), "number")
            joined = F.when(a.isNull() & b.isNull(), F.concat(text_of(one), text_of(two)))
            total = finite(a + b)
            whole = F.coalesce(number_text(total), joined)
            return Value(F.when(whole.isNotNull(), F.struct(
                whole.alias("text"), total.isNotNull().alias("number"))), "mixed")
        sums = {
            "-": lambda: a - b, "*": lambda: a * b, "/": lambda: F.when(b != 0, a / b),
            "%": lambda: F.when(b != 0, a % b)}
        return Value(finite(sums[sign]()), "number")

    return result


def concatenation(left, right):
    return lambda rows: Value(F.concat(text_of(left(rows)), text_of(right(rows))), "text")


COMPARISONS = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def compared(one, sign, two):
    """One value with another: as numbers where both are, else by bytes."""
    holds = COMPARISONS[sign]
    if one.kind == "number" and two.kind == "number":
        return holds(one.column, two.column)
    a, b = number_of(one), number_of(two)
    return F.when(a.isNotNull() & b.isNotNull(), holds(a, b)).otherwise(
        holds(text_of(one), text_of(two)))


def compare(left, sign, right):
    """Whether any of the values compares so with any of the others; null where a side is null."""
    def result(rows):
        one, two = left(rows), right(rows)
        if one.kind == "truth" and two.kind == "truth":
            return Value(COMPARISONS[sign](one.column, two.column), "truth")
        if "null" in (one.kind, two.kind) or "truth" in (one.kind, two.kind):
            return Value(F.lit(None).cast("boolean"), "truth")
        if "many" not in (one.kind, two.kind):
            return Value(compared(one, sign, two), "truth")
        return Value(F.exists(each_of(one), lambda a: F.exists(
            each_of(two), lambda b: compared(Value(a, "text"), sign, Value(b, "text")))), "truth")

    return result


def any_text(value, holds):
    """Whether a condition holds for any text of a value; null for no value."""
    if value.kind == "many":
        return F.exists(value.column, holds)
    return holds(text_of(value))


def escaped_like(run):
    return run.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def like(value, pattern):
    """`%` is any text, `_` one character, with case."""
    quoted = pattern.replace("\\", "\\\\")
    return lambda rows: Value(any_text(value(rows), lambda one: one.like(quoted)), "truth")


def within(value, *options):
    parts = [compare(value, "=", option) for option in options]
    return lambda rows: Value(F.when(~is_null(value(rows)), F.coalesce(
        any_of(*parts)(rows).column, F.lit(False))), "truth")


def negation(inner):
    return lambda rows: Value(~truth_of(inner(rows)), "truth")


def all_of(*parts):
    def result(rows):
        truths = [truth_of(part(rows)) for part in parts]
        return Value(functools.reduce(lambda a, b: a & b, truths), "truth")

    return result


def any_of(*parts):
    def result(rows):
        truths = [truth_of(part(rows)) for part in parts]
        return Value(functools.reduce(lambda a, b: a | b, truths), "truth")

    return result


def exclusive(left, right):
    return lambda rows: Value(truth_of(left(rows)) != truth_of(right(rows)), "truth")


def if_else(condition, then, otherwise):
    return cases((condition, then), (truth(True), otherwise))


def cases(*branches, until=True):
    """The value of the first branch whose condition is as `until` says."""
    def result(rows):
        values = [value(rows) for _, value in branches]
        columns, kind = alike(values)
        chosen = None
        for (condition, _), column in zip(branches, columns):
            holds = F.coalesce(truth_of(condition(rows)), F.lit(False))
            holds = holds if until else ~holds
            chosen = F.when(holds, column) if chosen is None else chosen.when(holds, column)
        return Value(chosen, kind)

    return result


def coalesce(*arguments):
    def result(rows):
        columns, kind = alike([argument(rows) for argument in arguments])
        return Value(F.coalesce(*columns), kind)

    return result


def isnull(argument):
    return lambda rows: Value(is_null(argument(rows)), "truth")


def isnotnull(argument):
    return lambda rows: Value(~is_null(argument(rows)), "truth")


def isnum(argument):
    return lambda rows: Value(number_of(argument(rows)).isNotNull(), "truth")


def isint(argument):
    def result(rows):
        number = number_of(argument(rows))
        return Value(F.coalesce(number == F.floor(number), F.lit(False)), "truth")

    return result


def isstr(argument):
    def result(rows):
        value = argument(rows)
        if value.kind == "truth":
            return Value(F.lit(False), "truth")
        return Value(~is_null(value) & number_of(value).isNull(), "truth")

    return result


def nullif(one, two):
    def result(rows):
        value = kept(one(rows))
        same = F.coalesce(compare(one, "=", two)(rows).column, F.lit(False))
        return Value(F.when(~same, value.column), value.kind)

    return result


def matches(value, regex):
    return lambda rows: Value(any_text(value(rows), lambda one: one.rlike(regex)), "truth")


def computed_match(texts, pattern):
    """Whether a pattern that a row has matches any text; one that is no pattern matches none."""
    if texts is None or pattern is None:
        return None
    try:
        return any(re.search(pattern, one, re.ASCII) for one in texts)
    except re.error:
        return None


def matches_computed(value, pattern):
    def result(rows):
        known = F.udf(computed_match, "boolean")(each_of(value(rows)), text_of(pattern(rows)))
        return Value(known, "truth")

    return result


def of_text(compute):
    """A function of one text that gives a text."""
    def function(argument, *others):
        return lambda rows: Value(compute(text_of(argument(rows)), *others), "text")

    return function


def trimmed(left, right):
    def compute(column, characters=" \t\n\r"):
        kept_out = "[" + re.escape(characters) + "]+" if characters else "(?!)"
        column = F.regexp_replace(column, "^" + kept_out, "") if left else column
        return F.regexp_replace(column, kept_out + r"\z", "") if right else column

    return compute


lower, upper = of_text(F.lower), of_text(F.upper)
trim, ltrim = of_text(trimmed(True, True)), of_text(trimmed(True, False))
rtrim = of_text(trimmed(False, True))
md5, sha1 = of_text(lambda column: F.md5(column)), of_text(lambda column: F.sha1(column))
sha256 = of_text(lambda column: F.sha2(column, 256))
sha512 = of_text(lambda column: F.sha2(column, 512))
replace = of_text(lambda column, regex, by: F.regexp_replace(column, regex, by))


def length(argument):
    return lambda rows: Value(F.length(text_of(argument(rows))).cast("double"), "number")


def substr(argument, start, count=None):
    """Counted from 1; from the end where the start is negative."""
    def result(rows):
        column = text_of(argument(rows))
        size = F.length(column)
        first = F.lit(start) if start > 0 else F.greatest(size + start + 1, F.lit(1))
        first = F.lit(1) if start == 0 else first
        taken = size if count is None or count < 0 else F.lit(count)
        return Value(F.substring(column, first, taken), "text")

    return result


def tonumber(argument):
    return lambda rows: Value(number_of(argument(rows)), "number")


def tostring(argument):
    def result(rows):
        value = kept(argument(rows))
        return value if value.kind in ("many", "null") else Value(text_of(value), "text")

    return result


def of_number(compute):
    """A function of one number; null where it gives none."""
    def function(argument, *others):
        return lambda rows: Value(finite(compute(number_of(argument(rows)), *others)), "number")

    return function


def rounded(column, places=0):
    """Half away from zero, by the digits as they are written."""
    exact = F.round(number_text(column).cast("decimal(38,18)"), places).cast("double")
    return F.when(column == F.floor(column), column).otherwise(exact)


round_to, absolute, exponential = of_number(rounded), of_number(F.abs), of_number(F.exp)
floor = of_number(lambda x: F.floor(x).cast("double"))
ceiling = of_number(lambda x: F.ceil(x).cast("double"))
square_root = of_number(lambda x: F.when(x >= 0, F.sqrt(x)))
ln = of_number(lambda x: F.when(x > 0, F.log(x)))
log10 = of_number(lambda x: F.when(x > 0, F.log10(x)))


def power(base, exponent):
    return lambda rows: Value(
        finite(F.pow(number_of(base(rows)), number_of(exponent(rows)))), "number")


def now():
    return lambda rows: Value(F.col("wf_window") + F.lit(3600.0), "number")


def strftime(seconds, form):
    return lambda rows: Value(time_text(number_of(seconds(rows)), form), "text")


TIME_PARTS = {
    "Y": "yyyy", "y": "yy", "m": "MM", "d": "dd", "B": "MMMM", "b": "MMM", "h": "MMM", "A": "EEEE",
    "a": "EEE", "j": "DDD", "H": "HH", "I": "hh", "M": "mm", "S": "ss", "p": "a", "F": "yyyy-MM-dd",
    "T": "HH:mm:ss"}
TIME_TEXTS = {"%": "%", "z": "+0000", "Z": "UTC", "n": "\n", "t": "\t"}


def time_text(column, form):
    """Seconds since 1970 in words, UTC; null beyond the years of four digits."""
    moment = F.timestamp_seconds(F.floor(column))
    parts = []
    for letter, literal in re.findall(r"%(.)|([^%]+)", form, re.DOTALL):
        if literal or letter in TIME_TEXTS:
            parts.append(F.lit(literal or TIME_TEXTS[letter]))
        elif letter == "s":
            parts.append(F.floor(column).cast("string"))
        else:
            parts.append(F.date_format(moment, TIME_PARTS[letter]))
    inside = (column >= -62135596800) & (column < 253402300800)
    return F.when(inside, F.concat(*parts) if parts else F.lit(""))


# Several values.


def listed(column):
    """A list as a value holds it: null where nothing is in it."""
    return Value(F.when(F.size(column) > 0, column), "many")


def mvappend(*arguments):
    def result(rows):
        empty = F.array().cast("array<string>")
        lists = [F.coalesce(each_of(kept(argument(rows))), empty) for argument in arguments]
        return listed(F.concat(*lists))

    return result


def mvcount(argument):
    def result(rows):
        values = each_of(argument(rows))
        return Value(F.when(values.isNotNull(), F.size(values).cast("double")), "number")

    return result


def mvindex(argument, first, last=None):
    def result(rows):
        values = each_of(argument(rows))
        size = F.size(values)
        start = F.lit(first) if first >= 0 else size + first
        if last is None:
            inside = (start >= 0) & (start < size)
            return Value(F.when(inside, F.element_at(values, start + 1)), "text")
        end = F.lit(last) if last >= 0 else size + last
        inside = (start >= 0) & (start < size) & (end >= start)
        return listed(F.when(inside, F.slice(values, start + 1, F.least(end, size - 1) - start + 1)))

    return result


def mvjoin(argument, delimiter):
    return lambda rows: Value(F.array_join(each_of(argument(rows)), delimiter), "text")


def mvdedup(argument):
    return lambda rows: listed(F.array_distinct(each_of(argument(rows))))


def mvsort(argument):
    return lambda rows: listed(F.sort_array(each_of(argument(rows))))


def mvfind(argument, regex):
    def result(rows):
        found = F.transform(each_of(argument(rows)), lambda one: one.rlike(regex))
        place = F.array_position(found, F.lit(True))
        return Value(F.when(place > 0, (place - 1).cast("double")), "number")

    return result


def mvfilter(name, condition):
    def result(rows):
        values = each_of(rows.value(name))
        holds = lambda one: F.coalesce(  # noqa: E731
            truth_of(condition(rows.bound(name, Value(one, "text")))), F.lit(False))
        return listed(F.filter(values, holds))

    return result


def split(argument, delimiter):
    def result(rows):
        column = text_of(argument(rows))
        quoted = "".join("\\" + c if not c.isalnum() else c for c in delimiter)
        return listed(F.split(column, quoted, -1))

    return result


# Conditions of `search`: without case, any of several values, a missing field fulfils none.


def pattern_holds(pattern, column, case=False):
    """Whether a text is a pattern, or both are the same number."""
    if set(pattern) == {"*"}:
        return column.isNotNull()
    compared_text = column if case else folded(column)
    wanted_text = pattern if case else fold(pattern)
    if "*" in pattern:
        quoted = "%".join(escaped_like(run) for run in wanted_text.split("*"))
        return compared_text.like(quoted)
    holds = compared_text == F.lit(wanted_text)
    if case or not re.match(NUMERAL, pattern) or len(pattern) > 18:
        return holds
    same = (F.octet_length(column) <= 18) & (numeral(column) == F.lit(float(pattern)))
    return holds | F.coalesce(same, F.lit(False))


def condition(name, holds):
    return lambda rows: Value(
        F.coalesce(any_text(rows.value(name), holds), F.lit(False)), "truth")


def equal(name, *patterns, case=False):
    """The field is one of some patterns, in which `*` is any text."""
    return condition(name, lambda column: functools.reduce(
        lambda a, b: a | b, [pattern_holds(pattern, column, case) for pattern in patterns]))


def unequal(name, pattern, case=False):
    return condition(name, lambda column: ~pattern_holds(pattern, column, case))


def ordered(name, sign, bound):
    """`<`, `>`: as numbers where both are, else as texts without case."""
    number = float(bound) if re.match(NUMERAL, bound) and "*" not in bound else None

    def holds(column):
        texts = COMPARISONS[sign](folded(column), F.lit(fold(bound)))
        if number is None:
            return texts
        known = numeral(column)
        return F.when(known.isNotNull(), COMPARISONS[sign](known, F.lit(number))).otherwise(texts)

    return condition(name, holds)


def term(pattern, case=False):
    """A word of the record's text."""
    runs = (pattern if case else fold(pattern)).split("*")
    quoted = "%" + "%".join(escaped_like(run) for run in runs) + "%"
    return condition("_raw", lambda column: (column if case else folded(column)).like(quoted))


def everything():
    return truth(True)


def unless(inner):
    return lambda rows: Value(~F.coalesce(truth_of(inner(rows)), F.lit(False)), "truth")
