"""The root that a simulation works on: a private copy whose state never meets the real one.

The rendered files are copied as they are into a folder of the same depth, and the modules are
linked to where the files look for them; nothing in them changes. One file is added, which
Terraform lays over the backend: state stays in the copy.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundplan.cloud import adopt, root
from groundplan.cloud.root import Root
from groundplan.errors import ToolError
from groundplan.tools import terraform

OVERRIDE: Final = "simulated_override.tf"
STATE: Final = "terraform.tfstate"
SOURCE: Final = re.compile(r'^\s*source\s*=\s*"(\.\.?/[^"]+)"', re.MULTILINE)
KEYS: Final = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
"""Credentials that are none, and nothing of the caller's own."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one simulated environment."""

    folder: Path
    """`.groundplan/simulated/<environment>`."""
    environment: str

    @property
    def files(self) -> Path:
        """Where the copy of the rendered files stands."""
        return self.folder / "root" / "generated" / self.environment / "terraform"

    @property
    def state(self) -> Path:
        """The simulated state."""
        return self.files / STATE

    @property
    def record(self) -> Path:
        """Tells later commands of a simulator that goes on."""
        return self.folder / "simulator.json"

    @property
    def log(self) -> Path:
        """Every request that the simulator answered."""
        return self.folder / "simulator.log"


def make(rendered: Path, place: Place, url: str, region: str) -> Root:
    """Copy the rendered files and return the root whose AWS is a simulator.

    Args:
        rendered: holds the .tf files.
        place: where the copy stands; a state that is there stays.
        url: of the simulator.
        region: the AWS region.

    Raises:
        ToolError: there is no Terraform, or a module is not where the files look for it.
    """
    program = terraform.find()
    _copy(rendered, place)
    return Root(
        program=program,
        folder=place.files,
        data=place.folder,
        environment=environment(place.folder, url, region),
        variables=_variables(place.files),
        mirror=terraform.mirror(program),
    )


def environment(data: Path, url: str, region: str) -> dict[str, str]:
    """Return the environment of Terraform: no word of the caller's account, but the simulator."""
    found = {
        name: value
        for name, value in root.environment(data).items()
        if not name.startswith("AWS_") or name == "AWS_CA_BUNDLE"
    }
    return {**found, **settings(url), "AWS_REGION": region, "AWS_DEFAULT_REGION": region}


def settings(url: str) -> dict[str, str]:
    """Return the endpoint and credentials of a simulator as environment variables."""
    return {**KEYS, "AWS_ENDPOINT_URL": url}


def clear(place: Place) -> None:
    """Forget an earlier simulation; providers that were installed stay."""
    shutil.rmtree(place.folder / "root", ignore_errors=True)
    for file in (*place.folder.glob("*.json"), place.log):
        file.unlink(missing_ok=True)


def _copy(rendered: Path, place: Place) -> None:
    for old in place.files.glob("*.tf*"):
        if not old.name.startswith(STATE):
            old.unlink()
    place.files.mkdir(parents=True, exist_ok=True)
    for path in sorted(rendered.rglob("*")):
        name = path.relative_to(rendered)
        if path.is_file() and _is_copied(name):
            target = place.files / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            _link_modules(path.parent, target)
    (place.files / OVERRIDE).write_text('terraform {\n  backend "local" {}\n}\n')


def _is_copied(name: Path) -> bool:
    """Return whether a file is the platform's: no state, lock, or adoption of real things."""
    is_hidden = any(part.startswith(".") for part in name.parts)
    return not is_hidden and name.name != adopt.FILE and STATE not in name.name


def _link_modules(original: Path, copy: Path) -> None:
    """Link the folder that holds a file's modules to where the copy looks for it."""
    if copy.suffix != ".tf":
        return
    for source in SOURCE.findall(copy.read_text(encoding="utf-8")):
        modules = (original / source).resolve().parent
        link = Path(os.path.normpath(copy.parent / source)).parent
        if not (original / source).is_dir():
            raise ToolError(
                f"there is no module in {original / source}",
                hint="the rendered files look for modules beside the folder generated",
            )
        if not link.exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(modules, target_is_directory=True)


def _variables(folder: Path) -> dict[str, str]:
    """Return the switch that turns the provider's checks of credentials off, where it is there."""
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.tf"))
    return {"simulated": "true"} if any('variable "simulated"' in text for text in texts) else {}
