"""What deploying and rolling back share: the words, the difference that is shown, the question,
and the two ways of delivering: a commit that Argo CD follows, or kubectl.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from groundplan.cli import consent, stack
from groundplan.cloud.delivery import (
    apply,
    argo,
    branch,
    difference,
    lease,
    manifest,
    order,
    prune,
    report,
)
from groundplan.cloud.delivery import wait as waiting
from groundplan.cloud.delivery.branch import APPLIED, HEADS, Branch
from groundplan.cloud.delivery.difference import Difference
from groundplan.cloud.delivery.manifest import Object
from groundplan.cloud.delivery.report import Report, Subject
from groundplan.errors import ToolError, UsageError
from groundplan.model.file import Files
from groundplan.model.platform import Platform
from groundplan.model.release import BRANCH
from groundplan.tools import kubectl
from groundplan.tools.kubectl import Cluster
from groundplan.writer.diff import Change, unified

TIMEOUT: Final = 600.0
"""Seconds; a rolling update of the reference platform takes about three minutes."""
DIFF: Final = "diff"
REPEATABLE: Final = "interrupted; what was applied stays, and the command can be repeated"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is delivered, and where it comes from."""

    platform: Platform
    environment: str
    files: Files
    message: str
    """Of the commit."""
    arguments: argparse.Namespace
    keep: Callable[[], None] = lambda: None
    """Notes what runs from now on; called once it is delivered, healthy or not yet."""

    @property
    def objects(self) -> tuple[Object, ...]:
        """All objects among the files."""
        return manifest.read(self.files)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words that both commands have."""
    parser.add_argument("environment", metavar="ENV", help="dev, prod or one of your own")
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.add_argument("--out", type=Path, default=Path("generated"), help="the rendered folder")
    parser.add_argument(
        "--apply", action="store_true", help="with kubectl, instead of a commit for Argo CD"
    )
    parser.add_argument("--branch", default=BRANCH, help=f"for Argo CD (default: {BRANCH})")
    parser.add_argument("--diff", action="store_true", help="show every line that changes")
    parser.add_argument(
        "--timeout",
        type=float,
        default=TIMEOUT,
        metavar="S",
        help=f"seconds to wait for health, 0 for not at all (default: {TIMEOUT:.0f})",
    )
    consent.add_arguments(parser)


def open_branch(arguments: argparse.Namespace) -> Branch:
    """Return the branch that the words name, or the record of what kubectl applied.

    Raises:
        UsageError: there is no repository, or the branch is checked out.
        ToolError: git or the remote refuses.
    """
    environment = arguments.environment
    applied = f"{APPLIED}{environment}"
    ref = applied if arguments.apply else f"{HEADS}{arguments.branch}"
    folder = Path(arguments.file).absolute().parent
    return branch.open_(folder, arguments.out / environment, ref)


def carry_out(found: Delivery, kept: Branch | None) -> int:
    """Deliver, and wait for health.

    Args:
        found: what is delivered.
        kept: what was delivered before; with kubectl there may be none.
    """
    subject = Subject(found.environment, report.digests(found.objects), found.message.strip())
    try:
        with report.reporting(subject, stack.say) as told:
            if found.arguments.apply:
                return _with_kubectl(found, kept, told)
            assert kept
            return _with_commit(found, kept, told)
    except KeyboardInterrupt:
        stack.say(REPEATABLE)
        raise


def _with_commit(found: Delivery, kept: Branch, told: Report) -> int:
    changed = difference.between(manifest.read(kept.files), found.objects)
    texts = _changes(kept.files, found.files)
    where = f"branch {kept.name}{f' of {kept.remote}' if kept.remote else ''}"
    _show(changed, texts, found, where)
    _refuse_losses(changed, found)
    commit = kept.tip
    if texts:
        if not _agreed(texts, found):
            return 0
        told.begin()
        commit = branch.deliver(kept, found.files, found.message)
        stack.say(f"{where} holds it: {commit[:12]}")
    else:
        stack.say(f"{where} holds it already: {commit[:12]}")
    found.keep()
    told.enter("verifying")
    if found.arguments.timeout > 0:
        _follow(found, kept, commit)
    return 0


def _follow(found: Delivery, kept: Branch, commit: str) -> None:
    """Wait for Argo CD, and then for health; without a cluster to ask, say so."""
    try:
        cluster = kubectl.current()
    except ToolError as error:
        stack.say(f"delivered; its health is not known here: {error.message}")
        return
    stack.say(f"asking cluster {cluster} for Argo CD's progress")
    timeout = found.arguments.timeout
    argo.until_synced(cluster, kept.folder, commit, timeout, stack.say)
    _wait(found, cluster)


def _with_kubectl(found: Delivery, kept: Branch | None, told: Report) -> int:
    cluster = kubectl.current()
    stack.say(f"cluster {cluster}")
    objects = manifest.applied(found.objects)
    live = prune.existing(cluster, found.platform.name, found.environment)
    leftovers = prune.leftovers(live, objects)
    changed = _against(live, leftovers, objects, kept)
    texts = _changes(kept.files if kept else (), found.files)
    _show(changed, texts, found, f"cluster {cluster.context}")
    if not _agreed(texts, found):
        return 0
    told.begin()
    _apply(found, cluster, objects, changed)
    if kept and texts:
        branch.deliver(kept, found.files, found.message)
    found.keep()
    told.enter("verifying")
    if found.arguments.timeout > 0:
        _wait(found, cluster)
    return 0


def _against(
    live: list[Object],
    leftovers: tuple[Object, ...],
    objects: tuple[Object, ...],
    kept: Branch | None,
) -> Difference:
    """Compare with what is in the cluster; where it was applied from here, with what was said."""
    there = {each.identity: each for each in live}
    said = {each.identity: each for each in manifest.read(kept.files if kept else ())}
    before = [
        said.get(each.identity, there.get(each.identity))
        for each in objects
        if each.identity in there or (each.kind not in prune.KINDS and each.identity in said)
    ]
    found = difference.between([each for each in before if each], objects)
    return replace(found, removed=leftovers)


def _apply(
    found: Delivery, cluster: Cluster, objects: tuple[Object, ...], changed: Difference
) -> None:
    namespace, timeout = found.platform.name, found.arguments.timeout or TIMEOUT
    first = [each for each in objects if each.kind in order.FOUNDATION]
    apply.apply(cluster, first, stack.say, timeout)
    with lease.held(cluster, namespace):
        rest = [each for each in objects if each.kind not in order.FOUNDATION]
        apply.apply(cluster, rest, stack.say, timeout)
        gone = [each for each in changed.removed if _may_go(each, found)]
        prune.remove(cluster, gone)
        for each in changed.removed:
            if each in gone:
                stack.say(f"removed {each.title}")
            else:
                stack.say(f"kept {each.title}, which holds data; --with-data removes it")


def _may_go(each: Object, found: Delivery) -> bool:
    return found.arguments.with_data or not each.holds_data


def _wait(found: Delivery, cluster: Cluster) -> None:
    objects = manifest.applied(found.objects)
    timeout = found.arguments.timeout
    waiting.until_healthy(cluster, objects, found.platform.name, timeout, stack.say)
    stack.say(f"{found.environment} is delivered and healthy")


def _changes(before: Files, after: Files) -> list[Change]:
    """Return the files that differ."""
    old = {each.path: each.content.encode() for each in before}
    new = {each.path: each.content.encode() for each in after}
    return [
        Change(path, old.get(path), new.get(path), is_ours=True)
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    ]


def _show(changed: Difference, texts: list[Change], found: Delivery, where: str) -> None:
    print(f"{found.environment} to {where}:")
    for line in difference.describe(changed):
        print(line)
    others = sum(not each.path.startswith(manifest.FOLDER) for each in texts)
    if others:
        print(f"  and {others} files that are no objects of Kubernetes")
    if found.arguments.diff:
        _print(texts, found)


def _print(texts: list[Change], found: Delivery) -> None:
    for line in unified(texts, Path(found.arguments.out) / found.environment):
        print(line)


def _refuse_losses(changed: Difference, found: Delivery) -> None:
    """Refuse to take from the branch what holds data, for Argo CD would remove it."""
    if changed.losses and not found.arguments.with_data:
        names = ", ".join(each.title for each in changed.losses)
        raise UsageError(
            f"data would be lost: {names}",
            hint="to lose it on purpose add --with-data; nothing was changed",
        )


def _agreed(texts: list[Change], found: Delivery) -> bool:
    """Ask, and show every line where that is the answer."""
    if found.arguments.yes:
        return True
    for question in _questions():
        answer = consent.answer(question)
        if answer == DIFF:
            _print(texts, found)
            continue
        if answer == consent.YES:
            return True
        break
    stack.say("nothing was changed")
    return False


def _questions() -> Iterator[str]:
    yield f"type {consent.YES} to go on, {DIFF} to see every line: "
    while True:
        yield f"type {consent.YES} to go on: "
