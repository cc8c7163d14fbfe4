"""The authorisation service knows its policy and its secrets by file."""


def test_each_replica_reads_policy_and_secrets(rendered):
    """What is read once is listed, so that a change of it starts the replica anew."""
    replicas = [p for p in rendered.processes if p.component == "authz"]
    assert 2 == len(replicas)
    for process in replicas:
        assert "/data/config/policy.json" == process.environment["POLICY_FILE"]
        assert process.environment["POLICY_FILE"] in process.reads
        assert process.environment["GATEWAY_KEY_FILE"] in process.reads
        assert "50" == process.environment["REDIS_TIMEOUT_MS"]
