"""Delivered files on a branch of the repository, written without the working tree and its index.

Takes files, hands on commits. A branch moves only from where it was when it was looked at: of two
deliveries at once one is refused, and none is lost. With a remote, the remote's branch counts.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from groundplan.errors import NotReadyError, UsageError
from groundplan.model.file import File, Files
from groundplan.tools import git
from groundplan.tools.git import GitError

HEADS: Final = "refs/heads/"
APPLIED: Final = "refs/groundplan/applied/"
"""Where it is kept what kubectl applied from this machine, by environment."""
NONE: Final = "0" * 40
LOST: Final = (
    "stale info",
    "fetch first",
    "non-fast-forward",
    "cannot lock ref",
    "failed to update ref",
)
"""Git's words for a branch that another moved."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One delivery."""

    commit: str
    when: str
    subject: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A ref that holds what was delivered to one environment, below one folder."""

    repository: Path
    """The top of the working tree."""
    ref: str
    folder: str
    """The environment's folder, from the top: `generated/dev`."""
    tip: str = ""
    """The commit on which a delivery is built; empty where there is none."""
    local: str = ""
    """Where the ref of this repository stands; empty where it is not there."""
    remote: str = ""
    expected: str = ""
    """Where the remote's branch stands; empty where it has none."""
    files: Files = field(default=(), repr=False)
    """What the tip holds below the folder."""

    @property
    def name(self) -> str:
        """Its name for people."""
        return self.ref.removeprefix(HEADS)


def open_(folder: Path, generated: Path, ref: str) -> Branch:
    """Return a branch as it is now, at the remote where there is one.

    Args:
        folder: somewhere in the repository.
        generated: the environment's folder of rendered files.
        ref: the whole name of the ref.

    Raises:
        UsageError: there is no repository, or the branch is checked out.
        GitError: the remote cannot be reached.
    """
    top = _top(folder)
    below = _below(top, generated)
    _refuse_checked_out(top, ref)
    local = _commit(top, ref)
    remote = _remote(top) if ref.startswith(HEADS) else ""
    expected = _fetched(top, remote, ref) if remote else ""
    tip = expected or local
    return Branch(top, ref, below, tip, local, remote, expected, _files(top, tip, below))


def deliver(branch: Branch, files: Files, message: str) -> str:
    """Commit files below the branch's folder, and return the commit.

    Raises:
        NotReadyError: another moved the branch meanwhile; nothing was written.
        GitError: git refuses.
    """
    commit = _made(branch, files, message)
    try:
        if branch.remote:
            lease = f"--force-with-lease={branch.ref}:{branch.expected}"
            git.run(branch.repository, "push", lease, branch.remote, f"{commit}:{branch.ref}")
            _follow(branch, commit)
        else:
            git.run(branch.repository, "update-ref", branch.ref, commit, branch.local or NONE)
    except GitError as error:
        if any(word in error.words for word in LOST):
            raise _moved(branch) from None
        raise
    return commit


def history(branch: Branch) -> list[Revision]:
    """Return what was delivered, the newest first."""
    if not branch.tip:
        return []
    words = ("log", "--format=%H%x09%cI%x09%s", branch.tip, "--", branch.folder)
    lines = git.line(branch.repository, *words).splitlines()
    return [Revision(*each.split("\t", 2)) for each in lines]


def at(branch: Branch, revision: str) -> tuple[str, Files]:
    """Return a revision's commit, and the files that it delivered.

    Raises:
        UsageError: there is no such revision in the branch, or it delivered nothing here.
    """
    commit = _commit(branch.repository, f"{revision}^{{commit}}")
    known = {each.commit for each in history(branch)}
    if commit not in known:
        hint = f"`git log {branch.name} -- {branch.folder}` lists them"
        raise UsageError(f"{revision} is no delivery of {branch.folder}", hint=hint)
    return commit, _files(branch.repository, commit, branch.folder)


def source(folder: Path) -> str:
    """Return the commit that is checked out, and whether files differ from it; empty for none."""
    commit = _commit(folder, "HEAD")
    if not commit:
        return ""
    is_dirty = bool(git.line(folder, "status", "--porcelain", "--untracked-files=no"))
    return f"{commit[:12]}{' with changes' if is_dirty else ''}"


def _top(folder: Path) -> Path:
    try:
        return Path(git.line(folder, "rev-parse", "--show-toplevel"))
    except GitError:
        hint = "`git init` makes one; or deliver with --apply, which needs none"
        raise UsageError(f"{folder} is in no git repository", hint=hint) from None


