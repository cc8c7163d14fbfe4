"""`./run rollback`, with the real git and the real kubectl."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from groundplan.cli import consent
from groundplan.cli.main import main
from groundplan.cloud.delivery import wait

FILE = "apiVersion: groundplan/v1\nextends: reference\ndelivery: {repository: acme/shop}\n"
SERVICES = ("frontend", "gateway", "authz", "backend")
OUTPUTS = (
    "artifacts_bucket_name backups_bucket_name certificate_arn database_endpoint"
    " database_secret_arn"
    " load_balancer_security_group_id logs_bucket_name vpc_id web_acl_arn"
)
DEPLOYED = "deploy:generated/dev/kubernetes/backend/deployment.yaml"


@pytest.fixture
def platform(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a platform."""
    (repository / "platform.yaml").write_text(FILE)
    (repository / "releases").mkdir()
    monkeypatch.chdir(repository)
    monkeypatch.setattr(wait, "POLL", 0.05)
    return repository


def release(folder: Path, letter: str, services: Iterable[str] = SERVICES) -> None:
    """Release images whose digests are one letter."""
    images = {name: f"registry.example/{name}@sha256:{letter * 64}" for name in services}
    outputs = dict.fromkeys(OUTPUTS.split(), "known")
    text = json.dumps({"images": images, "outputs": outputs})
    (folder / "releases/dev.json").write_text(text)


def released(folder: Path) -> set[str]:
    """Return the letters of the images that the release names."""
    read = json.loads((folder / "releases/dev.json").read_text())
    return {image[-1] for image in read["images"].values()}


def git(folder: Path, *words: str) -> str:
    """Ask git."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_last_delivery_comes_back_as_a_new_commit(platform: Path) -> None:
    """Files are those of before, the history keeps all, and twice is back again."""
    for letter in "ab":
        release(platform, letter)
        assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    before = git(platform, "rev-parse", "deploy~1^{tree}")
    assert 0 == main(["rollback", "dev", "--yes", "--timeout", "0"])
    assert before == git(platform, "rev-parse", "deploy^{tree}")
    assert "3" == git(platform, "rev-list", "--count", "deploy")
    assert 0 == main(["rollback", "dev", "--yes", "--timeout", "0"])
    assert "b" * 64 in git(platform, "show", DEPLOYED)


def test_the_release_names_what_came_back(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next deploy changes nothing; a second return names the others again; outputs stay."""
    words = ["dev", "--yes", "--timeout", "0"]
    for letter in "ab":
        release(platform, letter)
        assert 0 == main(["deploy", *words])
    assert 0 == main(["rollback", *words])
    assert "releases/dev.json names the images that came back" in capsys.readouterr().err
    assert {"a"} == released(platform)
    tip = git(platform, "rev-parse", "deploy")
    assert 0 == main(["deploy", *words])
    assert tip == git(platform, "rev-parse", "deploy")
    assert 0 == main(["rollback", *words])
    assert {"b"} == released(platform)
    assert "b" * 64 in git(platform, "show", DEPLOYED)
    outputs = json.loads((platform / "releases/dev.json").read_text())["outputs"]
    assert dict.fromkeys(sorted(OUTPUTS.split()), "known") == outputs


def test_a_service_that_came_later_is_released_no_more(platform: Path) -> None:
    """What did not run then has no image after the return, and no deploy brings it back."""
    words = ["dev", "--yes", "--timeout", "0"]
    release(platform, "a")
    assert 0 == main(["deploy", *words])
    later = "services: {later: {kind: service, run: {directory: ., asgi: 'app:app'}}}\n"
    (platform / "platform.yaml").write_text(FILE + later)
    release(platform, "b", (*SERVICES, "later"))
    assert 0 == main(["deploy", *words])
    assert 0 == main(["rollback", *words])
    read = json.loads((platform / "releases/dev.json").read_text())
    assert {*SERVICES} == {*read["images"]}
    assert 5 == main(["deploy", *words])


def test_an_image_of_the_platform_file_stays_its_own(platform: Path) -> None:
    """What the file itself names is not written to the release, which would outweigh it."""
    words = ["dev", "--yes", "--timeout", "0"]
    own = (
        "services: {own: {kind: service, run: {command: [x], image: 'registry.example/own@%s'}}}\n"
    )
    for letter in "ab":
        (platform / "platform.yaml").write_text(FILE + own % f"sha256:{letter * 64}")
        release(platform, letter)
        assert 0 == main(["deploy", *words])
    assert 0 == main(["rollback", *words])
    read = json.loads((platform / "releases/dev.json").read_text())
    assert {*SERVICES} == {*read["images"]}


def test_nobody_agrees_and_the_release_stays(
    platform: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another answer than yes changes neither branch nor release."""
    for letter in "ab":
        release(platform, letter)
        assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    before = (platform / "releases/dev.json").read_text(), git(platform, "rev-parse", "deploy")
    monkeypatch.setattr(consent, "answer", lambda _: "no")
    assert 0 == main(["rollback", "dev"])
    after = (platform / "releases/dev.json").read_text(), git(platform, "rev-parse", "deploy")
    assert before == after


def test_a_revision_can_be_named(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only one that was delivered; another is refused by name."""
    for letter in "abc":
        release(platform, letter)
        assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    first = git(platform, "rev-parse", "deploy~2")
    words = ["rollback", "dev", "--yes", "--timeout", "0", "--to"]
    assert 0 == main([*words, first[:10]])
    assert "a" * 64 in git(platform, "show", DEPLOYED)
    capsys.readouterr()
    assert 2 == main([*words, "main"])
    assert "main is no delivery of generated/dev" in capsys.readouterr().err


def test_without_an_earlier_delivery_nothing_happens(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One delivery is not enough to return from."""
    release(platform, "a")
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    tip = git(platform, "rev-parse", "deploy")
    assert 2 == main(["rollback", "dev", "--yes"])
    assert "was delivered 1 times" in capsys.readouterr().err
    assert tip == git(platform, "rev-parse", "deploy")


def test_kubectl_applies_what_it_applied_before(platform: Path, fake_cluster: Any) -> None:
    """With --apply the cluster gets the images of the delivery before the last."""
    words = ["--apply", "--yes", "--timeout", "20"]
    for letter in "ab":
        release(platform, letter)
        assert 0 == main(["deploy", "dev", *words])
    assert 0 == main(["rollback", "dev", *words])
    assert {"a"} == released(platform)
    pod = fake_cluster.find("Deployment", "backend")["spec"]["template"]["spec"]
    assert pod["containers"][0]["image"].endswith("a" * 64)
