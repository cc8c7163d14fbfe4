"""Paths inside a file that is built on from another folder."""

from groundplan.loader import anchor, parse, tree

TEXT = """
services:
  a: {run: {directory: app}}
  b: {run: {directory: /opt/b}}
  c: {kind: backend}
environments:
  dev: {services: {a: {run: {directory: ../dev}}}}
  prod:
"""


def test_moves_every_folder_of_a_program() -> None:
    """Relative folders are seen from the new folder, in environments too; whole paths stay."""
    found = tree.plain(anchor.move(parse.parse(TEXT, "p.yaml"), "../base"))
    assert {
        "services": {
            "a": {"run": {"directory": "../base/app"}},
            "b": {"run": {"directory": "/opt/b"}},
            "c": {"kind": "backend"},
        },
        "environments": {
            "dev": {"services": {"a": {"run": {"directory": "../base/../dev"}}}},
            "prod": None,
        },
    } == found


def test_leaves_what_stands_in_the_same_folder() -> None:
    """Where the folder is the same, nothing changes."""
    root = parse.parse(TEXT, "p.yaml")
    assert root is anchor.move(root, ".")


def test_passes_over_what_is_no_service() -> None:
    """What validation will refuse is left to it."""
    root = parse.parse("services: [a]\nenvironments: 3\n", "p.yaml")
    assert {"services": ["a"], "environments": 3} == tree.plain(anchor.move(root, "x"))
