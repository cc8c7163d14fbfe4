"""Each replica runs the version that was chosen for it, also after a new start."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from groundplan.model.folders import Folders
from groundplan.model.platform import Platform
from groundplan.model.process import Job, Process
from groundplan.runner import folders as places
from groundplan.runner import installation
from groundplan.runner.delivery import pack, versions
from groundplan.runner.delivery.versions import Version, Versions

OWN = """
services:
  shop:
    kind: service
    run: {directory: shop, asgi: "app:app", requirements: [-r requirements.txt]}
    routes: [/api/shop]
"""


@pytest.fixture
def platform(platform_with: Any) -> Platform:
    """Return the reference with a service of a user's."""
    made: Platform = platform_with(OWN)
    return made


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return made folders, and the user's code beside the file."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/app.py").write_text("first")
    (tmp_path / "shop/requirements.txt").write_text("starlette==1.0\n")
    found = places.locate(tmp_path / "data", tmp_path)
    places.make(found)
    return found


@pytest.fixture
def shop(make_process: Callable[..., Process], folders: Folders) -> Process:
    """Return a replica of the user's service."""
    program = f"{folders.service('shop')}/venv/bin/python"
    return make_process(component="shop", program=program)


def _released(folders: Folders, service: str = "shop", name: str = "1.0") -> Version:
    digest = pack.pack({"": Path(folders.source, "shop")}, versions.store(folders, service))
    return Version(digest, name)


def test_without_a_version_nothing_changes(
    platform: Platform, folders: Folders, shop: Process
) -> None:
    """A developer's folder is what runs."""
    assert shop == Versions(platform, folders).applied(shop)


def test_a_version_is_another_folder_with_its_packages(
    platform: Platform, folders: Folders, shop: Process
) -> None:
    """Other packages than the folder's stand in a place of their own; the status names it."""
    known, version = Versions(platform, folders), _released(folders)
    known.settle("shop", version)
    found = known.applied(shop)
    assert str(known.folder("shop", version)) == found.directory
    assert "version 1.0" == found.note
    assert "/venv-" in found.program
    assert found.program.endswith("/bin/python")


def test_the_same_packages_are_shared(
    platform: Platform, folders: Folders, shop: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is installed twice."""
    monkeypatch.setattr(installation, "is_made", lambda _: True)
    known = Versions(platform, folders)
    known.settle("shop", _released(folders))
    assert shop.program == known.applied(shop).program


def test_our_own_packages_are_found_first(
    platform: Platform, folders: Folders, make_process: Callable[..., Process]
) -> None:
    """A version of the backend, and its migration, import from the version's folder."""
    known, version = Versions(platform, folders), _released(folders, "backend")
    backend, path = make_process(component="backend"), str(known.folder("backend", version))
    job = Job("migrate-backend", "", "python", (), {}, "/")
    assert job == known.job(job)
    known.settle("backend", version)
    assert path == known.applied(backend).environment["PYTHONPATH"]
    assert path == known.job(job).environment["PYTHONPATH"]


def test_one_replica_may_be_ahead_and_the_next_supervisor_knows(
    platform: Platform, folders: Folders, shop: Process
) -> None:
    """What was chosen in a roll is kept, until the service as a whole is settled."""
    known, version = Versions(platform, folders), _released(folders)
    known.choose("shop-1", version)
    again, second = Versions(platform, folders), replace(shop, replica=2)
    assert (version, None) == (again.of(shop), again.of(second))
    again.settle("shop", version)
    assert [version] * 2 == [again.of(shop), again.of(second)]
    assert 0o600 == (Path(folders.data, "versions/running.json").stat().st_mode & 0o777)


def test_what_the_folder_held_is_remembered(
    platform: Platform, folders: Folders, shop: Process
) -> None:
    """What replicas were started from is found again after the folder has changed."""
    known = Versions(platform, folders)
    known.remember(shop)
    Path(folders.source, "shop/app.py").write_text("second")
    before = known.live("shop")
    assert before is not None
    assert before == known.running(shop)
    assert "first" == (known.folder("shop", before) / "app.py").read_text()


@pytest.mark.parametrize("is_released", [True, False])
def test_what_a_folder_held_once_goes_unless_it_was_released(
    platform: Platform, folders: Folders, shop: Process, is_released: bool
) -> None:
    """Edits do not pile up, and releases stay for rollbacks."""
    known = Versions(platform, folders)
    known.remember(shop)
    before = known.live("shop")
    assert before is not None
    place = known.folder("shop", before)
    if is_released:
        pack.mark_released(place)
    Path(folders.source, "shop/app.py").write_text("second")
    known.remember(shop)
    assert is_released == place.exists()


def test_code_that_is_gone_and_services_that_are_no_more_are_forgotten(
    platform: Platform, folders: Folders, shop: Process
) -> None:
    """A start never fails for a version that somebody has deleted."""
    path = Path(folders.data, "versions/running.json")
    path.parent.mkdir()
    gone = {"digest": "sha256:" + "0" * 64, "name": "1.0"}
    path.write_text(json.dumps({"services": {"shop": gone, "other": gone}, "work": {"a": 1}}))
    known = Versions(platform, folders)
    assert known.of(shop) is None
    assert {"a": 1} == known.work
