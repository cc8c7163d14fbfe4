import inspect
from pathlib import Path

from groundplan_backend import errors
from groundplan_backend.errors import BackendError

_PAGE = Path(__file__).parents[4] / "docs/reference/problems.md"


def _kinds() -> list[type[BackendError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, BackendError) and kind is not BackendError and kind.__name__[0] != "_"
    ]


def test_every_code_stands_for_one_error() -> None:
    """No two errors share a code, and each says what it means."""
    codes = [kind.code for kind in _kinds()]
    assert sorted(set(codes)) == sorted(codes)
    assert all(inspect.getdoc(kind) for kind in _kinds())


def test_the_tree_in_the_docstring_is_complete() -> None:
    """Who reads the top of the module sees every error."""
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in _kinds())


def test_what_ends_by_itself_says_when() -> None:
    """A refusal that is worth a second try has Retry-After, in seconds."""
    assert "7" == errors.AccountLocked("locked", retry_after=7).headers["retry-after"]
    assert "1" == errors.DependencyUnavailable("down").headers["retry-after"]


def test_a_problem_repeats_status_and_code() -> None:
    """The document is made from the error alone."""
    problem = errors.NotFound("nothing here").problem()
    assert (404, "not_found", "nothing here") == (problem.status, problem.code, problem.detail)


def test_every_code_stands_on_its_page() -> None:
    """Whoever is refused can look up when that happens, with the status that he got."""
    page = _PAGE.read_text()
    missing = [k.code for k in _kinds() if f"| `{k.code}` | {k.status} |" not in page]
    assert [] == missing
