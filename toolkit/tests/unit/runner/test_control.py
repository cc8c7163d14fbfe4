"""The command line and the supervisor talk over a private socket."""

import asyncio
import stat

import pytest

from groundplan.errors import UsageError
from groundplan.runner import control


async def _ask(path, question) -> list[dict]:
    return await asyncio.to_thread(lambda: list(control.ask(path, question)))


async def test_lines_come_as_they_are_said(tmp_path):
    """An answer may have many lines; the last one says that it is the last."""

    async def answer(question, say) -> dict:
        await say({"says": "working"})
        return {"echo": question}

    async with control.serving(tmp_path / "socket", answer):
        lines = await _ask(tmp_path / "socket", {"ask": "x"})
    assert [{"says": "working"}, {"echo": {"ask": "x"}, "done": True}] == lines


async def test_errors_cross_the_socket(tmp_path):
    """What a person can do something about arrives with its hint and exit code."""

    async def answer(question, say) -> dict:
        raise UsageError("nothing is called x", hint="try y")

    async with control.serving(tmp_path / "socket", answer):
        (line,) = await _ask(tmp_path / "socket", {})
    expected = {"error": "nothing is called x", "hint": "try y", "exit_code": 2, "done": True}
    assert expected == line


async def test_only_the_owner_may_ask(tmp_path):
    """The socket's permissions keep others out, and it is gone with its server."""

    async def answer(question, say) -> dict:
        return {}

    async with control.serving(tmp_path / "socket", answer):
        assert 0o600 == stat.S_IMODE((tmp_path / "socket").stat().st_mode)
    with pytest.raises(OSError, match="No such file"):
        await _ask(tmp_path / "socket", {})


async def test_nonsense_does_not_stop_the_server(tmp_path):
    """After a line that is no JSON the next question is answered."""

    async def answer(question, say) -> dict:
        return {"fine": True}

    async with control.serving(tmp_path / "socket", answer):
        reader, writer = await asyncio.open_unix_connection(tmp_path / "socket")
        writer.write(b"nonsense\n")
        assert b'{"done": true}\n' == await reader.readline()
        writer.close()
        assert [{"fine": True, "done": True}] == await _ask(tmp_path / "socket", {})
