"""Certificates: who vouches for whom, under which names, for how long."""

from collections.abc import Callable
from typing import Any

from groundplan.model import flow
from groundplan.model.platform import CACHE, Platform
from groundplan.targets.kubernetes import certificate


def test_everything_that_listens_has_a_certificate(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Services, the cache and exporters have one in their folder, in the Secret they mount."""
    found = certificate.objects(reference, in_cluster(reference))
    listening = (*reference.services, CACHE, *flow.watchers(reference))
    assert {"namespace", *listening} == set(found)
    for component in listening:
        (made,) = valid(found[component])
        assert certificate.name(component) == made["spec"]["secretName"]
        assert certificate.AUTHORITY == made["spec"]["issuerRef"]["name"]
        assert ["digital signature", "server auth"] == made["spec"]["usages"]


def test_a_certificate_bears_every_name_that_callers_use(reference: Platform) -> None:
    """The component's own name is the one that callers verify; DNS knows three more."""
    assert [
        "backend",
        "backend.groundplan",
        "backend.groundplan.svc",
        "backend.groundplan.svc.cluster.local",
    ] == certificate.dns_names(reference, "backend")


def test_keys_change_with_each_certificate_but_not_the_authoritys(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """An authority that kept no key would make every certificate of before worthless at once."""
    found = certificate.objects(reference, in_cluster(reference))
    authority = valid(found["namespace"])[1]
    (own,) = valid(found["backend"])
    assert (True, "Never") == (
        authority["spec"]["isCA"],
        authority["spec"]["privateKey"]["rotationPolicy"],
    )
    assert "Always" == own["spec"]["privateKey"]["rotationPolicy"]


def test_nothing_outlives_what_vouches_for_it(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The authority is renewed longer before its end than any certificate lasts."""
    found = certificate.objects(reference, in_cluster(reference))
    authority, (own,) = valid(found["namespace"])[1], valid(found["backend"])
    left, lasts = authority["spec"]["renewBefore"], own["spec"]["duration"]
    assert int(left.removesuffix("h")) > int(lasts.removesuffix("h"))


def test_where_nothing_is_encrypted_there_are_none(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """An empty answer, so that no folder gets one."""
    assert {} == certificate.objects(reference, in_cluster(reference, encrypted=False))
