from groundplan.targets.gateway import parties


def test_parties_are_found_by_kind(platform):
    """Names are free: the kind says who is who."""
    found = parties.find(platform)
    assert found is not None
    assert ("gateway", "authz", "backend") == (found.gateway, found.authorization, found.backend)
    assert ["backend", "shop"] == [name for name, _ in found.routed]
