"""What we take for granted of the server's requests is what the server gives."""

from granian.rsgi import HTTPProtocol, Scope

from groundplan_telemetry import rsgi


def test_granian_gives_what_is_used():
    """Every name that the application uses is there."""
    for ours, theirs in ((rsgi.Scope, Scope), (rsgi.Exchange, HTTPProtocol)):
        names = {*ours.__annotations__, *vars(ours)} - set(dir(object))
        used = {name for name in names if not name.startswith("_") or name == "__aiter__"}
        assert set() == used - {*dir(theirs), *getattr(theirs, "__annotations__", {})}
