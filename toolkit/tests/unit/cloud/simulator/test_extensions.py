"""The declared list can be read anywhere and says each thing once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from groundplan.cloud.simulator import extensions

SOURCE = Path(__file__).parents[4] / "src"


def test_the_list_needs_nothing_from_outside():
    """The tool whose environment has no moto prints it: Python alone can import it."""
    code = "from groundplan.cloud.simulator import extensions; print(len(extensions.EXTENSIONS))"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(len(extensions.EXTENSIONS)) == ran.stdout.strip()


def test_an_operation_is_declared_once_and_in_order():
    """A second row for an operation would give two reasons for it."""
    counts = Counter(
        (one.service, name) for one in extensions.EXTENSIONS for name in one.operations
    )
    assert [] == [name for name, count in counts.items() if count > 1]
    for one in extensions.EXTENSIONS:
        assert tuple(sorted(one.operations)) == one.operations
        assert tuple(sorted(one.resource_types)) == one.resource_types


def test_every_row_names_resources_and_a_reason():
    """The table is read by people: what is extended, and what it would lack."""
    for one in extensions.EXTENSIONS:
        assert one.operations
        assert all(kind.startswith("aws_") for kind in one.resource_types)
        assert one.reason


def test_what_is_skipped_is_not_extended():
    """A resource type is either simulated or skipped."""
    assert frozenset() == extensions.extended() & frozenset(extensions.SKIPPED)


def test_extended_types_are_those_of_all_rows():
    """A type of any row counts."""
    assert {"aws_eks_addon", "aws_ec2_client_vpn_endpoint"} <= extensions.extended()
