"""`./run promote`, with the real git."""

import json
from pathlib import Path

import pytest

from groundplan.cli import consent
from groundplan.cli.main import main

FILE = "apiVersion: groundplan/v1\nextends: reference\ndelivery: {repository: acme/shop}\n"
SERVICES = ("frontend", "gateway", "authz", "backend")
IMAGES = {name: f"registry.example/{name}@sha256:{'a' * 64}" for name in SERVICES}
OUTPUTS = (
    "artifacts_bucket_name backups_bucket_name certificate_arn database_endpoint"
    " database_secret_arn"
    " load_balancer_security_group_id logs_bucket_name vpc_id web_acl_arn"
)


@pytest.fixture
def platform(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a platform whose dev was released."""
    (repository / "platform.yaml").write_text(FILE)
    (repository / "releases").mkdir()
    values = {
        "images": IMAGES,
        "outputs": dict.fromkeys(OUTPUTS.split(), "of-dev"),
        "commit": "abc",
        "built_at": "2026-01-01T00:00:00Z",
    }
    (repository / "releases/dev.json").write_text(json.dumps(values))
    (repository / "releases/prod.json").write_text(json.dumps({"outputs": {"vpc_id": "prod"}}))
    monkeypatch.chdir(repository)
    return repository


def prod(folder: Path) -> dict[str, object]:
    """Return prod's release."""
    found: dict[str, object] = json.loads((folder / "releases/prod.json").read_text())
    return found


def test_delivered_digests_are_carried_over(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Images, commit and time are those of dev; what Terraform said of prod stays."""
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    capsys.readouterr()
    assert 0 == main(["promote", "dev", "prod", "--yes"])
    found = prod(platform)
    assert (IMAGES, {"vpc_id": "prod"}) == (found["images"], found["outputs"])
    assert "abc" == found["commit"]
    assert f"backend: none -> {IMAGES['backend']}" in capsys.readouterr().out
    assert 0 == main(["promote", "dev", "prod", "--yes"])
    assert "prod has the images of dev already" in capsys.readouterr().err


def test_what_was_not_delivered_is_not_promoted(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A digest that dev never ran does not reach prod."""
    before = prod(platform)
    assert 2 == main(["promote", "dev", "prod", "--yes"])
    assert "was not delivered to dev" in capsys.readouterr().err
    assert before == prod(platform)


def test_somebody_must_agree(platform: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another answer than yes writes nothing."""
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    before = prod(platform)
    monkeypatch.setattr(consent, "answer", lambda _: "no")
    assert 0 == main(["promote", "dev", "prod"])
    assert before == prod(platform)


def test_an_environment_is_not_promoted_to_itself(platform: Path) -> None:
    """Two names are needed."""
    assert 2 == main(["promote", "dev", "dev", "--yes"])
