"""A program that refuses root is started as somebody else."""

import os
import subprocess
import sys

import pytest

from groundplan.tools import unprivileged


@pytest.mark.skipif(os.getuid() != 0, reason="only elsewhere: others have no rights to give up")
def test_the_program_sees_itself_as_an_ordinary_user():
    """Inside, its user is not root."""
    words = [sys.executable, "-I", "-S", unprivileged.__file__, "/bin/sh", "-c", "id -u"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert unprivileged.USER == int(ran.stdout), ran.stderr
