"""What deploying and rolling back share."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from groundplan.cli import consent, delivery
from groundplan.cli.delivery import Delivery
from groundplan.cloud.delivery import branch
from groundplan.cloud.delivery.branch import Branch
from groundplan.errors import ToolError, UsageError
from groundplan.model.file import File
from groundplan.model.platform import Platform
from groundplan.tools import kubectl

CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\n"
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n"
FILES = (File("kubernetes/a.yaml", MAP),)
Make = Callable[..., Delivery]


@pytest.fixture
def make(reference: Platform) -> Make:
    """Return what makes a delivery from the words of its command."""

    def made(*words: str) -> Delivery:
        parser = argparse.ArgumentParser()
        delivery.add_arguments(parser)
        return Delivery(reference, "dev", FILES, "Deploy dev", parser.parse_args(["dev", *words]))

    return made


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the messages of what is committed."""
    found: list[str] = []

    def deliver(_: Branch, __: object, message: str) -> str:
        found.append(message)
        return "c" * 40

    monkeypatch.setattr(branch, "deliver", deliver)
    return found


def kept(*files: File) -> Branch:
    """Return a branch that holds files."""
    return Branch(Path(), "refs/heads/deploy", "generated/dev", tip="b" * 40, files=files)


def test_what_runs_is_noted_once_it_is_delivered(
    make: Make, delivered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the branch holds it already; not where nobody agreed."""
    noted: list[str] = []
    words = make("--timeout", "0", "--yes")
    found = replace(words, keep=lambda: noted.append("kept"))
    assert 0 == delivery.carry_out(found, kept())
    assert 0 == delivery.carry_out(found, kept(*FILES))
    assert ["kept", "kept"] == noted
    monkeypatch.setattr(consent, "answer", lambda _: "no")
    found.arguments.yes = False
    assert 0 == delivery.carry_out(found, kept())
    assert ["kept", "kept"] == noted


def test_a_delivery_is_told_of_once_it_is_agreed_on(
    make: Make,
    delivered: list[str],
    groundplan: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A Groundplan that the settings name hears every state, and nothing of what was refused."""
    (tmp_path / "token").write_text("secret")
    monkeypatch.setenv("GROUNDPLAN_URL", groundplan.url)
    monkeypatch.setenv("GROUNDPLAN_TOKEN_FILE", str(tmp_path / "token"))
    planned = {"id": "d", "state": "planned", "reason": ""}
    groundplan.answers["POST /delivery/deployments"] = (201, planned)
    groundplan.answers["POST /delivery/deployments/d/transitions"] = {}
    monkeypatch.setattr(consent, "answer", lambda _: "no")
    assert 0 == delivery.carry_out(make("--timeout", "0"), kept())
    assert [] == groundplan.asked
    assert 0 == delivery.carry_out(make("--timeout", "0", "--yes"), kept())
    states = [body["to"] for asked, body in groundplan.asked if asked.endswith("transitions")]
    assert ["applying", "verifying", "live"] == states


def test_nobody_agrees_and_nothing_happens(
    make: Make, delivered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line is shown to whoever asks for it, and another answer than yes ends it."""
    answers = iter(["diff", "no"])
    monkeypatch.setattr(consent, "answer", lambda _: next(answers))
    assert 0 == delivery.carry_out(make("--timeout", "0"), kept())
    assert [] == [*answers]
    assert [] == delivered


def test_what_changes_is_shown_in_words_and_lines(
    make: Make, delivered: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Words first; with --diff every line."""
    assert 0 == delivery.carry_out(make("--yes", "--diff", "--timeout", "0"), kept())
    out = capsys.readouterr().out
    assert "1 created\n  created ConfigMap a\n" in out
    assert "+kind: ConfigMap" in out
    assert ["Deploy dev"] == delivered


def test_data_needs_an_explicit_word(make: Make, delivered: list[str]) -> None:
    """A claim that would go stops the delivery, until --with-data."""
    before = kept(*FILES, File("kubernetes/b.yaml", CLAIM))
    with pytest.raises(UsageError, match="data would be lost: PersistentVolumeClaim data"):
        delivery.carry_out(make("--yes", "--timeout", "0"), before)
    assert [] == delivered
    assert 0 == delivery.carry_out(make("--yes", "--with-data", "--timeout", "0"), before)
    assert 1 == len(delivered)


def test_without_a_cluster_to_ask_the_delivery_stands(
    make: Make,
    delivered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where kubectl knows none, it says that health is not known."""

    def none() -> None:
        raise ToolError("kubectl has no current context")

    monkeypatch.setattr(kubectl, "current", none)
    assert 0 == delivery.carry_out(make("--yes"), kept())
    assert 1 == len(delivered)
    assert "its health is not known here: kubectl has no current" in capsys.readouterr().err
