"""Certificates of what watches."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import authority
from groundplan.targets.monitoring.manifest import Maker


def test_a_certificate_is_good_for_both_ends_and_all_names(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Who sends shows one too; callers know a component by each of its services."""
    maker = Maker(reference, clustered(reference), "logstash")
    made = valid([authority.certificate(maker, "logstash-ls-input")])
    spec = made["Certificate logstash"]["spec"]
    assert {"server auth", "client auth"} <= set(spec["usages"])
    assert "logstash-ls-input.monitoring.svc" in spec["dnsNames"]
    assert ("ClusterIssuer", "observability") == (
        spec["issuerRef"]["kind"],
        spec["issuerRef"]["name"],
    )
    assert authority.secret("logstash") == spec["secretName"]
