"""From a path to the platform."""

import time
from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import check, extend, load

MINIMAL = "extends: reference\n"


def write(folder: Path, text: str) -> Path:
    """Write a platform file."""
    path = folder / "platform.yaml"
    path.write_text(text)
    return path


def test_environments_differ() -> None:
    """One file, as many platforms as environments."""
    local, prod = load(extend.REFERENCE), load(extend.REFERENCE, "prod")
    assert (2, 3) == (
        local.services["backend"].replicas.min,
        prod.services["backend"].replicas.min,
    )
    assert (False, True) == (local.database.multi_zone, prod.database.multi_zone)


def test_loading_twice_gives_the_same() -> None:
    """Same file in, same platform out."""
    assert load(extend.REFERENCE, "dev") == load(extend.REFERENCE, "dev")


def test_an_environment_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """The refusal lists those that are there, and guesses."""
    with pytest.raises(PlatformFileError, match="did you mean `prod`") as caught:
        load(write(tmp_path, MINIMAL), "prd")
    assert "there are local, dev, prod" in str(caught.value)


def test_all_problems_come_together_in_order(tmp_path: Path) -> None:
    """Validation, rules and folders are all heard, sorted by place."""
    text = (
        "extends: reference\nservices:\n"
        "  a: {kind: service, run: {directory: none, command: [a]}}\n"
        "  gateway: {calls: [backend, nobody]}\nidentity: {idle: 9h}\nowner: 3\n"
    )
    with pytest.raises(PlatformFileError) as caught:
        load(write(tmp_path, text))
    assert [3, 4, 4, 5, 6] == [problem.line for problem in caught.value.problems]


def test_warnings_do_not_stop(tmp_path: Path) -> None:
    """A version out of support loads, and `check` says until when it was supported."""
    path = write(tmp_path, 'extends: reference\ncluster: {version: "1.28"}\n')
    assert "1.28" == load(path).cluster.version
    checked = check(path)
    assert ((), 1) == (checked.faults, len(checked.warnings))


def test_a_problem_of_all_environments_is_said_once(tmp_path: Path) -> None:
    """Environments are only named where a problem is not in all of them."""
    text = "extends: reference\nowner: 3\nenvironments: {dev: {owner: 4}}\n"
    faults = check(write(tmp_path, text)).faults
    assert ["must be text, is 3 (in local, prod)", "must be text, is 4"] == [
        fault.message for fault in faults
    ]
    assert 1 == len(check(write(tmp_path, "extends: reference\nowner: 3\n")).faults)


def test_five_hundred_services_are_checked_in_time(tmp_path: Path) -> None:
    """A file with 500 services, in three environments, takes less than three seconds."""
    services = "\n".join(
        f"  s{n}: {{kind: service, run: {{command: [s{n}]}}, replicas: {{min: 1, max: 2}},"
        f" calls: [cache, s{n + 1}], routes: [/api/s{n}, /api/s{n}/items]}}"
        for n in range(499)
    )
    last = "  s499: {kind: service, run: {command: [x]}, routes: [/api/s499]}\n"
    path = write(tmp_path, f"extends: reference\nservices:\n{services}\n{last}")
    began = time.perf_counter()
    checked = check(path)
    assert () == checked.faults
    assert time.perf_counter() - began < 3.0
