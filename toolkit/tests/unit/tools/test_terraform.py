"""Terraform or OpenTofu is found, new enough, with the mirror of its own registry."""

from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import terraform
from groundplan.tools.found import Found

PROVIDER = "registry.terraform.io/hashicorp/aws"


def program(folder: Path, command: str, version: str) -> None:
    """Put a program that says its version into a folder."""
    path = folder / command
    path.write_text(f"#!/bin/sh\necho '{command} v{version}'\n")
    path.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder of PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_terraform_comes_first(path: Path) -> None:
    """Where both are there."""
    program(path, "terraform", "1.11.4")
    program(path, "tofu", "1.10.0")
    assert ("Terraform", (1, 11, 4)) == (terraform.find().name, terraform.find().version)


def test_an_old_one_is_passed_over(path: Path) -> None:
    """OpenTofu that is new enough is used where Terraform is not."""
    program(path, "terraform", "1.9.8")
    program(path, "tofu", "1.10.0")
    assert "OpenTofu" == terraform.find().name


def test_the_hint_says_what_was_passed_over(path: Path) -> None:
    """And how to get another."""
    program(path, "terraform", "1.9.8")
    with pytest.raises(ToolError, match=r"1\.10 or newer is not on this machine") as caught:
        terraform.find()
    assert caught.value.hint.startswith("Terraform 1.9.8 is too old; install Terraform")


@pytest.mark.parametrize("name", ["Terraform", "OpenTofu"])
def test_a_mirror_is_of_ones_own_registry(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mirror of Terraform's registry is none for OpenTofu."""
    monkeypatch.setattr(terraform, "PLACES", ())
    monkeypatch.setattr(terraform, "PARENTS", (str(tmp_path / "parent"), str(tmp_path / "none")))
    monkeypatch.delenv("TF_PLUGIN_CACHE_DIR", raising=False)
    found = Found(name, tmp_path, (1, 10), "PATH")
    assert terraform.mirror(found) is None
    mirror = tmp_path / "parent/plugins"
    (mirror / PROVIDER).mkdir(parents=True)
    assert {"Terraform": mirror, "OpenTofu": None}[name] == terraform.mirror(found)


def test_the_cache_that_is_named_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TF_PLUGIN_CACHE_DIR is asked before every other place."""
    for folder in ("cache", "parent/plugins"):
        (tmp_path / folder / PROVIDER).mkdir(parents=True)
    monkeypatch.setattr(terraform, "PARENTS", (str(tmp_path / "parent"),))
    monkeypatch.setenv("TF_PLUGIN_CACHE_DIR", str(tmp_path / "cache"))
    found = Found("Terraform", tmp_path, (1, 10), "PATH")
    assert tmp_path / "cache" == terraform.mirror(found)
