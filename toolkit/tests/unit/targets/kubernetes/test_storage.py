"""Disks are encrypted and outlive the claim."""

from groundplan.targets.kubernetes import storage


def test_disks_are_encrypted_and_kept(reference, placement):
    """gp3, encrypted, kept when the claim goes, made where the pod is, able to grow."""
    made = storage.storage_class(reference, placement, "namespace")
    assert {
        "type": "gp3",
        "encrypted": "true",
        "csi.storage.k8s.io/fstype": "ext4",
    } == made.parameters
    assert ("Retain", "WaitForFirstConsumer", True, None) == (
        made.reclaimPolicy,
        made.volumeBindingMode,
        made.allowVolumeExpansion,
        made.metadata.namespace,
    )
    assert storage.name(reference) == made.metadata.name
