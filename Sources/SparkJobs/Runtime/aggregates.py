# --- Aggregates: what `stats` and its like make of the rows of a group -------------------------------
#
# An aggregate is a function of rows and of `over`, which makes a column of a group or of a window.


def plain_count(rows, over):
    return Value(over(F.count(F.lit(1))).cast("double"), "number")


def count(argument=None):
    """Of the rows, or of a field's values; of a condition the rows for which it holds."""
    if argument is None:
        return plain_count

    def result(rows, over):
        value = argument(rows)
        if value.kind == "truth":
            one = F.when(value.column, 1).otherwise(0)
        elif value.kind == "many":
            one = F.coalesce(F.size(value.column), F.lit(0))
        else:
            one = F.when(is_null(value), 0).otherwise(1)
        return Value(over(F.sum(one)).cast("double"), "number")

    return result


def set_of(value, over):
    if value.kind == "many":
        return F.array_distinct(F.flatten(over(F.collect_set(value.column))))
    return over(F.collect_set(text_of(value)))


def dc(argument):
    return lambda rows, over: Value(
        F.size(set_of(argument(rows), over)).cast("double"), "number")


def values(argument):
    """Each text once, by bytes."""
    return lambda rows, over: listed(
        F.slice(F.sort_array(set_of(argument(rows), over)), 1, MOST_VALUES))


def extreme(argument, least):
    """Of numbers while all of them are numbers, else of texts."""
    pick, among = (F.min, F.array_min) if least else (F.max, F.array_max)

    def result(rows, over):
        value = argument(rows)
        if value.kind == "number":
            return Value(over(pick(value.column)), "number")
        if value.kind == "null":
            return NULL
        if value.kind == "many":
            texts = among(value.column)
            numbers = among(F.transform(value.column, numeral))
            honest = F.forall(value.column, lambda one: numeral(one).isNotNull())
        else:
            texts, numbers = text_of(value), number_of(value)
            honest = F.when(texts.isNotNull(), numbers.isNotNull())
        shown = F.when(over(F.bool_and(honest)), F.struct(
            number_text(over(pick(numbers))).alias("text"), F.lit(True).alias("number")))
        words = over(pick(texts))
        return Value(F.coalesce(shown, F.when(words.isNotNull(), F.struct(
            words.alias("text"), F.lit(False).alias("number")))), "mixed")

    return result


def least(argument):
    return extreme(argument, True)


def greatest(argument):
    return extreme(argument, False)


def numbers_of(value):
    """The numbers of a value as a list."""
    one = number_of(value)
    if value.kind != "many":
        return F.when(one.isNotNull(), F.array(one)).otherwise(F.array().cast("array<double>"))
    known = F.filter(F.transform(value.column, numeral), lambda one: one.isNotNull())
    return F.coalesce(known, F.array().cast("array<double>"))


def moments(value, over):
    """How many numbers, their sum, the sum of their squares; sums by decimals where these hold."""
    listed_numbers = numbers_of(value)

    def total(column):
        exact = over(F.sum(column.cast("decimal(38,12)"))).cast("double")
        return F.coalesce(exact, over(F.sum(column)))

    def added(power):
        zero = F.lit(0.0)
        return F.aggregate(listed_numbers, zero, lambda sum, one: sum + one ** power)

    single = value.kind != "many"
    one = number_of(value)
    how_many = over(F.sum(F.size(listed_numbers)))
    sums = total(one if single else added(1))
    squares = total(one * one if single else added(2))
    return how_many, sums, squares


def statistic(compute):
    def aggregate(argument):
        def result(rows, over):
            many, total, squares = moments(argument(rows), over)
            return Value(finite(F.when(many > 0, compute(many, total, squares))), "number")

        return result

    return aggregate


def spread(freedom):
    def compute(many, total, squares):
        degrees = many - 1 if freedom else many
        variance = (many * squares - total * total) / (many * degrees)
        return F.when(degrees > 0, F.greatest(variance, F.lit(0.0))).otherwise(0.0)

    return compute


total = statistic(lambda many, total, squares: total)
average = statistic(lambda many, total, squares: total / many)
sum_of_squares = statistic(lambda many, total, squares: squares)
variance, population_variance = statistic(spread(True)), statistic(spread(False))
deviation = statistic(lambda *known: F.sqrt(spread(True)(*known)))
population_deviation = statistic(lambda *known: F.sqrt(spread(False)(*known)))


def value_range(argument):
    def result(rows, over):
        numbers = numbers_of(argument(rows))
        return Value(
            over(F.max(F.array_max(numbers))) - over(F.min(F.array_min(numbers))), "number")

    return result


def ranked(argument, rank):
    """The number of a rank, from 1 for the least, among the numbers of a group."""
    def result(rows, over):
        numbers = F.sort_array(F.flatten(over(F.collect_list(numbers_of(argument(rows))))))
        return Value(F.get(numbers, (rank(F.size(numbers)) - 1).cast("int")), "number")

    return result


def median(argument):
    return ranked(argument, lambda size: F.floor(size / 2) + 1)


def percentile(argument, percent):
    return ranked(argument, lambda size: F.greatest(F.ceil(size * percent / 100), F.lit(1)))


def place():
    return F.struct(*[F.col(name) for name in PLACE])


def picked(argument, latest=None, last=False):
    """The value of one row: the first or last in order, or the earliest or latest by _time."""
    def result(rows, over):
        value = kept(argument(rows))
        known = ~is_null(value)
        if latest is None:
            pick = F.max_by if last else F.min_by
            return Value(over(pick(value.column, F.when(known, place()))), value.kind)
        moment = number_of(rows.value("_time"))
        stands = F.struct((-moment if latest else moment).alias("moment"), place().alias("place"))
        chosen = F.min_by(value.column, F.when(known & moment.isNotNull(), stands))
        return Value(over(chosen), value.kind)

    return result


def first(argument):
    return picked(argument)


def last(argument):
    return picked(argument, last=True)


def earliest(argument):
    return picked(argument, latest=False)


def latest(argument):
    return picked(argument, latest=True)


def all_values(argument):
    """`list`: every value in the order of the rows."""
    def result(rows, over):
        texts = each_of(kept(argument(rows)))
        entries = over(F.collect_list(F.when(texts.isNotNull(), F.struct(
            place().alias("place"), texts.alias("texts")))))
        lists = F.transform(F.sort_array(entries), lambda one: one["texts"])
        return listed(F.flatten(F.slice(lists, 1, MOST_VALUES)))

    return result
