"""`./run import` writes what Terraform then adopts."""

import json
from pathlib import Path

import pytest


def test_import_writes_a_block_that_rendering_leaves_alone(tiny):
    """The file of import blocks is the person's; it makes nothing stale."""
    done = tiny.run("import", "dev", "--vpc", "vpc-1")
    assert (0, "imports.tf") == (done.returncode, Path(done.stdout.strip()).name)
    tiny.write('resource "terraform_data" "other" {\n}\n')
    text = (tiny.root / "imports.tf").read_text()
    assert "to = module.network.aws_vpc.this" in text


def test_what_is_named_is_adopted(tiny):
    """The plan says adopted, the apply takes it over under its own id."""
    assert 0 == tiny.run("import", "dev", "terraform_data.quick", "there-before").returncode
    assert (
        "  adopted and changed terraform_data.quick: input none -> one"
        in tiny.run("plan", "dev").stdout
    )
    assert 0 == tiny.run("apply", "dev", "--yes").returncode
    state = json.loads((tiny.root / "terraform.tfstate").read_text())
    ids = [
        instance["attributes"]["id"]
        for each in state["resources"]
        for instance in each["instances"]
        if each["name"] == "quick"
    ]
    assert ["there-before"] == ids


@pytest.mark.parametrize("words", [[], ["terraform_data.quick"], ["quick", "id"]])
def test_words_that_name_nothing_are_refused(words, tiny):
    """Exit code 2, and nothing is written."""
    assert 2 == tiny.run("import", "dev", *words).returncode
    assert not (tiny.root / "imports.tf").exists()
