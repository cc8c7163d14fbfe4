from datetime import UTC, datetime
from typing import Any

from groundplan_backend.audit.anchors import Anchor
from groundplan_backend.audit.examiner import LISTED, Examiner
from groundplan_backend.audit.signing import GENESIS, Content, Signer, new_id
from groundplan_backend.settings import Secret

_SIGNER = Signer(Secret("k" * 64))
_AT = datetime(2026, 11, 23, tzinfo=UTC)


def _chain(length: int) -> list[tuple[Any, ...]]:
    """Return genuine links with their events."""
    rows: list[tuple[Any, ...]] = []
    seal = GENESIS
    for position in range(1, length + 1):
        texts = ("ada", "x", str(position), "done", "{}", None, None, "", "", "")
        content = Content(new_id(_AT), _AT, *texts)
        proof = _SIGNER.proof(content)
        seal = _SIGNER.link(seal, position, content.id, proof)
        rows.append((position, content.id, seal, *content, proof))
    return rows


def _faults(rows: list[tuple[Any, ...]], *anchors: Anchor) -> list[tuple[str, int | None]]:
    examiner = Examiner(_SIGNER)
    examiner.expect(list(anchors))
    for row in rows:
        examiner.link(row)
    examiner.end()
    return [(fault.kind, fault.position) for fault in examiner.faults]


def test_a_genuine_chain_has_no_fault() -> None:
    """Neither has an empty one."""
    rows = _chain(3)
    assert [] == _faults(rows, Anchor(1, rows[0][2], _AT), Anchor(3, rows[2][2], _AT))
    assert [] == _faults([])


def test_one_wrong_link_does_not_make_the_following_ones_wrong() -> None:
    """Each is judged by the seal before it, so the first bad place is told from the rest."""
    rows = _chain(5)
    rows[1] = (*rows[1][:2], bytes(32), *rows[1][3:])
    assert [("reordered", 2), ("reordered", 3)] == _faults(rows)


def test_an_anchor_that_disagrees_is_a_fork_and_one_beyond_the_end_a_cut() -> None:
    """The chain itself is sound in both cases."""
    rows = _chain(2)
    assert [("forked", 1)] == _faults(rows, Anchor(1, bytes(32), _AT))
    assert [("tail_cut", 3)] == _faults(rows, Anchor(7, bytes(32), _AT))
    assert [("tail_cut", 1)] == _faults([], Anchor(1, bytes(32), _AT))


def test_an_anchor_in_a_gap_is_a_fork_beside_the_gap() -> None:
    """What was noted is not there."""
    rows = _chain(3)
    found = _faults([rows[0], rows[2]], Anchor(2, rows[1][2], _AT))
    assert [("deleted", 2), ("reordered", 3), ("forked", 2)] == found


def test_of_many_faults_the_first_are_named_and_all_are_counted() -> None:
    """A flood of faults fits into the event that tells of them."""
    examiner = Examiner(_SIGNER)
    for row in _chain(LISTED + 5):
        examiner.link((*row[:5], "eve", *row[6:]))
    assert (LISTED, LISTED + 5) == (len(examiner.faults), examiner.faults_total)
