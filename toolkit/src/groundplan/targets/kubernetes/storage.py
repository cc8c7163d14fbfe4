"""The class of disks: encrypted, kept when their claim goes, and able to grow."""

from lightkube.resources.storage_v1 import StorageClass

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label


def name(platform: Platform) -> str:
    """Return the name of the class; it holds for the whole cluster, so it begins with ours."""
    return f"{platform.name}-encrypted"


def storage_class(platform: Platform, placement: Placement, component: str) -> StorageClass:
    """Return the class, as an object of the given component."""
    return StorageClass(
        metadata=label.cluster_metadata(platform, placement, component, name(platform)),
        provisioner="ebs.csi.aws.com",
        parameters={
            "type": "gp3",
            "encrypted": "true",
            "csi.storage.k8s.io/fstype": "ext4",
        },
        reclaimPolicy="Retain",
        allowVolumeExpansion=True,
        # A disk is made in the zone of the first pod that wants it.
        volumeBindingMode="WaitForFirstConsumer",
    )
