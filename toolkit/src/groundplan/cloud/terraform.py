"""Terraform's commands as we use them: init, plan to a file, show, and apply of that very file.

Each refuses with Terraform's own words and a hint. No plan is applied but one that was shown:
`apply` takes the plan's file and nothing else.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundplan.cloud import changes, process, rescue
from groundplan.cloud.changes import Plan
from groundplan.cloud.event import Event
from groundplan.cloud.process import Command, Tell
from groundplan.cloud.refusal import Words
from groundplan.cloud.root import Root
from groundplan.errors import ToolError


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, in a file that lasts as long as its block."""

    file: Path
    plan: Plan
    warnings: tuple[str, ...] = ()


def init(root: Root) -> None:
    """Install providers and modules and open the state.

    Raises:
        ToolError: a provider, a module or the state cannot be had.
        NotReadyError: another holds the state.
    """
    words = ["init", "-input=false", "-no-color"]
    if root.mirror:
        words.append(f"-plugin-dir={root.mirror}")
    said = Words()
    if process.run(_command(root, words), said.take):
        raise said.error(f"init in {root.folder}")


@contextmanager
def plan(root: Root, tell: Tell, what: str, options: Sequence[str] = ()) -> Iterator[Planned]:
    """Plan, and yield the plan; its file holds secrets and goes when the block ends.

    Args:
        root: where.
        tell: is told each event.
        what: the environment, for messages.
        options: more words for Terraform, such as -destroy.

    Raises:
        ToolError: the plan failed.
        NotReadyError: another holds the state.
    """
    root.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="plan-", dir=root.data) as folder:
        file = Path(folder).absolute() / "plan"
        words = ["plan", "-json", "-input=false", f"-out={file}", *options, *root.words]
        said = _follow(root, words, tell, f"plan of {what}")
        read = changes.read(show(root, file))
        yield Planned(file, read, tuple(str(warning) for warning in said.warnings))


def apply(root: Root, planned: Planned, tell: Tell, what: str, parallelism: int = 10) -> None:
    """Apply a plan that was shown.

    Raises:
        ToolError: something could not be made; what was made is in the state.
        NotReadyError: another holds the state.
    """
    words = ["apply", "-json", "-input=false", f"-parallelism={parallelism}", str(planned.file)]
    with rescue.room(root.data):
        _follow(root, words, tell, f"apply of {what}")


def show(root: Root, file: Path | None = None) -> Mapping[str, Any]:
    """Return a plan, or where none is given the state, as Terraform's JSON.

    Raises:
        ToolError: it cannot be read.
    """
    words = [str(root.program.path), "show", "-json", *([str(file)] if file else [])]
    answer = subprocess.run(
        words,
        cwd=root.folder,
        env=dict(root.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise ToolError(f"terraform show failed: {answer.stderr.strip()}")
    value: Mapping[str, Any] = json.loads(answer.stdout)
    return value


def resources(state: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the managed resources of a state in Terraform's JSON."""
    modules = [state.get("values", {}).get("root_module", {})]
    while modules:
        module = modules.pop()
        modules += module.get("child_modules", ())
        yield from (each for each in module.get("resources", ()) if each["mode"] == "managed")


def outputs(state: Mapping[str, Any]) -> dict[str, str]:
    """Return the outputs of a state that are single words and no secret, by name."""
    found = state.get("values", {}).get("outputs", {})
    return {
        name: each["value"]
        for name, each in found.items()
        if isinstance(each.get("value"), str) and not each.get("sensitive")
    }


def _follow(root: Root, words: Sequence[str], tell: Tell, what: str) -> Words:
    said = Words()

    def told(event: Event) -> None:
        said.take(event)
        tell(event)

    if process.run(_command(root, words), told):
        raise said.error(what, rescue.keep(root, said.state) if said.state else "")
    return said


def _command(root: Root, words: Sequence[str]) -> Command:
    return Command([root.program.path, *words], root.folder, root.environment)
