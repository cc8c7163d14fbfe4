"""kustomization.yaml lists what is there."""

from groundplan.model.file import File
from groundplan.targets.kubernetes import kustomization


def test_folders_and_files_are_listed_in_order():
    """Every folder lists its files; the whole lists its folders but those that stand apart."""
    files = (File("b/y.yaml", ""), File("b/x.yaml", ""), File("apart/z.yaml", ""))
    found = {file.path: file.content for file in kustomization.of_folders(files, apart=("apart",))}
    assert ["apart/kustomization.yaml", "b/kustomization.yaml", "kustomization.yaml"] == sorted(
        found
    )
    assert found["kustomization.yaml"].endswith("resources:\n- b\n")
    assert found["b/kustomization.yaml"].endswith("resources:\n- x.yaml\n- y.yaml\n")
