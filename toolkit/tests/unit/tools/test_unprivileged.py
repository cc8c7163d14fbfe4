"""A program that refuses root is started as somebody else."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from groundplan.tools import unprivileged


@pytest.mark.skipif(os.getuid() != 0, reason="only elsewhere: others have no rights to give up")
def test_the_program_sees_itself_as_an_ordinary_user():
    """Inside, its user is not root."""
    words = [sys.executable, "-I", "-S", unprivileged.__file__, "/bin/sh", "-c", "id -u"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert unprivileged.USER == int(ran.stdout), ran.stderr


FORBIDDEN = """
import sys
from groundplan.tools import unprivileged
def forbid():
    raise OSError(1, "user namespaces are not allowed here")
unprivileged.leave_root = forbid
unprivileged.main()
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only elsewhere: others have no rights to give up")
def test_where_namespaces_are_forbidden_it_becomes_nobody():
    """What it must own is handed over, and the way there is passable but not readable."""
    with tempfile.TemporaryDirectory(dir="/tmp") as data:
        secrets = Path(data, "secrets")
        secrets.mkdir(mode=0o700)
        (secrets / "password").write_text("secret")
        (secrets / "password").chmod(0o600)
        given = str(secrets / "password")
        words = [sys.executable, "-c", FORBIDDEN, "--data", data, "--give", given]
        script = f"id -un; cat {given}; ls {secrets}"
        ran = subprocess.run(
            [*words, "/bin/sh", "-c", script], capture_output=True, text=True, check=False
        )
    assert "nobody\nsecret" == ran.stdout
    assert "Permission denied" in ran.stderr


@pytest.mark.skipif(os.getuid() != 0, reason="only elsewhere: others have no rights to give up")
def test_what_cannot_change_its_user_keeps_it(tmp_path):
    """nginx is told to keep its user, because its files are not given away."""
    program = tmp_path / "nginx"
    program.write_text('#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    words = [sys.executable, "-c", FORBIDDEN, "--data", str(tmp_path), str(program), "-p", "x"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "-p x -g user root;" == ran.stdout.strip(), ran.stderr
