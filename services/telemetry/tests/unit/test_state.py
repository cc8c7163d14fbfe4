"""What rooms share: a folder that is theirs alone, shares of the disk, and threads."""

import threading

from groundplan_telemetry.ledger import FILE
from groundplan_telemetry.state import SHARES, State


async def test_the_folder_is_made_and_private(state):
    """Nobody else reads what stands in logs."""
    assert 0o700 == state.folder.stat().st_mode & 0o777


async def test_shares_are_the_whole(state):
    """All signals together take what was allowed, and no more."""
    size = state.settings.limits.size
    assert size - 3 <= sum(state.room(signal) for signal in SHARES) <= size


async def test_slow_work_is_done_apart(state):
    """A search does not hold up who is answered meanwhile."""
    name = await state.apart(lambda: threading.current_thread().name)
    assert name.startswith("reader")


async def test_closing_writes_the_books(settings):
    """What was counted is not lost with the process."""
    state = State(settings)
    state.close()
    assert (state.folder / FILE).exists()
