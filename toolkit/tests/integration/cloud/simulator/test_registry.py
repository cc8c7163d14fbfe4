"""What is declared is what is registered, and each operation is one that AWS has."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from groundplan.cloud.simulator import extensions

SOURCE = Path(__file__).parents[4] / "src"
SCRIPT = """
import json
import botocore.session
from groundplan.cloud.simulator import __main__ as main
from groundplan.cloud.simulator.registry import REGISTERED
main.register()
session = botocore.session.get_session()
known = {service: session.get_service_model(service).operation_names
         for service in {service for service, _ in REGISTERED}}
print(json.dumps({
    "registered": sorted(REGISTERED),
    "unknown": sorted(one for one in REGISTERED if one[1] not in known[one[0]]),
}))
"""


@pytest.fixture(scope="module")
def found(python):
    """Return what the simulator has registered."""
    ran = subprocess.run(
        [python, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: {tuple(one) for one in ones} for name, ones in json.loads(ran.stdout).items()}


def test_the_declared_list_is_what_is_registered(found):
    """Nothing is ours undeclared, and nothing declared is missing."""
    declared = {
        (one.service, operation) for one in extensions.EXTENSIONS for operation in one.operations
    }
    assert declared == found["registered"]


def test_only_operations_of_aws_are_registered(found):
    """A misspelt operation would never be asked for."""
    assert set() == found["unknown"]
