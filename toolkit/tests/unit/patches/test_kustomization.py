"""Kustomizations after an object left."""

from groundplan.model.file import File
from groundplan.patches import kustomization

OWN = File(
    "kubernetes/a/kustomization.yaml", "kind: Kustomization\nresources:\n- x.yaml\n- y.yaml\n"
)
OTHER = File("kubernetes/b/kustomization.yaml", "kind: Kustomization\nresources:\n- x.yaml\n")


def test_only_the_folder_of_the_file_changes() -> None:
    """A file of the same name in another folder stays listed."""
    (found,) = kustomization.without((OWN, OTHER), "kubernetes/a/x.yaml")
    assert OWN.path == found.path
    assert "x.yaml" not in found.content
    assert "y.yaml" in found.content
