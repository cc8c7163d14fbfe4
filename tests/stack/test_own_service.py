"""A user's own program runs, is routed, protected and limited like ours."""

from collections import Counter

import httpx
from stack import People, Stack, stranger


def test_it_keeps_data_in_a_database_of_its_own(ready: Stack, signed_in: People) -> None:
    """The ASGI example takes an order and lists it, with the caller the gateway names."""
    url = f"{ready.url}/api/orders"
    made = httpx.post(url, json={"article": "lamp"}, headers=signed_in.headers("operator"))
    assert made.status_code == 201, made.text
    listed = httpx.get(url, headers=signed_in.headers("viewer")).json()["items"]
    me = httpx.get(f"{ready.url}/api/v1/identity/me", headers=signed_in.headers("operator")).json()
    assert ("lamp", me["id"]) in {(order["article"], order["buyer"]) for order in listed}


def test_strangers_and_low_roles_are_kept_out(ready: Stack, signed_in: People) -> None:
    """Without a token 401, with too low a role 403, as the file says."""
    orders, greeter = f"{ready.url}/api/orders", f"{ready.url}/api/greeter"
    viewer = signed_in.headers("viewer")
    assert httpx.get(orders).status_code == 401
    assert httpx.post(orders, json={"article": "x"}, headers=viewer).status_code == 403
    assert httpx.get(greeter, headers=viewer).status_code == 403


def test_its_limit_is_the_files(ready: Stack) -> None:
    """The WSGI example answers ten calls a minute, from both replicas, and refuses the rest.

    While Redis stalls each gateway counts for itself: one of three callers is counted right.
    """
    for _ in range(3):
        answers = _greetings(ready, stranger(ready, "operator"))
        if {200: 10, 429: 4} == Counter(answer.status_code for answer in answers):
            break
    assert {200: 10, 429: 4} == Counter(answer.status_code for answer in answers)
    assert {"Hello, operator, from replica 1\n", "Hello, operator, from replica 2\n"} == {
        answer.text for answer in answers if answer.status_code == 200
    }


def _greetings(stack: Stack, token: str) -> list[httpx.Response]:
    headers = {"authorization": f"Bearer {token}"}
    url = f"{stack.url}/api/greeter"
    return [httpx.get(url, headers=headers, timeout=15) for _ in range(14)]


def test_a_plain_command_is_served(ready: Stack, signed_in: People) -> None:
    """A program given as a command listens where it is told and is reached by its route."""
    answer = httpx.get(f"{ready.url}/api/plain/", headers=signed_in.headers("viewer"))
    assert answer.status_code == 404
    assert "SimpleHTTP" in answer.text or "Error response" in answer.text


def test_the_console_shows_it(ready: Stack, signed_in: People) -> None:
    """The catalog has the service with its arrow to the database, and its live state."""
    headers = signed_in.headers("viewer")
    service = httpx.get(f"{ready.url}/api/v1/catalog/services/orders", headers=headers).json()
    assert service["calls"] == ["database"]
    state = httpx.get(f"{ready.url}/api/v1/catalog/state", headers=headers).json()
    replicas = [found for found in state["components"] if found["name"] == "orders"]
    assert ["ready", "ready"] == [found["state"] for found in replicas]
