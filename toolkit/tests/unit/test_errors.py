"""Errors as people see them."""

import inspect
import re
from pathlib import Path

from groundplan import errors
from groundplan.errors import GroundplanError, PlatformFileError, Problem, UsageError

PAGE = (Path(__file__).parents[3] / "docs/reference/errors.md").read_text()


def test_a_problem_says_where_what_and_how_out() -> None:
    """Place and field, fault, hint, and the page that explains."""
    problem = Problem("p.yaml", 14, 7, "a.min", "must be at least 1, is 0", "raise it", "GP023")
    assert str(problem) == (
        "p.yaml:14:7 a.min: must be at least 1, is 0\n"
        "  hint: raise it\n"
        "  docs: docs/reference/errors.md#gp023"
    )


def test_a_problem_needs_neither_place_nor_hint() -> None:
    """What is missing is left away; a warning is called one."""
    assert "p.yaml: there is no such file" == str(
        Problem("p.yaml", 0, 0, "", "there is no such file")
    )
    warning = Problem("p.yaml", 1, 1, "a", "is old", is_warning=True)
    assert "p.yaml:1:1 a: warning: is old" == str(warning)


def test_problems_are_shown_in_order() -> None:
    """By file, line and column."""
    one, two = Problem("p", 2, 1, "", "two"), Problem("p", 1, 9, "", "one")
    assert "p:1:9: one\np:2:1: two" == str(PlatformFileError([one, two]))


def test_an_error_shows_its_hint() -> None:
    """Message first, hint on its own line."""
    assert "no\n  hint: yes" == str(UsageError("no", hint="yes"))
    assert "no" == str(UsageError("no"))


def test_every_kind_has_its_exit_code_and_both_pages_agree() -> None:
    """The tree in the docstring and the page list the codes that the classes have."""
    kinds = {
        each.__name__: each.exit_code
        for _, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, GroundplanError) and each is not GroundplanError
    }
    drawn = dict(re.findall(r"\+-- (\w+) +(\d)", errors.__doc__ or ""))
    assert {name: str(code) for name, code in kinds.items()} == drawn
    assert set(map(str, kinds.values())) <= set(re.findall(r"^\| (\d+) \|", PAGE, re.M))
