"""People see how far it is: on a terminal a bar, elsewhere few lines."""

import io

import pytest

from groundplan.cloud import display
from groundplan.cloud.event import INTERRUPT, TICK, Event


def test_lines_are_few() -> None:
    """A hundred steps in a moment are a line at the beginning and one at the end."""
    stream = io.StringIO()
    with display.Lines("applying", stream) as lines:
        for number in range(100):
            lines.show(Event("planned_change", f"r{number}", "create"))
        for number in range(100):
            lines.show(Event("apply_complete", f"r{number}", "create"))
        lines.show(Event(TICK))
    said = stream.getvalue().splitlines()
    assert 2 == len(said)
    assert "applying  100 of 100  0 s" == said[-1]


def test_an_interrupt_is_said_at_once() -> None:
    """Who interrupted is told that it ends in order, and how to kill it."""
    stream = io.StringIO()
    with display.Lines("applying", stream) as lines:
        lines.show(Event(INTERRUPT))
    assert display.INTERRUPTED in stream.getvalue()


class Terminal(io.StringIO):
    """A stream that says that people look at it."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar names the slowest resource; of a long name the end."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    long = "module.cluster." * 6 + "aws_eks_cluster.this"
    with display.Bar("applying", stream) as bar:
        bar.show(Event("planned_change", long, "create"))
        bar.show(Event("apply_start", long, "create"))
    shown = stream.getvalue()
    assert "0 of 1" in shown
    assert "aws_eks_cluster.this (0 s)" in shown


def test_what_fits_the_stream_is_chosen() -> None:
    """No bar goes into a file."""
    assert isinstance(display.display("planning", io.StringIO()), display.Lines)
    assert isinstance(display.display("planning", Terminal()), display.Bar)
