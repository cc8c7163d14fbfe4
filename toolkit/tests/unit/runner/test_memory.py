"""Memory is counted with what a process started."""

import os
import subprocess
import sys

from groundplan.runner import memory


def test_children_count_with_their_parent():
    """A process that started another takes more than it does alone."""
    alone = memory.of([os.getpid()])[os.getpid()]
    child = subprocess.Popen(
        [sys.executable, "-S", "-c", "x = b'x' * 30_000_000; print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout
    child.stdout.readline()
    both = memory.of([os.getpid()])[os.getpid()]
    child.communicate(b"\n")
    assert both - alone > 25_000_000


def test_a_process_that_is_gone_takes_nothing():
    """An ended process is no error."""
    child = subprocess.Popen([sys.executable, "-S", "-c", ""])
    child.wait()
    assert {child.pid: 0} == memory.of([child.pid])
