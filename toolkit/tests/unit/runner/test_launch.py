"""A replica is started by its own program, with what it needs and little else."""

import socket
import sys
from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.model.folders import Folders
from groundplan.runner import launch
from groundplan.tools.found import Found


@pytest.fixture
def launcher() -> launch.Launcher:
    """Return a launcher that has found nothing yet."""
    return launch.Launcher(Folders("/data", "/run", "/source"), 15)


async def test_python_is_our_own(launcher, make_process):
    """Our services run on the interpreter that runs the tool."""
    command = await launcher.command(make_process(program="python", arguments=("-m", "x")))
    assert [sys.executable, "-m", "x"] == command.arguments
    assert "/data/logs/web-1.log" == str(command.log)


async def test_replicas_of_a_shared_socket_inherit_it(launcher, make_process):
    """nginx is told the number of the socket, and gets it open under that number."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        launcher.listeners["web"] = listener
        command = await launcher.command(make_process(program="python"))
        assert (listener.fileno(),) == command.descriptors
        assert f"{listener.fileno()};" == command.environment["NGINX"]


async def test_a_missing_program_is_named(launcher):
    """A path that leads nowhere is an error of a tool."""
    with pytest.raises(ToolError, match="/nowhere/program is not there"):
        await launcher.path("/nowhere/program")


def test_the_digest_follows_what_is_read(make_process, tmp_path):
    """Another argument, setting or file text means that the replica must be started anew."""
    settings = tmp_path / "settings"
    settings.write_text("one")
    spec = make_process(reads=(str(settings),))
    digests = {launch.digest_of(spec)}
    settings.write_text("two")
    digests.add(launch.digest_of(spec))
    digests.add(launch.digest_of(make_process(arguments=("x",), reads=(str(settings),))))
    digests.add(launch.digest_of(make_process(environment={"A": "1"}, reads=(str(settings),))))
    assert 4 == len(digests)


def test_a_note_stands_beside_the_program(launcher, make_process):
    """What people should know of a replica is told with its version."""
    launcher._found["nginx"] = Found("nginx", Path("/nginx"), (1, 31), "wheel")
    spec = make_process(program="nginx", note="speaks TLS for cache")
    assert "nginx 1.31 from wheel, speaks TLS for cache" == launcher.about(spec)
    assert "" == launcher.about(make_process(program="python"))
