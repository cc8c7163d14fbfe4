"""Names and labels."""

from groundplan.targets.kubernetes import label


def test_selectors_ask_for_a_part_of_the_labels(reference, placement):
    """What selects pods is among their labels, and the environment is not part of it."""
    labels = label.labels(reference, placement, "backend")
    asked = label.selector("backend").matchLabels
    assert asked.items() <= labels.items()
    assert label.ENVIRONMENT not in asked
    assert "prod" == labels[label.ENVIRONMENT]


def test_namespaces_are_named_where_there_is_one(reference, placement):
    """An object stands in the platform's namespace unless it belongs to the whole cluster."""
    assert "groundplan" == label.metadata(reference, placement, "backend").namespace
    found = label.cluster_metadata(reference, placement, "namespace", "groundplan-data")
    assert (None, "groundplan-data") == (found.namespace, found.name)
