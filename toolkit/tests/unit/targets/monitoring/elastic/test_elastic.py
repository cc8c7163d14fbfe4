"""Elasticsearch and Kibana, all together."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import elastic


def test_both_are_there_with_their_users_and_their_job(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Each object is valid, and none is there twice."""
    made = elastic.objects(reference, clustered(reference))
    found = valid(made)
    assert len(found) == len(made)
    assert {"Elasticsearch elasticsearch", "Kibana kibana", "Job elastic-setup"} <= set(found)
