"""`./run destroy` with a real Terraform."""

import json
from pathlib import Path

USAGE = 2


def resources(root: Path) -> set[str]:
    """Return the names in the state that Terraform keeps beside the files."""
    state = json.loads((root / "terraform.tfstate").read_text())
    return {each["name"] for each in state["resources"]}


def test_destroy_refuses_in_real_accounts_until_asked(tiny):
    """Nothing goes without a yes."""
    tiny.run("apply", "dev", "--yes")
    done = tiny.run("destroy", "dev")
    assert USAGE == done.returncode
    assert {"quick", "slow", "last"} == resources(tiny.root)
