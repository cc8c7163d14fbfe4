"""From a path to the platform."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import environments, extend, load

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
    assert (0, 1) == (local.database.read_replicas, prod.database.read_replicas)


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
    """A version out of support loads."""
    path = write(tmp_path, 'extends: reference\ncluster: {version: "1.28"}\n')
    assert "1.28" == load(path).cluster.version


def test_all_environments_are_found() -> None:
    """Each as it is by itself."""
    found = environments(extend.REFERENCE, "dev")
    assert ["local", "dev", "prod"] == list(found)
    assert load(extend.REFERENCE, "prod") == found["prod"]


def test_one_that_has_a_fault_hides_the_others(tmp_path: Path) -> None:
    """The one that is asked for is there; asking for the one with the fault says so."""
    path = write(tmp_path, MINIMAL + "environments: {odd: {network: {zones: 1}}}\n")
    assert ["local"] == list(environments(path, "local"))
    with pytest.raises(PlatformFileError):
        environments(path, "odd")
