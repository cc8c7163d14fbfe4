"""Fluentd on every node."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import pod_security
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import fluentd, manifest


@pytest.fixture
def daemon(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> dict[str, Any]:
    """Return the DaemonSet."""
    found: dict[str, Any] = valid(fluentd.objects(reference, clustered(reference)))
    made: dict[str, Any] = found["DaemonSet fluentd"]
    return made


def test_it_says_why_it_may_do_more(daemon: dict[str, Any]) -> None:
    """Two folders of the node and root, no more: each finding is about one of them."""
    assert manifest.AGENTS == daemon["metadata"]["namespace"]
    assert "only root" in daemon["metadata"]["annotations"][manifest.REASON]
    found = [str(each) for each in pod_security.findings([daemon])]
    assert found
    allowed = ("hostPath", "volumes", "runAsNonRoot", "runAsUser")
    assert [] == [each for each in found if not any(word in each for word in allowed)]


def test_a_renewed_certificate_reaches_it(daemon: dict[str, Any]) -> None:
    """It reads its own when it starts, so it is replaced with it."""
    annotations = daemon["metadata"]["annotations"]
    assert "fluentd-tls" == annotations["secret.reloader.stakater.com/reload"]
    volumes = daemon["spec"]["template"]["spec"]["volumes"]
    assert "fluentd-tls" in [each.get("secret", {}).get("secretName") for each in volumes]


def test_it_reads_logs_and_writes_its_buffer(daemon: dict[str, Any]) -> None:
    """The files of the runtime cannot be changed by it."""
    (container,) = daemon["spec"]["template"]["spec"]["containers"]
    mounts = {each["name"]: each for each in container["volumeMounts"]}
    assert mounts["logs"]["readOnly"] is True
    assert "readOnly" not in mounts["state"]
    assert ["ALL"] == container["securityContext"]["capabilities"]["drop"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
