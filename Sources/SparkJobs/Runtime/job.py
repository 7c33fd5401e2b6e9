# --- The job: files in, row files out -----------------------------------------------------------
#
# Every batch: read its files, keep what each rule wants of them in CHECKPOINT/state by window, make
# the rows of the windows that it touched anew, write those that have changed. All of it is named
# after the batch and written anew when the batch is done again, so that a driver that is killed
# at any moment leaves nothing twice.

MOST_RECORDS = 20
RULES_AT_ONCE = 4
# Records whose time cannot be read: their window is one that no real event has.
TIMELESS_WINDOW = -600
SETTINGS = {
    "spark.sql.caseSensitive": "true", "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false", "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    # What follows from filters is derived anew for each of many columns: seconds a query here, for
    # filters that the stages name themselves.
    "spark.sql.constraintPropagation.enabled": "false",
    # One reading of a JSON text for all the fields that a stage takes from it.
    "spark.sql.optimizer.enableJsonExpressionOptimization": "false",
    "spark.sql.execution.pythonUDF.arrow.enabled": "false",
}


def arguments():
    parser = argparse.ArgumentParser(description="Detections over CloudTrail logs, by watchfloor.")
    parser.add_argument("logs", help="an AWSLogs/ prefix: s3a://..., hdfs://..., a directory")
    parser.add_argument("out", help="a directory of row files, for watchfloor to follow")
    parser.add_argument("--checkpoint", required=True, help="where the job keeps its place")
    parser.add_argument("--once", action="store_true", help="read what is there, then end")
    parser.add_argument("--every", default="1 minute", help="between two batches (1 minute)")
    parser.add_argument(
        "--watermark", type=float, default=7, metavar="DAYS",
        help="records that are older than the newest by more are late (7)")
    parser.add_argument(
        "--files", type=int, default=10000, help="files of a batch at most (10000)")
    parser.add_argument(
        "--documents", action="store_true", help="each file is one document over several lines")
    parser.add_argument(
        "--keep-records", action="store_true", help="rows name up to 20 of their records")
    parser.add_argument("--exact", action="store_true", default=EXACT, help=argparse.SUPPRESS)
    return parser.parse_args()


class Place:
    """A directory of any file system that Spark knows."""

    def __init__(self, spark, path):
        self.jvm, self.root = spark._jvm, path.rstrip("/")
        configuration = spark._jsc.hadoopConfiguration()
        self.files = self.path(self.root).getFileSystem(configuration)

    def path(self, name):
        return self.jvm.org.apache.hadoop.fs.Path(name)

    def names(self, folder):
        where = self.path(f"{self.root}/{folder}" if folder else self.root)
        if not self.files.exists(where):
            return []
        return sorted(status.getPath().getName() for status in self.files.listStatus(where))

    def remove(self, name):
        self.files.delete(self.path(f"{self.root}/{name}"), True)

    def move(self, old, new):
        target = self.path(f"{self.root}/{new}")
        self.files.mkdirs(target.getParent())
        if not self.files.rename(self.path(f"{self.root}/{old}"), target):
            raise OSError(f"'{old}' cannot be moved to '{new}' in '{self.root}'")

    def write(self, name, text):
        """A small file that appears whole."""
        hidden = f"_staging/{name.replace('/', '-')}"
        stream = self.files.create(self.path(f"{self.root}/{hidden}"), True)
        stream.write(bytearray(text.encode()))
        stream.close()
        self.files.delete(self.path(f"{self.root}/{name}"), False)
        self.move(hidden, name)

    def read(self, name):
        where = self.path(f"{self.root}/{name}")
        if not self.files.exists(where):
            return None
        stream = self.files.open(where)
        text = self.jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        stream.close()
        return text


