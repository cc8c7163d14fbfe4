"""HCL."""

import shutil
import subprocess
from pathlib import Path

import pytest

from groundplan.formats import hcl
from groundplan.formats.hcl import Block, Expression

WRITTEN = """\
terraform {
  required_version = ">= 1.10"

  backend "local" {}
}

# Why.
module "network" {
  source = "./network"
  name   = "a$${b} \\"q\\" %%{c} \\\\ \\n\\u0008"
  zones = [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "cccccccccccccccccccccccccccccccccc",
  ]
  tags = {
    "cost.center" = "é"
    count         = 3
    inner = {
      on  = true
      off = null
    }
    empty = {}
  }
  id      = module.a.id
  numbers = [1, 2.5]
}
"""


def blocks() -> list[Block]:
    """Return blocks that use everything there is."""
    tags = {"cost.center": "é", "count": 3, "inner": {"on": True, "off": None}, "empty": {}}
    return [
        Block("terraform", (), {"required_version": ">= 1.10"}, (Block("backend", ("local",)),)),
        Block(
            "module",
            ("network",),
            {
                "source": "./network",
                "name": 'a${b} "q" %{c} \\ \n\b',
                "zones": ["a" * 34, "b" * 34, "c" * 34],
                "tags": tags,
                "id": Expression("module.a.id"),
                "numbers": (1, 2.5),
            },
            comment="Why.",
        ),
    ]


def test_writes_what_people_would() -> None:
    """Signs stand in line, long lists break, text is never a template."""
    assert WRITTEN == hcl.dump(blocks()) == hcl.dump(blocks())


def test_terraform_would_change_nothing(tmp_path: Path) -> None:
    """`terraform fmt` finds nothing to do, and does find it in a file that is not in line."""
    terraform = shutil.which("terraform") or shutil.which("tofu")
    if terraform is None:
        pytest.skip("only elsewhere: neither terraform nor tofu is on PATH")
    good, bad = tmp_path / "good.tf", tmp_path / "bad.tf"
    good.write_text(hcl.dump(blocks()), "utf-8")
    bad.write_text(hcl.dump(blocks()).replace("name   =", "name ="), "utf-8")
    codes = [
        subprocess.run(
            [terraform, "fmt", "-check", file], capture_output=True, check=False
        ).returncode
        for file in (good, bad)
    ]
    assert codes[0] == 0
    assert codes[1] != 0


def test_refuses_what_hcl_cannot_say() -> None:
    """An object of Python is no value."""
    with pytest.raises(TypeError):
        hcl.dump([Block("a", (), {"b": object()})])
    with pytest.raises(ValueError):
        hcl.dump([Block("a", (), {"b": float("inf")})])
