"""PostgreSQL's settings are durable, bounded and closed to others."""


def _settings(rendered) -> dict[str, str]:
    text = next(f.content for f in rendered.files if f.path == "postgres/postgresql.conf")
    pairs = (line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    return {name: value.strip("'") for name, value in pairs}


def test_an_acknowledged_write_is_on_the_disk(rendered):
    """Nothing that makes a commit durable is switched off."""
    settings = _settings(rendered)
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        assert "on" == settings[name]


def test_only_loopback_gets_in_and_with_a_password(rendered):
    """There is no socket file and no address but loopback; passwords are scrambled."""
    settings = _settings(rendered)
    assert ("127.0.0.1", "") == (
        settings["listen_addresses"],
        settings["unix_socket_directories"],
    )
    rules = next(f.content for f in rendered.files if f.path == "postgres/pg_hba.conf")
    lines = [line for line in rules.splitlines() if not line.startswith("#")]
    assert ["host all all 127.0.0.1/32 scram-sha-256"] == lines


def test_connections_and_time_come_from_the_file(reference, rendered):
    """The model bounds connections, with a few in reserve, and the time of a statement."""
    settings = _settings(rendered)
    assert reference.database.max_connections + 5 == int(settings["max_connections"])
    assert "5000ms" == settings["statement_timeout"]


def test_it_starts_after_its_data_and_stops_in_order(rendered):
    """The data folder is made first; SIGINT ends sessions and keeps the data whole."""
    process = next(p for p in rendered.processes if p.component == "database")
    assert (("data",), "SIGINT", True) == (process.after, process.stop, process.unprivileged)


def test_values_stand_in_no_log(rendered):
    """Slow statements and refused rows are logged without addresses, hashes and other values."""
    settings = _settings(rendered)
    assert ("terse", "0", "0") == (
        settings["log_error_verbosity"],
        settings["log_parameter_max_length"],
        settings["log_parameter_max_length_on_error"],
    )
