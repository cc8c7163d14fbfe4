"""Processes of the local run as values."""

from groundplan.model.probe import Probes
from groundplan.model.process import Process, Question, Signal


def test_a_replica_has_a_name_and_plain_manners() -> None:
    """A process is asked over HTTP, ended by SIGTERM and keeps its rights, unless said."""
    process = Process("backend", 2, "backend", "python", ("-m", "x"), 8081, Probes.asking(), "/")
    assert "backend-2" == process.name
    assert (Question.HTTP, Signal.TERMINATE, False) == (
        process.question,
        process.stop,
        process.unprivileged,
    )
