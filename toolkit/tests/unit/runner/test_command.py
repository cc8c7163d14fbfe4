"""Programs run to their end with their words kept."""

import sys

import pytest

from groundplan.runner import command


async def _python(code: str) -> None:
    await command.run([sys.executable, "-S", "-c", code], directory="/")


async def test_a_failure_names_its_reason():
    """The error has the code and the line that tells most; all last lines are kept."""
    code = "print('one'); print('ERROR: no table'); print('bye'); raise SystemExit(3)"
    with pytest.raises(command.CommandError, match=r"failed with code 3: ERROR: no table") as it:
        await _python(code)
    assert ["one", "ERROR: no table", "bye"] == it.value.log


async def test_a_full_disk_is_said_plainly():
    """Whatever words a program has for it, people read that the disk is full."""
    with pytest.raises(command.CommandError, match="the disk is full"):
        await _python("print('write: No space left on device'); raise SystemExit(1)")


async def test_a_missing_program_is_named():
    """A program that cannot be started is an error of a tool."""
    with pytest.raises(command.CommandError, match="program cannot be started"):
        await command.run(["/nowhere/program"], directory="/")


async def test_each_line_is_heard():
    """Whoever shows progress hears every line."""
    heard: list[str] = []
    words = [sys.executable, "-S", "-c", "print('one'); print('two')"]
    await command.run(words, directory="/", heard=heard.append)
    assert ["one", "two"] == heard


def test_programs_get_little_of_our_environment(monkeypatch):
    """What the platform does not say comes from a short list, so that runs are alike."""
    monkeypatch.setenv("STRANGE", "1")
    found = command.environment("/data", {"PORT": "1"})
    assert "STRANGE" not in found
    assert ("/data", "1") == (found["GROUNDPLAN_DATA"], found["PORT"])
