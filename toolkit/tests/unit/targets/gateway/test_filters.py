from groundplan.targets.gateway import filters


def test_the_order(platform, here, found):
    """Cheap refusals come before dear ones, and nothing stands before what it relies on."""
    names = [
        each["name"].rpartition(".")[2] for each in filters.http_filters(platform, here, found)
    ]
    assert [
        "health_check",
        "local_ratelimit",
        "credential_injector",
        "jwt_authn",
        "lua",
        "ext_authz",
        "buffer",
        "router",
    ] == names
