"""A simulation works on a copy that knows nothing of the real account."""

from pathlib import Path

import pytest

from groundplan.cloud import adopt, simulated
from groundplan.errors import ToolError
from groundplan.tools import terraform
from groundplan.tools.found import Found

MAIN = 'module "network" {\n  source = "../../../terraform/modules/network"\n}\n'


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand for a Terraform on PATH."""
    program = Found("Terraform", Path("terraform"), (1, 11), "PATH")
    monkeypatch.setattr(terraform, "find", lambda: program)


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    """Return rendered files beside their modules."""
    folder = tmp_path / "repository/generated/dev/terraform"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text(MAIN)
    module = tmp_path / "repository/terraform/modules/network"
    module.mkdir(parents=True)
    (module / "main.tf").write_text("")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> simulated.Place:
    """Return where the copy goes."""
    return simulated.Place(tmp_path / "data/simulated/dev", "dev")


def test_files_are_copied_as_they_are(rendered: Path, place: simulated.Place) -> None:
    """The same bytes, with modules where they look for them, and one file laid over them."""
    root = simulated.make(rendered, place, "http://127.0.0.1:1", "us-east-1")
    assert MAIN == (root.folder / "main.tf").read_text()
    assert (root.folder / "../../../terraform/modules/network/main.tf").is_file()
    expected = {"main.tf", simulated.OVERRIDE}
    assert expected == {path.name for path in root.folder.iterdir()}
    assert ["main.tf"] == [path.name for path in rendered.iterdir()]


def test_neither_state_nor_adoption_is_copied(rendered: Path, place: simulated.Place) -> None:
    """What is about the real account stays out; files that are no longer rendered go."""
    for name in ("terraform.tfstate", "terraform.tfstate.backup", adopt.FILE, ".terraform.lock"):
        (rendered / name).write_text("{}")
    (rendered / "old.tf").write_text("")
    simulated.make(rendered, place, "http://127.0.0.1:1", "us-east-1")
    (rendered / "old.tf").unlink()
    place.state.write_text('{"serial": 1}')
    root = simulated.make(rendered, place, "http://127.0.0.1:1", "us-east-1")
    expected = {"main.tf", simulated.OVERRIDE, simulated.STATE}
    assert expected == {path.name for path in root.folder.iterdir()}


def test_no_credentials_of_the_caller_are_used(
    rendered: Path, place: simulated.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Profile, session and keys are left out; the endpoint is the simulator."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN"):
        monkeypatch.setenv(name, "real")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    found = simulated.make(rendered, place, "http://127.0.0.1:1", "eu-west-1").environment
    assert "real" not in {value for name, value in found.items() if name.startswith("AWS_")}
    assert ("http://127.0.0.1:1", "eu-west-1") == (found["AWS_ENDPOINT_URL"], found["AWS_REGION"])


def test_the_switch_is_given_where_there_is_one(rendered: Path, place: simulated.Place) -> None:
    """A root without the variable is not told of it."""
    assert {} == simulated.make(rendered, place, "http://x", "us-east-1").variables
    (rendered / "provider.tf").write_text('variable "simulated" {}\n')
    expected = {"simulated": "true"}
    assert expected == simulated.make(rendered, place, "http://x", "us-east-1").variables


def test_a_missing_module_is_said(rendered: Path, place: simulated.Place) -> None:
    """Not left to Terraform, whose words would name the copy."""
    (rendered / "main.tf").write_text(MAIN.replace("network", "nothing"))
    with pytest.raises(ToolError, match="no module in"):
        simulated.make(rendered, place, "http://x", "us-east-1")
