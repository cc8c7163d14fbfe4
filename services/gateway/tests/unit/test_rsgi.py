from groundplan_gateway import rsgi


def test_the_fakes_fit_the_types(scope, response):
    """What tests hand over has everything that the application uses of the server."""
    request = scope("GET", "/", {})
    for name in ("method", "path", "headers"):
        assert hasattr(request, name)
    for name in ("response_empty", "response_bytes"):
        assert callable(getattr(response, name))
        assert hasattr(rsgi.Response, name)
