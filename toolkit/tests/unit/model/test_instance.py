"""What machines hold."""

import pytest

from groundplan.model.instance import GIBI, Machine, machine


@pytest.mark.parametrize(
    ("name", "cpu", "memory"),
    [("t3.medium", 2, 4), ("t3.large", 2, 8), ("t3.xlarge", 4, 16), ("m6i.2xlarge", 8, 32),
     ("c7g.large", 2, 4), ("r6i.large", 2, 16)],
)  # fmt: skip
def test_knows_the_usual_families(name: str, cpu: int, memory: int) -> None:
    """The families that clusters use have the CPU and memory that AWS states."""
    assert Machine(cpu, memory * GIBI) == machine(name)


@pytest.mark.parametrize("name", ["p5.48xlarge", "m6i.metal", "t3.gigantic"])
def test_does_not_guess(name: str) -> None:
    """A type that is not known is not made up."""
    assert None is machine(name)