def _below(top: Path, generated: Path) -> str:
    try:
        return generated.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        hint = "choose a folder in it with --out"
        raise UsageError(f"{generated} is not in the repository {top}", hint=hint) from None


def _refuse_checked_out(top: Path, ref: str) -> None:
    """Refuse to move a branch below the feet of a working tree."""
    trees = git.line(top, "worktree", "list", "--porcelain").splitlines()
    if f"branch {ref}" in trees:
        name = ref.removeprefix(HEADS)
        raise UsageError(
            f"{name} is checked out, and its files would seem changed",
            hint="deliver to another with --branch, or check out another one first",
        )


def _commit(folder: Path, name: str) -> str:
    try:
        return git.line(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except GitError:
        return ""


def _remote(top: Path) -> str:
    names = git.line(top, "remote").splitlines()
    if not names:
        return ""
    return "origin" if "origin" in names else names[0]


def _fetched(top: Path, remote: str, ref: str) -> str:
    """Return the remote's tip, once its commits are here; empty where it has no such branch."""
    said = git.line(top, "ls-remote", remote, ref)
    if not said:
        return ""
    git.run(top, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, ref)
    return said.split()[0]


def _files(top: Path, commit: str, below: str) -> Files:
    if not commit:
        return ()
    listed = git.run(top, "ls-tree", "-r", "-z", commit, "--", f"{below}/").decode()
    entries = [each.split("\t", 1) for each in listed.split("\0") if each]
    asked = "".join(f"{head.split()[2]}\n" for head, _ in entries)
    contents = _contents(git.run(top, "cat-file", "--batch", stdin=asked.encode()))
    return tuple(
        File(path.removeprefix(f"{below}/"), content.decode("utf-8", "replace"))
        for (_, path), content in zip(entries, contents, strict=True)
    )


def _contents(batch: bytes) -> Iterator[bytes]:
    """Yield each blob of what `git cat-file --batch` says."""
    start = 0
    while start < len(batch):
        end = batch.index(b"\n", start)
        size = int(batch[start:end].split()[2])
        yield batch[end + 1 : end + 1 + size]
        start = end + size + 2


def _made(branch: Branch, files: Files, message: str) -> str:
    """Make the commit; nothing points at it yet."""
    top = branch.repository
    with tempfile.TemporaryDirectory(prefix="groundplan-index-") as place:
        index = {"GIT_INDEX_FILE": str(Path(place) / "index")}
        git.run(top, "read-tree", branch.tip or "--empty", environment=index)
        entries = "".join(_entries(branch, files, Path(place)))
        words = ("update-index", "-z", "--index-info")
        git.run(top, *words, stdin=entries.encode(), environment=index)
        tree = git.run(top, "write-tree", environment=index).decode().strip()
    parents = ["-p", branch.tip] if branch.tip else []
    return git.run(top, "commit-tree", tree, *parents, stdin=message.encode()).decode().strip()


def _entries(branch: Branch, files: Files, place: Path) -> Iterator[str]:
    """Yield the lines that take the old files out of the index and put the new ones in."""
    for old in branch.files:
        yield f"0 {NONE}\t{branch.folder}/{old.path}\0"
    for file, blob in zip(files, _blobs(branch.repository, files, place), strict=True):
        yield f"100644 {blob}\t{branch.folder}/{file.path}\0"


def _blobs(top: Path, files: Iterable[File], place: Path) -> list[str]:
    paths = []
    for number, file in enumerate(files):
        path = place / str(number)
        path.write_bytes(file.content.encode())
        paths.append(f"{path}\n")
    words = ("hash-object", "-w", "--no-filters", "--stdin-paths")
    return git.run(top, *words, stdin="".join(paths).encode()).decode().split()


def _follow(branch: Branch, commit: str) -> None:
    """Move the branch of this repository too, where nothing of its own would be lost."""
    top = branch.repository
    # The remote has it already; another that moves our copy meanwhile loses nothing
    with suppress(GitError):
        if branch.local:
            git.run(top, "merge-base", "--is-ancestor", branch.local, commit)
        git.run(top, "update-ref", branch.ref, commit, branch.local or NONE)


def _moved(branch: Branch) -> NotReadyError:
    return NotReadyError(
        f"another delivery moved {branch.name} meanwhile; this one changed nothing",
        hint="repeat the command: it begins from what the other delivered, and shows what is left",
    )
