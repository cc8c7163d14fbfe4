"""A process is told from a later one with its number."""

import os
import signal
import subprocess
import sys
import time

from groundplan.runner import identity


def test_a_living_process_has_a_lasting_identity():
    """Asking twice gives the same answer."""
    assert identity.of(os.getpid()) is not None
    assert identity.of(os.getpid()) == identity.of(os.getpid())


def test_an_ended_process_has_none():
    """Neither one that nobody has waited for yet nor one that is gone."""
    child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert child.stdout
    child.stdout.read()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert identity.of(child.pid) is None
    child.wait()
    assert identity.of(child.pid) is None


def test_a_group_lives_as_long_as_one_of_it_runs():
    """Ended members that nobody has waited for are not counted, a living child is."""
    words = ["sh", "-c", "sleep 60 & echo; exec sleep 60"]
    leader = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
    assert leader.stdout
    leader.stdout.readline()
    leader.kill()
    assert identity.group_lives(leader.pid)
    os.killpg(leader.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while identity.group_lives(leader.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not identity.group_lives(leader.pid)
    leader.wait()
    assert not identity.group_lives(leader.pid)
