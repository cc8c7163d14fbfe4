"""The newest samples, in memory."""

from groundplan_telemetry.metrics.storage.head import Head


def test_samples_by_series_and_time() -> None:
    """A series' samples of a time are copied; what is not there is None."""
    head = Head()
    for at in (10, 20, 30):
        head.append(1, at, float(at))
    piece = head.piece(1, 15, 30)
    assert piece is not None
    assert ([20, 30], [20.0, 30.0]) == (list(piece[0]), list(piece[1]))
    assert head.piece(1, 31, 40) is None
    assert head.piece(2, 0, 40) is None
    assert (10, 30, 0) == (head.first(1), head.last(1), head.last(2))


def test_everything_is_cut() -> None:
    """A head is cut into one piece a series."""
    head = Head()
    head.append(1, 10, 1.0)
    head.append(2, 10, 2.0)
    assert {1, 2} == head.series()
    assert [(1, [10]), (2, [10])] == [
        (number, list(times)) for number, times, _ in head.pieces(1000)
    ]
    assert 2 == len(head)


def test_long_times_become_several_pieces() -> None:
    """A head that reaches over an absence is cut where pieces would get too long."""
    head = Head()
    for at in (10, 1009, 1010, 5000):
        head.append(1, at, 1.0)
    assert [[10, 1009], [1010], [5000]] == [list(times) for _, times, _ in head.pieces(1000)]
