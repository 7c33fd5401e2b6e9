"""Jobs that `watchfloor compile` writes, run on two local cores."""

import os
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WATCHFLOOR = os.environ.get("WATCHFLOOR", os.path.join(ROOT, ".build", "debug", "watchfloor"))
CORPUS = os.environ.get("CORPUS", os.path.join(ROOT, ".build", "debug", "corpus"))
MEMORY = os.environ.get("SPARK_MEMORY", "2g")
# Small jobs: compiling well would take longer than they do.
JAVA_OPTION = os.environ.get("SPARK_JAVA_OPTION", "-XX:TieredStopAtLevel=1")
# Further options of spark-submit.
CONFIGURATION = os.environ.get("SPARK_CONFIGURATION", "")
PACK = os.path.join(ROOT, "Sources", "Detections", "Pack")


def alone(scratch):
    """The user's own configuration and state play no part."""
    os.environ["XDG_CONFIG_HOME"] = os.path.join(scratch, "config")
    os.environ["XDG_STATE_HOME"] = os.path.join(scratch, "state")


def compiled(rules, path, *options):
    command = [WATCHFLOOR, "compile", *rules, "--to", "spark", "-o", path, *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def started(job, logs, out, checkpoint, *options):
    """A job that runs; it and all that it starts are one group of processes."""
    environment = {
        **os.environ, "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"--master local[2] --driver-memory {MEMORY} "
        f"--conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 {CONFIGURATION} "
        f"--driver-java-options {JAVA_OPTION} pyspark-shell"}
    log = open(out.rstrip("/") + ".log", "ab")
    return subprocess.Popen(
        [sys.executable, job, logs, out, "--checkpoint", checkpoint, *options],
        env=environment, stdout=log, stderr=log, start_new_session=True)


def run(job, logs, out, checkpoint, *options):
    process = started(job, logs, out, checkpoint, *options)
    if process.wait() != 0:
        with open(out.rstrip("/") + ".log", errors="replace") as file:
            sys.exit("a job has failed:\n" + file.read()[-4000:])


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
