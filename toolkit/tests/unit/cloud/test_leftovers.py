"""What Kubernetes made goes; what anybody else made stays."""

from collections.abc import Iterator
from typing import Any

import pytest

from groundplan.cloud import leftovers
from groundplan.cloud.account import Ours

OURS = Ours("x-dev", {"stack": "x-dev"})
OWNED = {"kubernetes.io/cluster/x-dev": "owned"}


class RefusedError(Exception):
    """AWS' refusal, as its client raises it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class Account:
    """Volumes of an account, each with its tags; deleting refuses as often as it is told."""

    def __init__(self, volumes: dict[str, dict[str, str]], refusals: list[str]) -> None:
        self.volumes = volumes
        self.refusals = refusals

    def __call__(self, service: str) -> "Account":
        """Return the client of a service, which is this one."""
        return self

    def get_paginator(self, operation: str) -> "Account":
        """Return the pages of an operation."""
        self._operation = operation
        return self

    def paginate(self) -> Iterator[dict[str, Any]]:
        """Yield the only page."""
        volumes = [
            {"VolumeId": name, "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}
            for name, tags in self.volumes.items()
        ]
        empty = ("LoadBalancers", "TargetGroups", "NetworkInterfaces", "SecurityGroups")
        asked = self._operation == "describe_volumes"
        yield {**{key: [] for key in empty}, "Volumes": volumes if asked else []}

    def delete_volume(self, VolumeId: str) -> None:  # noqa: N803 - AWS' name
        """Delete a volume, or refuse."""
        if self.refusals:
            raise RefusedError(self.refusals.pop(0))
        del self.volumes[VolumeId]

    def __getattr__(self, name: str) -> Any:
        return None


def remove(volumes: dict[str, dict[str, str]], *refusals: str) -> list[str]:
    """Remove leftovers of an account with volumes, and return the names of what went."""
    found = leftovers.remove(Account(volumes, list(refusals)), OURS, pause=0)
    return [thing.name for thing in found]


def test_only_what_the_cluster_owns_goes() -> None:
    """Others' volumes, shared ones, EKS' own and those of Terraform stay."""
    volumes = {
        "vol-1": OWNED,
        "vol-2": {"kubernetes.io/cluster/x-dev": "shared"},
        "vol-3": {"kubernetes.io/cluster/y-dev": "owned"},
        "vol-4": {**OWNED, "aws:eks:cluster-name": "x-dev"},
        "vol-5": {**OWNED, "stack": "x-dev"},
        "vol-6": {},
    }
    assert ["vol-1"] == remove(volumes)
    assert ["vol-2", "vol-3", "vol-4", "vol-5", "vol-6"] == list(volumes)


def test_what_is_in_use_is_tried_again() -> None:
    """A load balancer lets go of its interfaces some time after it has gone."""
    assert ["vol-1"] == remove({"vol-1": OWNED}, "VolumeInUse", "DependencyViolation")


def test_what_stays_in_use_is_left_to_the_proof() -> None:
    """After ten attempts it goes on; the account still shows the thing."""
    assert [] == remove({"vol-1": OWNED}, *["VolumeInUse"] * leftovers.ATTEMPTS)


def test_what_went_meanwhile_is_no_trouble() -> None:
    """Kubernetes may still be removing things itself."""
    assert [] == remove({"vol-1": OWNED}, "InvalidVolume.NotFound")


def test_a_missing_right_is_not_swallowed() -> None:
    """Negative control: what no waiting mends is raised."""
    with pytest.raises(RefusedError, match="UnauthorizedOperation"):
        remove({"vol-1": OWNED}, "UnauthorizedOperation")