class Job:
    def __init__(self, spark, options):
        self.options = options
        self.out = Place(spark, options.out)
        self.kept = Place(spark, options.checkpoint)
        self.needles = None if any(not rule.needles for rule in RULES) else sorted(
            {needle for rule in RULES for needle in rule.needles})
        self.records_of = F.udf(
            reader(NAMES, self.needles), ArrayType(schema_of(NAMES)))

    # Reading.

    def lines(self, spark):
        stream = spark.readStream.format("text").option("recursiveFileLookup", "true").option(
            "maxFilesPerTrigger", str(self.options.files)).option(
            "wholetext", str(self.options.documents).lower())
        return stream.load(self.options.logs).select(
            "value", F.col("_metadata.file_path").alias("wf_file"))

    def events(self, lines, watermark, now):
        """What is in some lines: records with their fields, and what gave none."""
        candidate = F.lit(True)
        if self.needles is not None:
            low, candidate = F.lower("value"), ~F.col("value").rlike(r"(?s)^\s*\{.*\}\s*$")
            for needle in [*self.needles, "\\u00"]:
                candidate = candidate | F.contains(low, F.lit(needle))
        written = F.when(F.col("value").rlike(r"^\s*\{\s*\"Records\""), F.regexp_count(
            F.col("value"), F.lit('"eventVersion"'))).otherwise(1)
        lines = lines.where(F.col("value").rlike(r"\S")).observe(
            self.observation, F.size(F.collect_set("wf_file")).alias("files"),
            F.coalesce(F.sum(F.when(~candidate, written)), F.lit(0)).alias("passed"))
        found = lines.where(candidate).select(
            "wf_file", F.explode(self.records_of("value", "wf_file")).alias("one")).select(
            "wf_file", "one.*")
        moment = F.col("wf_time")
        shifted = F.floor((moment + 600) / 3600) * 3600 - 600
        return found.withColumns({
            "wf_window": F.coalesce(shifted.cast("bigint"), F.lit(TIMELESS_WINDOW)),
            "wf_future": moment > now + 300,
            "wf_late": F.coalesce(moment < F.lit(watermark), F.lit(False)),
            "wf_order_time": F.coalesce(-moment, F.lit(2 ** 62)), "wf_order_id": F.col("wf_id"),
            "wf_order_hash": F.col("wf_hash"), "wf_order_ordinal": F.lit("")})

    # A batch.

    def batch(self, lines, number):
        spark = lines.sparkSession
        facts = self.facts(number)
        self.observation = Observation()
        events = self.events(lines, facts["watermark"], facts["now"])
        events = events.persist(StorageLevel.MEMORY_AND_DISK)
        wanted = [
            F.coalesce(truth_of(rule.base(Rows(events, rule))), F.lit(False)) for rule in RULES]
        any_wanted = functools.reduce(lambda a, b: a | b, wanted)
        timeless = any_wanted & F.col("wf_time").isNull()
        problem = F.coalesce("wf_problem", F.when(
            timeless, F.lit("its time cannot be read: what it tells is kept under 1970-01-01")))
        live = F.col("wf_problem").isNull() & ~F.col("wf_late") & F.col("wf_hash").isNotNull()
        counts, touched = self.looked_over(events, problem, any_wanted, live, wanted, facts)
        out, staging = self.out, f"_staging/{number}"
        out.remove(staging)
        if counts["dead"]:
            head = F.substring("wf_raw", 1, 4096).alias("head")
            self.put_aside(events.where(problem.isNotNull()).select(
                problem.alias("reason"), F.col("wf_file").alias("file"), head),
                "dead-letters", number)
        if counts["late"]:
            self.put_aside(events.where(F.col("wf_late") & any_wanted).select(
                F.col("wf_file").alias("file"), F.col("wf_raw").alias("record")), "late", number)
        live = events.where(live)
        # Rules have small work each: several at once keep the executors busy.
        with ThreadPoolExecutor(RULES_AT_ONCE) as workers:
            done = [
                workers.submit(self.evaluate, spark, live, rule, windows, number)
                for rule, windows in zip(RULES, touched) if windows]
            for one in done:
                one.result()
        self.publish(number)
        events.unpersist()
        self.forget(facts["watermark"])
        newest = max(filter(None, (counts["newest"], facts["newest"])), default=None)
        self.out.write(f"progress-{number:08d}.json", json.dumps({
            "watchfloor_progress": 1, "batch": number, "at": int(time.time()),
            "files": counts["files"], "records": counts["records"], "dead": counts["dead"],
            "late": counts["late"], "newest": newest}) + "\n")
        self.kept.write(f"state/batches/{number:08d}.json", json.dumps({"newest": newest}))

    def facts(self, number):
        """What a batch goes by, the same when it is done again: its clock and the watermark."""
        name = f"state/clocks/{number:08d}.json"
        known = self.kept.read(name)
        if known is None:
            before = self.kept.read(f"state/batches/{number - 1:08d}.json")
            newest = json.loads(before)["newest"] if before else None
            late = newest - int(self.options.watermark * 86400) if newest is not None else None
            known = json.dumps({
                "now": int(time.time()), "newest": newest,
                "watermark": late if late is not None else -2 ** 62})
            self.kept.write(name, known)
        return json.loads(known)

    def looked_over(self, events, problem, any_wanted, live, wanted, facts):
        """Counts of a batch, and for each rule the windows that it has records of.

        Events from the future move nothing."""
        past = F.when(F.col("wf_time") <= facts["now"] + 300, F.col("wf_time"))
        late = F.col("wf_late") & any_wanted & F.col("wf_problem").isNull()
        flags = [
            F.coalesce(F.bool_or(live & holds), F.lit(False)).alias(f"w{place}")
            for place, holds in enumerate(wanted)]
        windows = events.groupBy("wf_window").agg(
            F.coalesce(F.sum("wf_seen"), F.lit(0)).alias("records"),
            F.count_if(problem.isNotNull()).alias("dead"), F.count_if(late).alias("late"),
            F.max(past).alias("newest"), *flags).collect()
        counts = {
            name: sum(row[name] for row in windows) for name in ("records", "dead", "late")}
        counts["newest"] = max(
            (row["newest"] for row in windows if row["newest"] is not None), default=None)
        seen = self.observation.get
        counts["records"] += seen["passed"]
        touched = [
            [row["wf_window"] for row in windows if row[f"w{place}"]]
            for place in range(len(wanted))]
        return {"files": seen["files"], **counts}, touched

    def evaluate(self, spark, live, rule, windows, number):
        """Keeps what a rule has of the batch, and writes the rows that have changed by it."""
        checkpoint = self.options.checkpoint.rstrip("/")
        added = contributions(live, rule, self.options).withColumn("wf_batch", F.lit(number))
        self.keep(added, rule.state(checkpoint, "events"))
        stored = self.stored(spark, rule, "events", windows, number, added.schema)
        if stored is None:
            return
        fresh = window_rows(stored, rule, self.options)
        fresh = fresh.withColumn("wf_digest", F.sha2("wf_body", 256))
        known_schema = "wf_window bigint, wf_key string, wf_digest string, wf_batch int"
        known = self.stored(spark, rule, "rows", windows, number - 1, known_schema)
        changed = self.changed(fresh, known).persist(StorageLevel.MEMORY_AND_DISK)
        name = {"rule_id": rule.id, "rule": rule.name, "plan": rule.plan}
        head = json.dumps(
            {"watchfloor_row": 1, **name}, ensure_ascii=False, separators=(",", ":"))[:-1]
        line = F.concat(
            F.lit(head + ',"window":['), F.col("wf_window"), F.lit(","),
            F.col("wf_window") + 3600, F.lit('],"key":'), F.col("wf_key"),
            F.lit(f',"version":{number},'),
            F.coalesce(F.col("wf_body"), F.lit('"withdrawn":true')), F.lit("}"))
        changed.select(line.alias("value")).write.mode("overwrite").text(
            f"{self.options.out.rstrip('/')}/_staging/{number}/rows/{rule.plan}")
        self.keep(changed.select(
            "wf_window", "wf_key", F.coalesce("wf_digest", F.lit("")).alias("wf_digest"),
            F.lit(number).alias("wf_batch")), rule.state(checkpoint, "rows"))
        changed.unpersist()

    def changed(self, fresh, known):
        """Rows that are new or other than they were, and those that are there no more."""
        if known is None:
            return fresh
        known = known.groupBy("wf_window", "wf_key").agg(
            F.max_by("wf_digest", "wf_batch").alias("wf_known"))
        both = fresh.join(known, ["wf_window", "wf_key"], "full")
        gone = F.col("wf_digest").isNull() & (F.col("wf_known") == "")
        return both.where(~F.col("wf_digest").eqNullSafe(F.col("wf_known")) & ~gone)

    # State by window and batch.

    def keep(self, frame, path):
        frame.repartition("wf_window").write.mode("overwrite").option(
            "partitionOverwriteMode", "dynamic").partitionBy("wf_window", "wf_batch").parquet(path)

    def stored(self, spark, rule, part, windows, number, schema):
        """What windows hold up to a batch; None for nothing."""
        folder = f"state/{rule.plan}/{part}"
        paths = [
            f"{self.kept.root}/{folder}/wf_window={window}/{name}" for window in windows
            for name in self.kept.names(f"{folder}/wf_window={window}")
            if name.startswith("wf_batch=") and int(name[9:]) <= number]
        if not paths:
            return None
        return spark.read.schema(schema).option(
            "basePath", f"{self.kept.root}/{folder}").parquet(*paths)

    def forget(self, watermark):
        """Windows that no record can change any more."""
        for rule in RULES:
            for part in ("events", "rows"):
                folder = f"state/{rule.plan}/{part}"
                for name in self.kept.names(folder):
                    if not name.startswith("wf_window="):
                        continue
                    window = int(name[10:])
                    if window != TIMELESS_WINDOW and window + 3600 <= watermark:
                        self.kept.remove(f"{folder}/{name}")

    # Writing.

    def put_aside(self, frame, folder, number):
        frame.select(F.to_json(F.struct("*")).alias("value")).write.mode("overwrite").text(
            f"{self.options.out.rstrip('/')}/_staging/{number}/{folder}/all")

    def publish(self, number):
        """Moves what a batch has written to where it is read, each file in one step."""
        out, staging = self.out, f"_staging/{number}"
        folders = {"rows": ("", "rows"), "dead-letters": ("dead-letters/", "dead-letters"),
                   "late": ("late/", "late")}
        for folder, (place, stem) in folders.items():
            for name in out.names(place):
                if name.startswith(f"{stem}-{number:08d}-"):
                    out.remove(place + name)
            parts = [
                f"{staging}/{folder}/{group}/{name}" for group in out.names(f"{staging}/{folder}")
                for name in out.names(f"{staging}/{folder}/{group}") if name.startswith("part-")]
            for index, part in enumerate(parts):
                if out.files.getFileStatus(out.path(f"{out.root}/{part}")).getLen() > 0:
                    out.move(part, f"{place}{stem}-{number:08d}-{index:04d}.jsonl")
        out.remove(staging)

    def begin(self, spark):
        """Refuses rows of another checkpoint: their versions would hide those of this one."""
        written = [name for name in self.out.names("") if name.startswith("progress-")]
        if written and not self.kept.names("state"):
            sys.exit(f"'{self.options.out}' holds rows of a job with another checkpoint than "
                     f"'{self.options.checkpoint}'; name that one, or another directory for rows")

    def run(self, spark):
        self.begin(spark)
        writer = self.lines(spark).writeStream.foreachBatch(self.batch).option(
            "checkpointLocation", f"{self.options.checkpoint.rstrip('/')}/stream")
        trigger = {"availableNow": True} if self.options.once else {
            "processingTime": self.options.every}
        writer.trigger(**trigger).start().awaitTermination()


def session():
    builder = SparkSession.builder.appName("watchfloor")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    given = spark.sparkContext.getConf()
    wishes = {
        # CloudTrail's files are small: many of them are read by one task.
        "spark.sql.files.openCostInBytes": "262144",
        # Looking after the files of a batch: not a task for each.
        "spark.sql.sources.parallelPartitionDiscovery.parallelism": str(
            8 * spark.sparkContext.defaultParallelism),
        "spark.sql.shuffle.partitions": str(2 * spark.sparkContext.defaultParallelism)}
    for name, value in wishes.items():
        if not given.contains(name):
            spark.conf.set(name, value)
    return spark


def main():
    options = arguments()
    spark = session()
    Job(spark, options).run(spark)


if __name__ == "__main__":
    main()
