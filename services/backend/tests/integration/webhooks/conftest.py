"""A running replica and people of each role, which the modules of this folder share."""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def replica(lasting_stack: Any) -> Any:
    """A replica with `reader@` and `deployer@groundplan.example`, a viewer and an operator."""
    running = lasting_stack.replica()
    headers = running.signed_in("administrator@groundplan.example")
    people = {"reader": "viewer", "deployer": "operator"}
    with running.client(headers) as client:
        for name, role in people.items():
            body = {
                "email": f"{name}@groundplan.example",
                "password": "correct horse battery staple",
                "role": role,
            }
            assert client.post("/api/v1/identity/users", json=body).status_code == 201
    return running
