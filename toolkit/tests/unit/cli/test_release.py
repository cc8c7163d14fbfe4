"""`release` packs, registers and, where asked, waits for the deployment's end."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.cli import release
from groundplan.cli.main import main
from groundplan.runner import disk
from groundplan.runner import folders as places
from groundplan.runner.delivery import credential

FILE = """apiVersion: groundplan/v1
extends: reference
name: shop
services:
  orders: {kind: service, run: {directory: orders, asgi: "app:app"}, routes: [/api/orders]}
"""


@pytest.fixture
def words(tmp_path: Path, groundplan: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the words that release a service of a run whose status was left behind."""
    monkeypatch.setattr(release, "POLL", 0.001)
    (tmp_path / "platform.yaml").write_text(FILE)
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders/app.py").write_text("one")
    found = places.locate(tmp_path / "data", tmp_path)
    places.make(found)
    disk.write_json(Path(found.run, "status.json"), {"url": groundplan.url, "components": []})
    credential.file(found).write_text("secret")
    groundplan.answers["POST /delivery/releases"] = (201, {"id": "r", "version": "1.0"})
    where = ["--file", str(tmp_path / "platform.yaml"), "--data", str(tmp_path / "data")]
    return ["release", "orders", *where]


def test_it_is_packed_and_registered(
    words: list[str], groundplan: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """stdout names service, version, digest and id; the code stands in the data folder."""
    assert 0 == main([*words, "--version", "1.0"])
    service, version, digest, number = capsys.readouterr().out.split()
    assert ("orders", "1.0", "r") == (service, version, number)
    packed = tmp_path / "data/versions/orders" / digest.removeprefix("sha256:")
    assert "one" == (packed / "app.py").read_text()
    (_, sent), *_ = groundplan.asked
    assert ("orders", "1.0", digest) == (sent["service"], sent["version"], sent["digest"])


def test_a_version_has_a_name_of_its_own(words: list[str], groundplan: Any) -> None:
    """Without one the digest names it, so that the same code is the same version."""
    assert 0 == main(words)
    (_, sent), *_ = groundplan.asked
    assert sent["digest"].startswith(f"sha256:{sent['version']}")


def test_another_folder_can_be_released(words: list[str], groundplan: Any, tmp_path: Path) -> None:
    """What a build has made elsewhere is packed in place of the service's folder."""
    (tmp_path / "built").mkdir()
    assert 0 == main([*words, "--from", str(tmp_path / "built")])
    assert 0 == main(words)
    first, second = (sent["digest"] for _, sent in groundplan.asked)
    assert first != second


@pytest.mark.parametrize(("state", "code"), [("live", 0), ("rolled_back", 5), ("failed", 5)])
def test_a_deployment_is_followed_to_its_end(
    words: list[str],
    groundplan: Any,
    capsys: pytest.CaptureFixture[str],
    state: str,
    code: int,
) -> None:
    """Every state is told, and only a version that is live is a success."""
    first = {"id": "d", "state": "applying", "reason": ""}
    groundplan.answers["POST /delivery/deployments"] = (201, first)
    last = {**first, "state": state, "reason": "it crashed"}
    groundplan.answers["GET /delivery/deployments/d"] = [first, last]
    assert code == main([*words, "--deploy"])
    said = capsys.readouterr().err
    assert ["applying", state] == said.splitlines()[:2]
    assert ("it crashed" in said) == bool(code)


def test_what_has_no_code_is_refused(words: list[str], capsys: Any) -> None:
    """Before anything is packed or asked."""
    assert 2 == main(["release", "gateway", *words[2:]])
    assert "has no code of its own" in capsys.readouterr().err


def test_without_a_token_there_is_a_way_out(words: list[str], tmp_path: Path, capsys: Any) -> None:
    """The runner makes one when the platform is up."""
    (tmp_path / "data/secrets/runner-token").unlink()
    assert 5 == main(words)
    assert "wait until ./run status says ready" in capsys.readouterr().err


def test_without_a_run_there_is_a_way_out(tmp_path: Path, words: list[str], capsys: Any) -> None:
    """The exit code is 5 and the message says how to start one."""
    assert 5 == main([*words[:4], "--data", str(tmp_path / "other")])
    assert "./run up starts the platform" in capsys.readouterr().err
