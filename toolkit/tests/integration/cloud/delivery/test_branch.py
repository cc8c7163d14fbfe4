"""Deliveries as commits, in real repositories."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from groundplan.cloud.delivery import branch
from groundplan.cloud.delivery.branch import HEADS, Branch
from groundplan.errors import NotReadyError, UsageError
from groundplan.model.file import File
from groundplan.tools.git import GitError

REF = f"{HEADS}deploy"
ONE = (File("kubernetes/a.yaml", "one\n"), File("kubernetes/b.yaml", "umlaut ü\n"))
TWO = (File("kubernetes/a.yaml", "two\n"),)


def git(folder: Path, *words: str) -> str:
    """Ask git."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def opened(repository: Path, environment: str = "dev", ref: str = REF) -> Branch:
    """Return the branch as it is now."""
    return branch.open_(repository, repository / "generated" / environment, ref)


@pytest.fixture
def remote(repository: Path, tmp_path: Path) -> Path:
    """Return a remote of the repository."""
    place = tmp_path / "remote.git"
    git(repository, "init", "-q", "--bare", str(place))
    git(repository, "remote", "add", "origin", str(place))
    return place


def test_a_delivery_is_read_back_as_it_was_written(repository: Path) -> None:
    """The files of the tip are those that were delivered, letters of all sorts included."""
    branch.deliver(opened(repository), ONE, "one")
    assert ONE == opened(repository).files


def test_a_delivery_replaces_the_folder_and_nothing_else(repository: Path) -> None:
    """Files that are gone leave; another environment's stay."""
    branch.deliver(opened(repository), ONE, "one")
    branch.deliver(opened(repository, "prod"), ONE, "prod")
    branch.deliver(opened(repository), TWO, "two")
    assert TWO == opened(repository).files
    assert ONE == opened(repository, "prod").files


def test_of_two_at_once_one_is_refused_and_none_is_lost(repository: Path) -> None:
    """Both began from the same commit; the second is told so, and repeats."""
    first, second = opened(repository), opened(repository)
    kept = branch.deliver(first, ONE, "first")
    with pytest.raises(NotReadyError, match="another delivery moved deploy meanwhile"):
        branch.deliver(second, TWO, "second")
    assert kept == git(repository, "rev-parse", "deploy")
    branch.deliver(opened(repository), TWO, "second")
    assert ["second", "first"] == [each.subject for each in branch.history(opened(repository))]


def test_the_remote_decides_between_two_machines(
    repository: Path, remote: Path, tmp_path: Path
) -> None:
    """Two clones deliver at once: the remote takes one, and the other is told."""
    git(repository, "push", "-q", "origin", "main")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", "-b", "main", str(remote), str(other))
    first, second = opened(repository), opened(other)
    branch.deliver(first, ONE, "first")
    with pytest.raises(NotReadyError, match="repeat the command"):
        branch.deliver(second, TWO, "second")
    branch.deliver(opened(other), TWO, "second")
    assert "second" == git(remote, "log", "-1", "--format=%s", "deploy")
    assert TWO == opened(repository).files


def test_commits_that_only_this_machine_has_are_not_lost(repository: Path, remote: Path) -> None:
    """Delivered before there was a remote, they are its branch's beginning."""
    git(repository, "remote", "remove", "origin")
    branch.deliver(opened(repository), ONE, "alone")
    git(repository, "remote", "add", "origin", str(remote))
    branch.deliver(opened(repository), TWO, "together")
    assert "together\nalone" == git(remote, "log", "--format=%s", "deploy")


def test_a_remote_that_cannot_be_reached_changes_nothing(repository: Path, tmp_path: Path) -> None:
    """Git's words are kept, and no branch is made here."""
    git(repository, "remote", "add", "origin", str(tmp_path / "nowhere.git"))
    with pytest.raises(GitError, match="does not appear to be a git repository"):
        opened(repository)
    assert "" == git(repository, "branch", "--list", "deploy")


def test_a_branch_that_is_checked_out_is_refused(repository: Path) -> None:
    """Nothing moves below somebody's feet."""
    with pytest.raises(UsageError, match="main is checked out"):
        opened(repository, ref=f"{HEADS}main")


def test_a_folder_outside_of_a_repository_is_refused(tmp_path: Path, repository: Path) -> None:
    """The message says how to do without one."""
    with pytest.raises(UsageError, match="is in no git repository"):
        branch.open_(tmp_path, tmp_path / "generated/dev", REF)
    with pytest.raises(UsageError, match="is not in the repository"):
        branch.open_(repository, tmp_path / "generated/dev", REF)


def test_the_working_tree_and_its_index_stay(repository: Path) -> None:
    """Staged, changed and new files are as they were."""
    (repository / "README.md").write_text("changed\n")
    (repository / "staged.txt").write_text("staged\n")
    git(repository, "add", "staged.txt")
    before = git(repository, "status", "--porcelain")
    branch.deliver(opened(repository), ONE, "one")
    assert before == git(repository, "status", "--porcelain")
    assert " with changes" in branch.source(repository)


def test_an_earlier_revision_is_found(repository: Path) -> None:
    """Its files come back; what delivered nothing here is refused."""
    first = branch.deliver(opened(repository), ONE, "one")
    branch.deliver(opened(repository), TWO, "two")
    now = opened(repository)
    assert (first, ONE) == branch.at(now, "deploy~1")
    with pytest.raises(UsageError, match="is no delivery of generated/dev"):
        branch.at(now, "main")
    assert [] == branch.history(replace(now, tip=""))


def test_a_remote_that_guards_its_branch_is_told(repository: Path, remote: Path) -> None:
    """A refusal that is no race keeps its words, and nothing is delivered."""
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(GitError) as caught:
        branch.deliver(opened(repository), ONE, "one")
    assert "guards this branch" in caught.value.hint
    assert "" == git(repository, "branch", "--list", "deploy")


def test_a_branch_of_the_same_name_that_is_another_stays(repository: Path, remote: Path) -> None:
    """The remote gets the delivery; commits that only this machine has are left where they are."""
    other = repository.parent / "other"
    git(repository, "push", "-q", "origin", "main")
    git(repository.parent, "clone", "-q", "-b", "main", str(remote), str(other))
    branch.deliver(opened(other), ONE, "theirs")
    git(repository, "branch", "deploy", "main")
    branch.deliver(opened(repository), TWO, "ours")
    assert "ours\ntheirs" == git(remote, "log", "--format=%s", "deploy")
    assert git(repository, "rev-parse", "main") == git(repository, "rev-parse", "deploy")
