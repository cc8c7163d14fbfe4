"""nginx replicas share a socket and agree with the frontend target on every path."""

from groundplan.targets import frontend


def test_settings_and_health_socket_are_where_the_frontend_target_puts_them(
    reference, placement, rendered
):
    """The file that is named is rendered, and probes ask on the socket that nginx opens."""
    written = {f"/data/config/{f.path}" for f in frontend.render(reference, placement)}
    for process in (p for p in rendered.processes if p.component == "frontend"):
        at = placement.replica("frontend", process.replica)
        assert set(process.reloads) <= written
        assert frontend.health_socket(placement, at) == process.health_socket
        assert (True, "SIGQUIT") == (process.shares_socket, process.stop)
