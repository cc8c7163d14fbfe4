"""Where a finding is shown."""

from pathlib import Path

import pytest

from groundplan.loader import extend, overlay, parse
from groundplan.loader.code import Code
from groundplan.loader.finding import Finding, Origin

BASE = "a: 1\nb: 2\nc: 3\nenvironments:\n  dev: {c: 9}\n"
OWN = "extends: base.yaml\n\nb: 4\nenvironments:\n  dev: {a: 5}\n"


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    """Return the dev environment of a file that builds on another."""
    (tmp_path / "base.yaml").write_text(BASE)
    path = tmp_path / "own.yaml"
    return overlay.overlay(extend.extend(parse.parse(OWN, "own.yaml"), path), "dev")


def test_a_value_of_the_environment_says_so(origin: Origin) -> None:
    """The field of what an environment changes begins with the environment."""
    problem = origin.locate(Finding(("a",), "is odd", Code.ORDER))
    assert ("own.yaml", 5, "environments.dev.a") == (problem.file, problem.line, problem.field)


def test_points_at_what_the_file_itself_says(origin: Origin) -> None:
    """Of several values that disagree, the one in the file that was asked for is pointed at."""
    problem = origin.locate(Finding(("c",), "is odd", Code.ORDER, also=(("b",),)))
    assert ("own.yaml", 3, "environments.dev.c") == (problem.file, problem.line, problem.field)
    problem = origin.locate(Finding(("b",), "is odd", Code.ORDER, also=(("c",),)))
    assert ("own.yaml", 3, "b") == (problem.file, problem.line, problem.field)


def test_keeps_the_rest(origin: Origin) -> None:
    """Words, code, hint and weight pass on as they are."""
    problem = origin.locate(Finding(("b",), "is odd", Code.RISK, "do", is_warning=True))
    assert ("is odd", "do", "GP101", True) == (
        problem.message,
        problem.hint,
        problem.code,
        problem.is_warning,
    )
