from groundplan.targets.gateway import overload


def test_memory_is_given_up_in_steps(platform, found):
    """Near the memory limit keep-alive ends first, then memory is returned, then work refused."""
    made = overload.overload_manager(platform, found)
    heap = made["resource_monitors"][0]["typed_config"]
    assert 256 << 20 == heap["max_heap_size_bytes"]
    thresholds = [each["triggers"][0]["threshold"]["value"] for each in made["actions"]]
    assert sorted(thresholds) == thresholds


def test_connections_are_bounded(platform, found):
    """All listeners together take less than half of a usual limit on open files."""
    made = overload.overload_manager(platform, found)
    connections = made["resource_monitors"][1]["typed_config"]
    assert overload.CONNECTIONS < connections["max_active_downstream_connections"] <= 32768
