"""One delivery at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from groundplan.cloud.delivery import lease
from groundplan.errors import NotReadyError
from groundplan.tools import kubectl


def held_by(fake_cluster: Any, holder: str, ago: timedelta) -> None:
    """Let another hold the lease."""
    since = (datetime.now(UTC) - ago).strftime(lease.FORM)
    spec = {"holderIdentity": holder, "leaseDurationSeconds": 60, "renewTime": since}
    fake_cluster.add("coordination.k8s.io/v1", "Lease", lease.NAME, "shop", spec=spec)


def test_it_is_held_while_the_block_lasts(fake_cluster: Any) -> None:
    """It says who, and is given back even when the block fails."""
    seen: list[str] = []

    def deliver() -> None:
        with lease.held(kubectl.current(), "shop"):
            seen.append(fake_cluster.find("Lease", lease.NAME)["spec"]["holderIdentity"])
            raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        deliver()
    assert 1 == len(seen)
    assert set() == fake_cluster.names("Lease")


def test_another_holder_is_named(fake_cluster: Any) -> None:
    """Its lease stays as it is."""
    held_by(fake_cluster, "ci/1", timedelta(seconds=10))
    with (
        pytest.raises(NotReadyError, match="under way: by ci/1"),
        lease.held(kubectl.current(), "shop"),
    ):
        pass
    assert {lease.NAME} == fake_cluster.names("Lease")


def test_one_that_ran_out_is_taken_over(fake_cluster: Any) -> None:
    """Whoever was killed on another machine holds nobody up for long."""
    held_by(fake_cluster, "ci/1", timedelta(seconds=90))
    with lease.held(kubectl.current(), "shop"):
        assert "ci/1" != fake_cluster.find("Lease", lease.NAME)["spec"]["holderIdentity"]
