"""Nothing real changes without a yes; data goes only when it is asked for twice."""

import argparse
import io
import sys

import pytest

from groundplan.cli import consent
from groundplan.cloud.changes import Change, Kind, Plan
from groundplan.errors import UsageError

HARMLESS = Plan((Change("aws_vpc.a", "aws_vpc", Kind.CREATED),))
LOSS = Plan((Change("aws_db_instance.a", "aws_db_instance", Kind.REPLACED),))


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def given(plan: Plan, monkeypatch: pytest.MonkeyPatch, typed: str | None, *words: str) -> bool:
    """Ask about a plan; without something typed there is no terminal."""
    parser = argparse.ArgumentParser()
    consent.add_arguments(parser)
    monkeypatch.setattr(sys, "stdin", io.StringIO() if typed is None else Terminal(f"{typed}\n"))
    return consent.given(plan, "groundplan", parser.parse_args(words))


@pytest.mark.parametrize(("typed", "expected"), [("yes", True), ("y", False), ("", False)])
def test_only_yes_is_yes(typed: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is not enough, nor is nothing."""
    assert expected is given(HARMLESS, monkeypatch, typed)


def test_nobody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal --yes must say it."""
    with pytest.raises(UsageError, match="--yes"):
        given(HARMLESS, monkeypatch, None)
    assert given(HARMLESS, monkeypatch, None, "--yes")


def test_data_needs_its_own_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """--yes alone loses no data, and what would be lost is named."""
    with pytest.raises(UsageError, match=r"aws_db_instance\.a") as caught:
        given(LOSS, monkeypatch, None, "--yes")
    assert "--with-data" in caught.value.hint
    assert given(LOSS, monkeypatch, None, "--yes", "--with-data")


@pytest.mark.parametrize(("typed", "expected"), [("yes", False), ("groundplan", True)])
def test_the_platforms_name_is_typed(
    typed: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where data is lost a yes is not enough."""
    assert expected is given(LOSS, monkeypatch, typed, "--with-data")
