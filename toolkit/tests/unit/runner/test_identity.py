"""A process is told from a later one with its number."""

import os
import subprocess
import sys

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
