"""The proof says what was asked and what is left."""

import io

from rich.console import Console

from groundplan.cloud import proof
from groundplan.cloud.account import Reading, Thing

SNAPSHOT = Thing("rds:snapshot", "x-final", "costs storage", is_kept=True)


def test_nothing_remains() -> None:
    """Each question stands there with its answer, none."""
    reading = Reading({"EC2 instances": ()})
    shown = io.StringIO()
    Console(width=80, file=shown).print(proof.table(reading))
    assert ["EC2", "instances", "none"] == shown.getvalue().splitlines()[1].split()
    assert "nothing chargeable remains" == proof.conclusion(reading)


def test_what_is_kept_is_said() -> None:
    """A final snapshot is no failure, but is not passed over."""
    reading = Reading({"RDS snapshots": (SNAPSHOT,)})
    assert "nothing chargeable remains besides 1 kept on purpose, see above" == proof.conclusion(
        reading
    )
    assert "rds:snapshot x-final (costs storage): kept on purpose" == proof.line(SNAPSHOT)


def test_what_costs_is_counted() -> None:
    """Negative control: something that remains is not called nothing."""
    free, dear = Thing("ec2:subnet", "s"), Thing("ec2:instance", "i", "t3.large")
    reading = Reading({"everything": (free, dear)})
    assert "1 chargeable thing remains" == proof.conclusion(reading)
    assert ["ec2:subnet s: free", "ec2:instance i (t3.large): chargeable"] == [
        proof.line(free),
        proof.line(dear),
    ]
