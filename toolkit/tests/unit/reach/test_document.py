"""The document holds what the page shows, and the policies."""

from collections.abc import Callable

from groundplan.formats import json
from groundplan.model import way
from groundplan.reach import document, group
from groundplan.reach.group import Direction, Rule
from groundplan.reach.verdict import Verdict

Judged = Callable[..., Verdict]


def test_an_opening_names_its_policies(judged: Judged) -> None:
    """Of both sides, with the ports and the reason."""
    found = document.document(judged())
    assert {
        "from": "backend",
        "to": "cache",
        "ports": [{"protocol": "tcp", "first": 6379, "last": 6379}],
        "policies": ["backend-to-cache", "cache-from-backend"],
        "held": False,
        "reason": "backend calls cache",
    } in found["pods"]
    assert ([], []) == (found["missing"], found["extra"])
    assert json.dump(found).startswith("{")


def test_ways_between_groups_are_there(judged: Judged) -> None:
    """With their arrows."""
    assert {
        "from": "nodes",
        "to": "database",
        "protocol": "tcp",
        "port": 5432,
        "reason": "backend to database",
    } in document.document(judged())["groups"]


def test_differences_are_told(judged: Judged, rules: set[Rule]) -> None:
    """What is missing by its name, what is extra with all that is known of it."""
    more = Rule("nodes", Direction.INGRESS, "nodes", 22, 22, "tcp")
    needed = group.needs(way.Way(way.NODES, way.DATABASE_GROUP, 5432))
    found = document.document(judged(rules=(rules - needed) | {more}, without="backend-to-cache"))
    assert {"backend to cache tcp 6379", "backend to database tcp 5432"} <= set(found["missing"])
    assert "nodes-database-5432" in found["missing"]
    (rule,) = found["extra"]
    assert {
        "group": "nodes",
        "direction": "ingress",
        "peer": "nodes",
        "first_port": 22,
        "last_port": 22,
        "protocol": "tcp",
    } == rule
