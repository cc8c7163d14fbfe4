"""Git."""

from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import git


def test_it_is_found_and_answers(tmp_path: Path) -> None:
    """The git of PATH makes a repository."""
    git.run(tmp_path, "init", "-q", "-b", "main")
    assert "main" == git.line(tmp_path, "symbolic-ref", "--short", "HEAD")


def test_its_refusal_keeps_its_words(tmp_path: Path) -> None:
    """The command is named, and the words can be read apart."""
    with pytest.raises(git.GitError) as caught:
        git.run(tmp_path, "rev-parse", "--verify", "nothing")
    assert caught.value.message.startswith("git rev-parse failed; git says: ")
    assert "not a git repository" in caught.value.words


def test_it_is_given_up_after_its_limit(tmp_path: Path) -> None:
    """A git that waits does not hold us."""
    with pytest.raises(git.GitError, match=r"nothing for 0 s"):
        git.run(tmp_path, "-c", "alias.wait=!sleep 5", "wait", limit=0.2)


def test_none_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git the message says where to get it."""
    monkeypatch.setattr(git, "on_path", lambda _: None)
    with pytest.raises(ToolError, match=r"git 2\.29 or newer is not on this machine"):
        git.find()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Author identity unknown\n*** Please tell me who you are.", "user.email"),
        ("fatal: could not read Username for 'https://x': terminal prompts disabled", "sign in"),
        ("fatal: unable to access 'https://x/': Could not resolve host: x", "network"),
        ("remote: error: GH006: Protected branch update failed", "guards this branch"),
        ("fatal: something else", ""),
    ],
)
def test_common_refusals_come_with_a_hint(words: str, hint: str) -> None:
    """Who commits, credentials, the network, guarded branches; nothing is made up."""
    found = git.GitError("push", words).hint
    assert (hint in found) if hint else "" == found
