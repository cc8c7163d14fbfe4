"""`./run render`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from groundplan.cli import render
from groundplan.cli.main import main
from groundplan.loader import extend, load
from groundplan.targets import TARGETS

FILE = str(extend.REFERENCE)
ROOT = extend.REFERENCE.parent


def run(environment: str, out: Path, *words: str) -> int:
    """Run the command on the reference platform."""
    return main(["render", environment, "--file", FILE, "--out", str(out), *words])


@pytest.mark.parametrize("environment", ["local", "dev", "prod"])
def test_every_target_has_its_folder(environment: str, tmp_path: Path) -> None:
    """Each environment's files stand below the word of their target."""
    assert 0 == run(environment, tmp_path)
    folders = {path.name for path in (tmp_path / environment).iterdir() if path.is_dir()}
    nowhere = {"kubernetes", "terraform"} if environment == "local" else set()
    assert set(TARGETS) - nowhere == folders


@pytest.mark.parametrize("environment", ["local", "prod"])
def test_rendering_twice_gives_the_same_bytes(environment: str) -> None:
    """Same file in, same files out."""
    first, second = (render.render(load(FILE, environment), environment) for _ in range(2))
    assert first == second


def test_chance_has_no_part(tmp_path: Path) -> None:
    """Python's own chance, the order of its sets, changes no byte."""
    found = []
    for seed in ("1", "2"):
        words = ["render", "prod", "--file", FILE, "--out", seed]
        subprocess.run(
            [sys.executable, "-m", "groundplan", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        folder = tmp_path / seed
        files = [path for path in folder.rglob("*") if path.is_file()]
        found.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert found[0] == found[1]


def test_check_shows_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 4 and a diff where files differ, 0 where they do not; nothing is written."""
    assert 4 == run("dev", tmp_path, "--check")
    assert [] == list(tmp_path.iterdir())
    assert "+++ b/" in capsys.readouterr().out
    run("dev", tmp_path)
    assert 0 == run("dev", tmp_path, "--check")


def test_what_a_person_changed_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 4 names the file; only --force overwrites it."""
    run("dev", tmp_path)
    changed = next(path for path in (tmp_path / "dev").rglob("*.json"))
    changed.write_text("mine")
    assert 4 == run("dev", tmp_path)
    assert str(changed) in capsys.readouterr().err
    assert "mine" == changed.read_text()
    assert 0 == run("dev", tmp_path, "--force")
    assert "mine" != changed.read_text()


def test_an_environment_that_is_not_there(tmp_path: Path) -> None:
    """A problem of the file, and nothing is written."""
    assert 2 == run("nowhere", tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_file_of_ones_own_is_rendered(tmp_path: Path) -> None:
    """The example with a service of the user's renders in every environment."""
    file = ROOT / "examples/own-service/platform.yaml"
    for environment in ("local", "dev", "prod"):
        words = ["--file", str(file), "--out", str(tmp_path)]
        assert 0 == main(["render", environment, *words])


def test_release_and_patches_beside_the_file_are_rendered(tmp_path: Path) -> None:
    """An image by its digest and a person's change are in the objects; on one machine neither."""
    file = tmp_path / "platform.yaml"
    file.write_text("apiVersion: groundplan/v1\nextends: reference\n")
    image = f"registry.example/backend@sha256:{'a' * 64}"
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases/dev.json").write_text(f'{{"images": {{"backend": "{image}"}}}}')
    (tmp_path / "patches").mkdir()
    patch = "kind: Deployment\nmetadata: {name: backend}\nspec: {minReadySeconds: 77}\n"
    (tmp_path / "patches/slow.yaml").write_text(patch)
    _, files = render.load(str(file), "dev")
    (found,) = (each for each in files if each.path == "kubernetes/backend/deployment.yaml")
    assert image in found.content
    assert "minReadySeconds: 77" in found.content
    assert render.load(str(file), "local")[1]


def test_the_catalog_of_a_cluster_shows_every_environment() -> None:
    """What the console sets side by side, as on one machine."""
    _, files = render.load(str(FILE), "dev")
    path = "kubernetes/backend/configmap-configuration.yaml"
    (found,) = (each for each in files if each.path == path)
    catalog = json.loads(yaml.safe_load(found.content)["data"]["catalog.json"])
    assert ["local", "dev", "prod"] == [each["name"] for each in catalog["environments"]]
    assert "dev" == catalog["platform"]["environment"]
