"""Pods may do nothing that they need not do."""

import pytest

from groundplan.targets.kubernetes import pod

RESTRICTED = {
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "runAsGroup": 10001,
    "privileged": False,
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


def test_a_container_is_restricted():
    """Each field of the Pod Security Standard is there, and a root that cannot be written."""
    assert RESTRICTED == pod.confinement().to_dict()


def test_a_pod_shows_no_token_and_no_neighbours():
    """Neither a token for the API nor the list of services gets into a pod."""
    found = pod.spec([], account="a", priority="p", grace=30).to_dict()
    assert False is found["automountServiceAccountToken"] is found["enableServiceLinks"]
    assert ("a", "p", 30) == (
        found["serviceAccountName"],
        found["priorityClassName"],
        found["terminationGracePeriodSeconds"],
    )


def test_what_can_be_written_is_bounded():
    """Every folder that a program may write is mounted, apart from others and with a most."""
    found = pod.spec([], account="a", priority="p", grace=30).to_dict()
    assert {mount.name for mount in pod.mounts()} == {each["name"] for each in found["volumes"]}
    assert all(each["emptyDir"]["sizeLimit"] for each in found["volumes"])


@pytest.mark.parametrize(
    ("names", "kind"), [(["one"], "configMap"), (["one", "two"], "projected")]
)
def test_configuration_stands_in_one_folder(names, kind):
    """One ConfigMap is mounted; several are laid together."""
    volume, mount = pod.configuration(names)
    assert kind in volume.to_dict()
    assert "/etc/groundplan/config" == mount.mountPath


@pytest.mark.parametrize("mounted", [pod.secrets, pod.certificate])
def test_secret_files_are_for_the_group(mounted):
    """Files of secrets can be read by the pod's group and changed by nobody."""
    volume, mount = mounted("some")
    assert ("some", 0o440) == (volume.secret.secretName, volume.secret.defaultMode)
    assert mount.readOnly
