"""Replicas go to a version one by one, and only those that left go back."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.errors import NotReadyError
from groundplan.model.folders import Folders
from groundplan.runner.delivery import pack, rollout, versions, watch
from groundplan.runner.delivery.rollout import Fleet, Rollout
from groundplan.runner.delivery.versions import Version, Versions
from groundplan.runner.state import State

OWN = """
services:
  shop: {kind: service, run: {directory: shop, asgi: "app:app"}, routes: [/api/shop]}
"""


class FakeRoller:
    """Changes and looks, one after the other, without processes."""

    async def replace(self, chosen: Any, change: Any, tell: Any) -> None:
        """Do it."""
        for replica in chosen:
            change.make(replica)
            await change.look(replica)


class FakeGates:
    """Notes what is migrated."""

    built_site = Path("/built")

    def __init__(self) -> None:
        self.migrated: list[str] = []

    async def migrate(self, service: str, version: Version) -> None:
        """Note it."""
        self.migrated.append(f"{service} {version.name}")


@pytest.fixture
def fleet(platform_with: Any, make_replica: Any, tmp_path: Path, monkeypatch: Any) -> Fleet:
    """Return two ready replicas of a user's service and one of the frontend."""
    monkeypatch.setattr(rollout, "LOOK", 0.0)
    monkeypatch.setattr(rollout, "VERIFY", 0.0)
    monkeypatch.setattr(watch, "POLL", 0.001)
    replicas = [make_replica(component="shop", replica=number) for number in (1, 2)]
    replicas.append(make_replica(component="frontend", kind="static"))
    for replica in replicas:
        replica.state = State.READY
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/app.py").write_text("one")
    folders = Folders(str(tmp_path), str(tmp_path), str(tmp_path))
    known = Versions(platform_with(OWN), folders)

    async def count(_: Any) -> tuple[int, int]:
        return 0, 0

    def outfit(replica: Any) -> None:
        replica.spec = known.applied(replica.spec)

    gates: Any = FakeGates()
    roller: Any = FakeRoller()
    return Fleet(replicas, known, roller, gates, count, outfit, tmp_path / "site")


@pytest.fixture
def version(fleet: Fleet, tmp_path: Path) -> Version:
    """Return a version of the service that is packed."""
    folders = Folders(str(tmp_path), str(tmp_path), str(tmp_path))
    digest = pack.pack({"": tmp_path / "shop"}, versions.store(folders, "shop"))
    return Version(digest, "1.0")


@pytest.fixture
def told() -> Any:
    """Return what notes progress, as a function with the notes."""
    notes: list[tuple[str, int, int]] = []

    async def tell(*said: Any) -> None:
        notes.append(said)

    tell.notes = notes  # type: ignore[attr-defined]
    return tell


async def test_replicas_go_one_by_one(fleet: Fleet, version: Version, told: Any) -> None:
    """Each is reported with how many are done, and one that is there already is left alone."""
    made = Rollout(fleet)
    await made.forward("shop", version, told)
    assert [("shop-1 runs 1.0", 1, 2), ("shop-2 runs 1.0", 2, 2)] == told.notes
    assert made.is_at("shop", version)
    await made.forward("shop", version, told)
    assert 2 == len(told.notes)


async def test_one_that_is_not_well_ends_it_and_only_what_left_goes_back(
    fleet: Fleet, version: Version, told: Any
) -> None:
    """The second replica never leaves what it runs."""
    made, first = Rollout(fleet), fleet.replicas[0]
    first.state = State.UNREADY
    with pytest.raises(NotReadyError, match="shop-1: unready"):
        await made.forward("shop", version, told)
    assert [version, None] == [fleet.versions.of(each.spec) for each in fleet.of("shop")]
    first.state = State.READY
    await made.back("shop", None, told)
    assert [("shop-1 runs its folder again", 2, 2)] == told.notes


async def test_a_version_must_be_here_and_whole(
    fleet: Fleet, version: Version, tmp_path: Path
) -> None:
    """Code that was packed elsewhere or changed since is not run."""
    made = Rollout(fleet)
    await made.prepare("shop", version)
    assert ["shop 1.0"] == fleet.gates.migrated  # type: ignore[attr-defined]
    (fleet.versions.folder("shop", version) / "app.py").write_text("two")
    with pytest.raises(NotReadyError, match="is not what was packed"):
        await made.prepare("shop", version)
    elsewhere = Version("sha256:" + "0" * 64, "2.0")
    with pytest.raises(NotReadyError, match=r"on this machine: \./run release shop packs"):
        await made.prepare("shop", elsewhere)


async def test_a_site_is_turned_at_once(fleet: Fleet, version: Version, told: Any) -> None:
    """The link leads to the version, and back to what was built."""
    made = Rollout(fleet)
    await made.forward("frontend", version, told)
    assert fleet.versions.folder("frontend", version) == fleet.site.readlink()
    await made.back("frontend", None, told)
    assert Path("/built") == fleet.site.readlink()


async def test_all_are_watched_at_the_end(fleet: Fleet) -> None:
    """One replica that is not ready is enough."""
    made = Rollout(fleet)
    await made.verify(["shop", "frontend"])
    fleet.replicas[2].state = State.BACKOFF
    with pytest.raises(NotReadyError, match="frontend-1: backoff"):
        await made.verify(["shop", "frontend"])
