"""The cluster's own bounds."""

import pytest
from pydantic import ValidationError

from groundplan.model.cluster import Cluster

GROUP = {"instanceTypes": ["t3.large"], "min": 1, "desired": 1, "max": 2}


def test_needs_a_node_group() -> None:
    """A cluster without nodes runs nothing."""
    assert 1 == len(
        Cluster.model_validate({"version": "1.36", "nodeGroups": {"a": GROUP}}).node_groups
    )
    with pytest.raises(ValidationError):
        Cluster.model_validate({"version": "1.36", "nodeGroups": {}})


@pytest.mark.parametrize("version", ["1.3", "2.10", "1.36.1", "v1.36", "1.٣٦"])
def test_versions_are_minor_versions(version: str) -> None:
    """EKS knows only minor versions."""
    with pytest.raises(ValidationError):
        Cluster.model_validate({"version": version, "nodeGroups": {"a": GROUP}})
