"""Stores come before services, services before jobs."""

from groundplan.targets.kubernetes import priority


def test_classes_are_ordered(reference, placement):
    """The values stand in the order in which room is given, and jobs take none from others."""
    made = {
        each.metadata.name: each for each in priority.classes(reference, placement, "namespace")
    }
    data, service, batch = (
        made[priority.name(reference, word)]
        for word in (priority.DATA, priority.SERVICE, priority.BATCH)
    )
    assert data.value > service.value > batch.value
    assert "Never" == batch.preemptionPolicy
    assert {None} == {each.metadata.namespace for each in made.values()}
