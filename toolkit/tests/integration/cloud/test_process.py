"""A program that talks is followed to its end; what it says is not lost."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from groundplan.cloud import process
from groundplan.cloud.event import INTERRUPT, TEXT, TICK, Event


def run(code: str, folder: Path) -> tuple[int, list[Event]]:
    """Run a Python program, and return its exit code and its events without the ticks."""
    told: list[Event] = []
    command = process.Command([sys.executable, "-S", "-c", code], folder, dict(os.environ))
    code_ = process.run(command, told.append)
    return code_, [event for event in told if event.kind != TICK]


def test_every_line_is_told(tmp_path: Path) -> None:
    """Both outputs, in order, the last without its end; and the exit code."""
    code = "import sys; print('a', flush=True); sys.stderr.write('b\\nc'); sys.exit(3)"
    expected = [Event(TEXT, message=text) for text in "abc"]
    assert (3, expected) == run(code, tmp_path)


def test_much_is_told_whole(tmp_path: Path) -> None:
    """Lines longer than what is read at a time are one event each."""
    _, told = run("print('x' * 200000); print('y' * 200000)", tmp_path)
    assert [200000, 200000] == [len(event.message) for event in told]


def test_an_interrupt_is_passed_on_once(tmp_path: Path) -> None:
    """The program ends in order, and the caller learns that somebody interrupted."""
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, lambda *_: (print('ended in order'), sys.exit(0)))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)"
    )
    told: list[Event] = []

    def tell(event: Event) -> None:
        told.append(event)
        if event.message == "ready":
            os.kill(os.getpid(), signal.SIGINT)

    command = process.Command([sys.executable, "-c", code], tmp_path, dict(os.environ))
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        process.run(command, tell)
    assert "ended in order" in [event.message for event in told]
    assert 1 == sum(event.kind == INTERRUPT for event in told)
    assert before is signal.getsignal(signal.SIGINT)


def test_it_runs_outside_the_main_thread(tmp_path: Path) -> None:
    """Where nobody can be told of signals, programs run all the same."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(run("pass", tmp_path)[0]))
    thread.start()
    thread.join(30)
    assert [0] == found


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    """The system's own error."""
    with pytest.raises(FileNotFoundError):
        process.run(process.Command(["./nothing"], tmp_path, {}), lambda _: None)
