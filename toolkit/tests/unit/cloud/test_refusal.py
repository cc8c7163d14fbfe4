"""Terraform's words are kept; hints stand beside them."""

import json

from groundplan.cloud import refusal
from groundplan.cloud.event import Diagnostic, Event, parse
from groundplan.cloud.lock import REFUSAL
from groundplan.errors import NotReadyError

DENIED = "api error AccessDenied: User is not authorized to perform: iam:CreateRole"


def told(*diagnostics: Diagnostic) -> refusal.Words:
    """Return what was gathered from diagnostics."""
    words = refusal.Words()
    for each in diagnostics:
        words.take(Event("diagnostic", diagnostic=each))
    return words


def test_words_and_hint_stand_together() -> None:
    """The message begins with what failed, and ends with what to do."""
    error = told(Diagnostic("error", "creating IAM Role", DENIED, "aws_iam_role.x")).error("apply")
    lines = str(error).splitlines()
    assert "apply failed; Terraform says:" == lines[0]
    assert ["  - aws_iam_role.x: creating IAM Role", f"    {DENIED}"] == lines[1:3]
    assert lines[3].startswith("  hint: the credentials may not do this")


def test_a_hint_is_said_once() -> None:
    """Many refusals of one kind have one hint, and only some of them are shown."""
    many = [Diagnostic("error", f"creating {number}", DENIED) for number in range(20)]
    text = str(told(*many).error("apply"))
    assert 1 == text.count("hint:")
    assert "and 12 more" in text


def test_the_same_refusal_twice_is_one() -> None:
    """A diagnostic that Terraform repeats is kept once; warnings are kept apart."""
    words = told(*[Diagnostic("error", "a")] * 2, Diagnostic("warning", "b"))
    assert (1, 1) == (len(words.errors), len(words.warnings))


def test_a_lock_is_not_ready() -> None:
    """Another holds the state: exit code 5, and how to unlock."""
    held = Diagnostic("error", REFUSAL, "Lock Info:\n  ID: 17\n  Who: ada@laptop\n")
    error = told(held).error("plan")
    assert isinstance(error, NotReadyError)
    assert "terraform force-unlock 17" in error.hint


def test_text_is_shown_where_there_is_nothing_else() -> None:
    """The last lines of a crash."""
    words = refusal.Words()
    for number in range(30):
        words.take(parse(f"line {number}"))
    text = str(words.error("init"))
    assert "line 29" in text
    assert "line 9\n" not in text


def test_what_became_of_the_state_is_the_hint() -> None:
    """A state that was rescued matters more than the disk."""
    words = refusal.Words()
    words.take(parse(json.dumps({"type": "log", "state": {"serial": 1}})))
    assert {"serial": 1} == json.loads(words.state)
    assert "it is here" == words.error("apply", "it is here").hint


def test_what_aws_tells_us_has_its_hint_too() -> None:
    """Reading the account back can be refused as well."""
    error = refusal.of_api(ValueError(DENIED))
    assert f"AWS says: {DENIED}" == error.message
    assert error.hint.startswith("the credentials may not do this")
