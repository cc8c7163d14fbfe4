"""A file in all its environments."""

import time
from pathlib import Path

from groundplan.loader import check


def write(folder: Path, text: str) -> Path:
    """Write a platform file."""
    path = folder / "platform.yaml"
    path.write_text(text)
    return path


def test_every_environment_is_loaded(tmp_path: Path) -> None:
    """Platforms by the names of their environments, `local` always among them."""
    checked = check(write(tmp_path, "extends: reference\nenvironments: {test: {}}\n"))
    assert ["local", "dev", "prod", "test"] == list(checked.platforms)


def test_warnings_are_no_faults(tmp_path: Path) -> None:
    """A version out of support is doubtful, not wrong."""
    checked = check(write(tmp_path, 'extends: reference\ncluster: {version: "1.28"}\n'))
    assert ((), 1) == (checked.faults, len(checked.warnings))


def test_a_broken_environment_does_not_hide_the_others(tmp_path: Path) -> None:
    """What cannot be laid over is one problem among the others."""
    text = "extends: reference\nowner: 3\nenvironments: {dev: [], prod: {owner: 4}}\n"
    assert [
        "must be text, is 3 (in local)",
        "must be a mapping of changes",
        "must be text, is 4",
    ] == [fault.message for fault in check(write(tmp_path, text)).faults]


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
