"""The way in: one load balancer, HTTPS only, behind what Terraform made at the edge."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import ingress

OUTPUTS = {
    "certificate_arn": "arn:aws:acm:certificate",
    "web_acl_arn": "arn:aws:wafv2:acl",
    "load_balancer_security_group_id": "sg-1",
    "logs_bucket_name": "groundplan-prod-logs-1",
}
PREFIX = "alb.ingress.kubernetes.io/"


@pytest.fixture
def made(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> Callable[..., dict[str, Any]]:
    """Return what gives the annotations and the specification of the one Ingress."""

    def rendered(**changes: Any) -> dict[str, Any]:
        placed = in_cluster(reference, **{"outputs": OUTPUTS, **changes})
        found = valid(ingress.objects(reference, placed)["frontend"])
        assert ["IngressClass", "IngressClassParams", "Ingress"] == [
            each["kind"] for each in found
        ]
        return dict(found[-1])

    return rendered


def _annotations(found: dict[str, Any]) -> dict[str, str]:
    held = found["metadata"]["annotations"]
    return {key.removeprefix(PREFIX): value for key, value in held.items()}


def test_only_https_comes_in_through_the_firewall(made: Callable[..., dict[str, Any]]) -> None:
    """Port 443 alone, TLS 1.2 and 1.3, with certificate, firewall and group of the edge."""
    found = _annotations(made())
    assert [{"HTTPS": 443}] == json.loads(found["listen-ports"])
    assert "ELBSecurityPolicy-TLS13-1-2-2021-06" == found["ssl-policy"]
    assert OUTPUTS["certificate_arn"] == found["certificate-arn"]
    assert OUTPUTS["web_acl_arn"] == found["wafv2-acl-arn"]
    assert "sg-1" == found["security-groups"]


@pytest.mark.parametrize(
    ("encrypted", "protocol", "port"), [(True, "HTTPS", 8443), (False, "HTTP", 8080)]
)
def test_pods_are_spoken_to_as_they_listen(
    encrypted: bool, protocol: str, port: int, made: Callable[..., dict[str, Any]]
) -> None:
    """Requests and questions for health take the protocol and port of the pods."""
    found = made(encrypted=encrypted)
    told = _annotations(found)
    assert (protocol, protocol) == (told["backend-protocol"], told["healthcheck-protocol"])
    (path,) = found["spec"]["rules"][0]["http"]["paths"]
    assert {"name": "frontend", "port": {"number": port}} == path["backend"]["service"]
    assert "/healthz/ready" == told["healthcheck-path"]


def test_the_load_balancer_is_protected_and_says_what_it_did(
    made: Callable[..., dict[str, Any]],
) -> None:
    """It cannot be deleted by a slip, drops malformed headers, and logs to the bucket."""
    told = dict(
        pair.split("=") for pair in _annotations(made())["load-balancer-attributes"].split(",")
    )
    assert "true" == told["deletion_protection.enabled"]
    assert "true" == told["routing.http.drop_invalid_header_fields.enabled"]
    assert "true" == told["load_balancing.cross_zone.enabled"]
    assert "groundplan-prod-logs-1" == told["access_logs.s3.bucket"]


def test_without_a_bucket_for_logs_there_are_none(
    platform_with: Callable[[str], Platform],
    in_cluster: Callable[..., Any],
    valid: Callable[..., Any],
) -> None:
    """A bucket that the file does not have is not named."""
    platform = platform_with("storage: {buckets: {logs: null}}")
    found = valid(ingress.objects(platform, in_cluster(platform))["frontend"])[-1]
    assert "access_logs" not in _annotations(found)["load-balancer-attributes"]


def test_before_an_apply_names_say_so(made: Callable[..., dict[str, Any]]) -> None:
    """What Terraform has not made is called by a name that no delivery accepts."""
    found = _annotations(made(outputs={}))
    keys = ("certificate-arn", "wafv2-acl-arn", "security-groups")
    assert {"not-applied"} == {found[key] for key in keys}


def test_the_domain_decides_and_the_class_is_ours_alone(
    made: Callable[..., dict[str, Any]], reference: Platform
) -> None:
    """Requests for other hosts find nothing; other namespaces cannot use the class."""
    found = made()
    assert reference.domain == found["spec"]["rules"][0]["host"]
    assert "groundplan-prod" == found["spec"]["ingressClassName"]
