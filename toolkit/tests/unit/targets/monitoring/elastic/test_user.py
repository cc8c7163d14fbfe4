"""Users of Elasticsearch."""

from collections.abc import Callable
from typing import Any

import yaml

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import cluster, user


def test_each_may_do_only_its_work(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Jaeger writes its own indices; the console reads lines and nothing else."""
    found = valid(user.objects(reference, clustered(reference)))
    held = found["ExternalSecret elasticsearch-jaeger"]["spec"]["target"]["template"]["data"]
    roles = yaml.safe_load(held["roles.yml"])
    assert {"jaeger", "reader"} == set(roles)
    (read,) = roles["reader"]["indices"]
    assert (["logs-*"], ["read", "view_index_metadata"]) == (read["names"], read["privileges"])
    assert "cluster" not in roles["reader"]
    (written,) = roles["jaeger"]["indices"]
    assert ["jaeger-*"] == written["names"]


def test_elasticsearch_is_told_of_them(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """By the Secrets that External Secrets makes."""
    placed = clustered(reference)
    made = valid([*user.objects(reference, placed), *cluster.objects(reference, placed)])
    told = made["Elasticsearch elasticsearch"]["spec"]["auth"]
    names = {each["secretName"] for each in (*told["fileRealm"], *told["roles"])}
    assert {f"ExternalSecret {name}" for name in names} <= set(made)
