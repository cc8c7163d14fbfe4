"""A plan is told in words, losses first."""

from groundplan.cloud import words
from groundplan.cloud.changes import Change, Kind, Plan


def told(*changes: Change, **more: tuple[str, ...]) -> list[str]:
    """Return the lines about changes."""
    return [line.plain for line in words.describe(Plan(changes, **more))]


def test_nothing_is_said_as_such() -> None:
    """An empty plan has one line."""
    assert ["nothing changes"] == told()


def test_lost_data_comes_first_and_is_red() -> None:
    """The line names the store and why; it is not said twice."""
    lost = Change("aws_db_instance.a", "aws_db_instance", Kind.REPLACED, forced_by=("engine",))
    new = Change("aws_vpc.a", "aws_vpc", Kind.CREATED)
    lines = list(words.describe(Plan((new, lost))))
    expected = [
        "1 created, 1 replaced",
        "  data loss: aws_db_instance.a is replaced because engine cannot change in place",
        "  created aws_vpc.a",
    ]
    assert expected == [line.plain for line in lines]
    assert words.LOSS == lines[1].style


def test_changes_name_their_attributes() -> None:
    """What changes in place says how."""
    change = Change("aws_vpc.a", "aws_vpc", Kind.CHANGED, ("name x -> y", "tags"))
    assert "  changed aws_vpc.a: name x -> y, tags" == told(change)[1]


def test_what_is_adopted_and_changed_says_both() -> None:
    """Taking something over may change it at once."""
    change = Change("aws_vpc.a", "aws_vpc", Kind.CHANGED, ("tags",), is_adopted=True)
    assert "  adopted and changed aws_vpc.a: tags" == told(change)[1]


def test_many_new_ones_are_counted_by_module() -> None:
    """More than a dozen are a line a module, with the commonest types."""
    many = [Change(f"module.a.aws_subnet.s{n}", "aws_subnet", Kind.CREATED) for n in range(20)]
    other = [Change(f"t{n}.x", f"t{n}", Kind.CREATED) for n in range(6)]
    expected = [
        "26 created",
        "  created at the root: 6 (1 t0, 1 t1, 1 t2, 1 t3 and 2 other types)",
        "  created in a: 20 (20 aws_subnet)",
    ]
    assert expected == told(*many, *other)


def test_outputs_alone_are_a_change() -> None:
    """A plan that only tells something new says so."""
    assert ["only outputs change", "  outputs change: url"] == told(outputs=("url",))


def test_drift_says_what_others_did() -> None:
    """Gone, or changed and how."""
    plan = Plan(
        (),
        drift=(
            Change("a.a", "a", Kind.DESTROYED),
            Change("b.b", "b", Kind.CHANGED, ("size 1 -> 2",)),
        ),
    )
    expected = ["  a.a is gone", "  b.b was changed: size 1 -> 2"]
    assert expected == [line.plain for line in words.drift(plan)]
