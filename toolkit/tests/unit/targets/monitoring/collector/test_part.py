"""Parts of collectors."""

from groundplan.targets.monitoring.collector import part


def test_a_receiver_listens_on_its_own_address() -> None:
    """With TLS where there is a certificate, and asks for one where both must show theirs."""
    plain = part.receiver("", mutual=False)["protocols"]
    assert {"endpoint", "max_request_body_size"} == set(plain["http"])
    assert "${env:POD_IP}:4318" == plain["http"]["endpoint"]
    mutual = part.receiver("/tls", mutual=True)["protocols"]["grpc"]["tls"]
    assert "/tls/ca.crt" == mutual["client_ca_file"]


def test_a_sender_does_not_try_for_ever() -> None:
    """What waits is bounded in number and in time; the rest is dropped and counted."""
    found = part.patience(7)
    assert 7 == found["sending_queue"]["queue_size"]
    assert "60s" == found["retry_on_failure"]["max_elapsed_time"]


def test_a_collector_shows_its_own_figures() -> None:
    """And says whether it is well."""
    found = part.service({}, "other")
    assert ["health_check", "other"] == found["extensions"]
    (reader,) = found["telemetry"]["metrics"]["readers"]
    assert part.FIGURES == reader["pull"]["exporter"]["prometheus"]["port"]
    assert "status.podIP" == part.environment()[0]["valueFrom"]["fieldRef"]["fieldPath"]
