"""A delivery is told of where settings say so, and never stopped by what cannot be told."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.cloud.delivery import report
from groundplan.cloud.delivery.manifest import Object
from groundplan.cloud.delivery.report import Subject
from groundplan.errors import NotReadyError

DIGEST = "sha256:" + "a" * 64
STEP = "POST /delivery/deployments/d/transitions"
SUBJECT = Subject("dev", {"backend": DIGEST}, "Deploy dev", "c" * 40)


@pytest.fixture
def said() -> list[str]:
    """Return what is said to people."""
    return []


@pytest.fixture
def told(groundplan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have the settings lead to a Groundplan that takes everything."""
    (tmp_path / "token").write_text("secret\n")
    monkeypatch.setenv(report.URL, groundplan.url)
    monkeypatch.setenv(report.TOKEN_FILE, str(tmp_path / "token"))
    monkeypatch.setattr(report, "POLL", 0.001)
    planned = {"id": "d", "state": "planned", "reason": ""}
    groundplan.answers = {
        "POST /delivery/releases": (201, {"id": "r"}),
        "POST /delivery/deployments": (201, planned),
        STEP: {},
    }
    return groundplan


def _steps(told: Any) -> list[tuple[str, str]]:
    return [(body["to"], body["reason"]) for asked, body in told.asked if asked == STEP]


def test_a_delivery_goes_live(told: Any, said: list[str]) -> None:
    """Its releases are registered by digest and commit, and its states are reported."""
    with report.reporting(SUBJECT, said.append) as made:
        made.begin()
        made.enter("verifying")
    asked = dict(told.asked)
    release = asked["POST /delivery/releases"]
    assert ("backend", DIGEST, "c" * 40) == tuple(
        release[name] for name in ("service", "digest", "commit")
    )
    assert ["r"] == asked["POST /delivery/deployments"]["releases"]
    assert ["applying", "verifying", "live"] == [state for state, _ in _steps(told)]
    assert [] == said


def test_without_images_it_is_infrastructure(told: Any, said: list[str]) -> None:
    """What Terraform changes has no releases."""
    with report.reporting(Subject("dev", {}), said.append) as made:
        made.begin()
    assert "infrastructure" == dict(told.asked)["POST /delivery/deployments"]["kind"]


def test_a_failure_is_reported_and_goes_on(told: Any, said: list[str]) -> None:
    """The error reaches the caller, its words reach Groundplan."""

    def deliver() -> None:
        with report.reporting(SUBJECT, said.append) as made:
            made.begin()
            raise NotReadyError("no health")

    with pytest.raises(NotReadyError, match="no health"):
        deliver()
    assert ("failed", "no health") == _steps(told)[-1]


def test_what_never_began_is_not_told(told: Any, said: list[str]) -> None:
    """Whoever answered no has delivered nothing."""
    with report.reporting(SUBJECT, said.append):
        pass
    assert [] == told.asked


def test_what_cannot_be_told_is_one_warning(told: Any, said: list[str]) -> None:
    """The delivery goes on to its end without another word."""
    told.answers["POST /delivery/deployments"] = (503, {"code": "x", "detail": "overloaded"})
    with report.reporting(SUBJECT, said.append) as made:
        made.begin()
        made.attach("plan.txt", "plan", "text")
        made.enter("verifying")
    assert 1 == len(said)
    assert "warning: Groundplan is not told of this delivery" in said[0]
    assert "overloaded" in said[0]


def test_approval_is_waited_for(told: Any, said: list[str]) -> None:
    """An outage meanwhile is borne."""
    waiting = {"id": "d", "state": "awaiting_approval", "reason": ""}
    told.answers["POST /delivery/deployments"] = (201, waiting)
    planned = {**waiting, "state": "planned"}
    told.answers["GET /delivery/deployments/d"] = [waiting, (503, {}), planned]
    with report.reporting(SUBJECT, said.append) as made:
        made.begin()
    assert ["deployment d waits for approval in Groundplan"] == said
    assert "live" == _steps(told)[-1][0]


@pytest.mark.parametrize(
    "answer", [{"id": "d", "state": "failed", "reason": "not today"}, (403, {"code": "forbidden"})]
)
def test_what_is_not_approved_is_not_delivered(told: Any, said: list[str], answer: Any) -> None:
    """A rejection stops the delivery, and so does not being let in to ask."""
    waiting = {"id": "d", "state": "awaiting_approval", "reason": ""}
    told.answers["POST /delivery/deployments"] = (201, waiting)
    told.answers["GET /delivery/deployments/d"] = answer
    with (
        pytest.raises(NotReadyError, match="was not approved"),
        report.reporting(SUBJECT, said.append) as made,
    ):
        made.begin()


def test_nothing_is_told_without_settings(said: list[str], monkeypatch: Any) -> None:
    """And half of them is a warning."""
    with report.reporting(SUBJECT, said.append) as made:
        made.begin()
    assert [] == said
    monkeypatch.setenv(report.URL, "http://127.0.0.1:1")
    with report.reporting(SUBJECT, said.append) as made:
        made.begin()
    assert [f"warning: Groundplan is not told of this: {report.URL} and {report.TOKEN_FILE}"] == [
        each.partition(" go ")[0] for each in said
    ]


def test_a_token_that_cannot_be_read_is_a_warning(
    told: Any, said: list[str], monkeypatch: Any
) -> None:
    """The delivery goes on."""
    monkeypatch.setenv(report.TOKEN_FILE, "/nowhere/token")
    with report.reporting(SUBJECT, said.append) as made:
        made.begin()
    assert 1 == len(said)
    assert "/nowhere/token" in said[0]


def test_a_file_of_an_environment_is_handed_in(told: Any, said: list[str]) -> None:
    """It belongs to no deployment; where it is refused one warning says so."""
    upload = {"id": "u", "name": "drift.txt", "part_size": 9, "parts": 0, "state": "ready"}
    told.answers["POST /artifacts/uploads"] = (201, upload)
    told.answers["POST /artifacts/uploads/u/complete"] = upload
    report.hand_in("dev", "drift.txt", "drift", "", said.append)
    assert "environment:dev" == dict(told.asked)["POST /artifacts/uploads"]["subject"]
    told.answers["POST /artifacts/uploads"] = (413, {"code": "x", "detail": "too large"})
    report.hand_in("dev", "drift.txt", "drift", "", said.append)
    assert 1 == len(said)


def test_digests_are_those_of_deployments() -> None:
    """Images that were not released have none."""

    def deployment(name: str, image: str) -> Object:
        spec = {"template": {"spec": {"containers": [{"image": image}]}}}
        metadata = {"name": name}
        return Object({"kind": "Deployment", "metadata": metadata, "spec": spec})

    objects = [deployment("backend", f"r/backend@{DIGEST}"), deployment("own", "r/own:1")]
    assert {"backend": DIGEST} == report.digests([*objects, Object({"kind": "Service"})])
