"""One environment as Terraform names it, and how its root calls a module."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from groundplan.formats.hcl import Block, Expression
from groundplan.model.platform import Platform

MODULES: Final = "../../../terraform/modules"
TAGS: Final = Expression("local.tags")


@dataclass(frozen=True, slots=True)
class Stack:
    """A platform in an environment of an account."""

    platform: Platform
    environment: str

    @property
    def name(self) -> str:
        """What the names of everything in the account begin with."""
        return f"{self.platform.name}-{self.environment}"

    @property
    def tags(self) -> dict[str, str]:
        """What is put on everything, so that the bill can be told apart."""
        return {
            "stack": self.name,
            "platform": self.platform.name,
            "environment": self.environment,
            "owner": self.platform.owner,
            "managed-by": "terraform",
            **self.platform.cost.tags,
        }

    def call(self, module: str, values: Mapping[str, Any], *, comment: str = "") -> Block:
        """Return the call of a module with its values and what every module is told."""
        told = {"source": f"{MODULES}/{module}", "name": Expression("local.name")}
        return Block("module", (module,), {**told, **values, "tags": TAGS}, comment=comment)


def of(module: str, output: str, key: str = "") -> Expression:
    """Return a module's output, or one entry of it."""
    entry = f'["{key}"]' if key else ""
    return Expression(f"module.{module}.{output}{entry}")


def values_of(module: str, output: str) -> Expression:
    """Return the values of an output that is a map."""
    return Expression(f"values(module.{module}.{output})")
