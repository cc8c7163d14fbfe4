"""The record can be looked at from outside of any replica, by a command."""

import json
from typing import Any

import pytest


@pytest.fixture
def command(stack: Any, replica: Any, until: Any) -> Any:
    """Run it once what the replica's start has recorded is sealed."""

    def run() -> tuple[int, dict[str, Any]]:
        ended = stack.command("verify-audit")
        return ended.returncode, json.loads(ended.stdout or "{}")

    until(lambda: run()[1].get("checked"))
    return run


async def test_it_ends_well_for_a_sound_record_and_with_4_for_another(
    stack: Any, command: Any
) -> None:
    """The exit code is for scripts, the words are for people."""
    code, finding = command()
    assert (0, []) == (code, finding["faults"])
    await stack.fetch("UPDATE audit.event SET actor = 'eve' WHERE action = 'user.create'")
    code, finding = command()
    assert (4, {"edited"}) == (code, {fault["kind"] for fault in finding["faults"]})


def test_without_a_database_it_says_so(stack: Any) -> None:
    """The exit code is 5: not ready."""
    stack.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/none"
    ended = stack.command("verify-audit")
    assert (5, "") == (ended.returncode, ended.stdout)
    assert "the database does not answer" in ended.stderr
