"""Terraform's commands as we use them, with a real Terraform and a root without providers."""

from pathlib import Path

import pytest

from groundplan.cloud import root, terraform
from groundplan.cloud.root import Root
from groundplan.errors import ToolError


@pytest.fixture
def tiny(tmp_path: Path) -> Root:
    """Return a root of one resource, in which nothing was done yet."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files/main.tf").write_text(
        'variable "text" {\n  default = "one"\n}\n'
        'resource "terraform_data" "this" {\n  input = var.text\n}\n'
    )
    try:
        return root.real(tmp_path / "files", tmp_path / "data")
    except ToolError as error:
        pytest.skip(f"needs Terraform or OpenTofu: {error.message}")


def test_a_plan_is_applied_and_no_other(tiny: Root) -> None:
    """What was shown is done although the files say something else by then."""
    terraform.init(tiny)
    with terraform.plan(tiny, lambda _: None, "x") as planned:
        assert ["terraform_data.this"] == [change.address for change in planned.plan.changes]
        (tiny.folder / "main.tf").write_text("")
        terraform.apply(tiny, planned, lambda _: None, "x")
    (found,) = terraform.resources(terraform.show(tiny))
    assert ("terraform_data", "one") == (found["type"], found["values"]["input"])


def test_the_plan_is_gone_after_its_block(tiny: Root) -> None:
    """It holds secrets; nobody else could read it meanwhile."""
    terraform.init(tiny)
    with terraform.plan(tiny, lambda _: None, "x") as planned:
        assert 0 == planned.file.parent.stat().st_mode & 0o077
    assert not planned.file.exists()


def test_a_stale_plan_is_refused(tiny: Root) -> None:
    """Where somebody else applied in between, with what to do."""
    terraform.init(tiny)
    with terraform.plan(tiny, lambda _: None, "x") as planned:
        with terraform.plan(tiny, lambda _: None, "x") as other:
            terraform.apply(tiny, other, lambda _: None, "x")
        with pytest.raises(ToolError, match="stale") as caught:
            terraform.apply(tiny, planned, lambda _: None, "x")
    assert "run the command again" in caught.value.hint


def test_init_keeps_terraforms_words(tiny: Root) -> None:
    """A provider that is nowhere, and a hint."""
    (tiny.folder / "main.tf").write_text(
        'terraform {\n  required_providers {\n    x = { source = "localhost/no/such" }\n  }\n}\n'
    )
    with pytest.raises(ToolError, match="no/such") as caught:
        terraform.init(tiny)
    assert "the AWS provider cannot be downloaded" in caught.value.hint


def test_files_stay_as_they_were(tiny: Root) -> None:
    """Working data is kept elsewhere."""
    terraform.init(tiny)
    assert ["main.tf"] == [path.name for path in tiny.folder.iterdir()]


def test_outputs_that_are_single_words_are_taken() -> None:
    """Lists, mappings and secrets are left out; a state without outputs has none."""
    found = {
        "vpc_id": {"value": "vpc-1", "sensitive": False},
        "names": {"value": ["a"], "sensitive": False},
        "password": {"value": "secret", "sensitive": True},
    }
    assert {"vpc_id": "vpc-1"} == terraform.outputs({"values": {"outputs": found}})
    assert {} == terraform.outputs({})
