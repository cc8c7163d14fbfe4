"""CPU and memory are read from whole process trees."""

import os
import subprocess
import sys

import pytest

from bench import meter
from bench.stack import BenchError

BURN = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"


def test_work_of_children_counts_for_the_tier() -> None:
    """A tier's first process stands for everything that it started."""
    before = meter.cpu_seconds({"busy": [os.getpid()]})
    with subprocess.Popen([sys.executable, "-c", BURN]) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        after = meter.cpu_seconds({"busy": [os.getpid()]})

    assert meter.cpu_between(before, after)["busy"] >= 0.29


def test_work_of_children_that_went_counts_as_well() -> None:
    """A connection that is closed before the second reading takes nothing along."""
    before = meter.cpu_seconds({"busy": [os.getpid()]})
    subprocess.run([sys.executable, "-c", BURN], check=True)
    after = meter.cpu_seconds({"busy": [os.getpid()]})

    assert 0.29 <= meter.cpu_between(before, after)["busy"] < 1


def test_readings_are_finer_than_hundredths_of_a_second() -> None:
    """A turn of a second would else be no better than one in a hundred."""
    before = meter.cpu_seconds({"self": [os.getpid()]})
    used = meter.cpu_between(before, meter.cpu_seconds({"self": [os.getpid()]}))["self"]

    assert 0 < used < 0.01 or used * 100 % 1 > 0


def test_a_process_that_ended_is_an_error() -> None:
    """Negative control: figures of a dead tier are refused."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()

    with pytest.raises(BenchError, match=f"process {child.pid} ended"):
        meter.cpu_seconds({"gone": [child.pid]})


def test_memory_is_told_in_mib() -> None:
    """A Python process holds some MiB, and PSS is at most RSS."""
    size = meter.memory_mib({"self": [os.getpid()]})["self"]

    assert 5 < size["pss"] <= size["rss"]


def test_resident_memory_is_that_of_the_largest_process() -> None:
    """Cheap enough to be asked twenty times a second."""
    found = meter.resident_mib({"self": [os.getpid()]})["self"]

    assert 5 < found <= meter.memory_mib({"self": [os.getpid()]})["self"]["rss"] + 1
