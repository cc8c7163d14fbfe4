"""Envoy is started so that copies do not meet and draining is quick."""

from groundplan.targets import gateway


def test_each_replica_has_its_own_bootstrap(reference, placement, rendered):
    """The bootstrap that is named is the one that the gateway target renders."""
    written = {f"/data/config/{f.path}" for f in gateway.render(reference, placement)}
    for process in (p for p in rendered.processes if p.component == "gateway"):
        assert set(process.reads) <= written
        assert "--disable-hot-restart" in process.arguments
        assert "1" == process.arguments[process.arguments.index("--concurrency") + 1]
