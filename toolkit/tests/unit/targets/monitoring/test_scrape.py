"""A Prometheus beside the platform sees what the store sees."""

from groundplan.targets.monitoring import scrape

TARGETS = [
    {"job": "backend", "instance": "backend-1", "url": "http://127.0.0.1:9001/metrics"},
    {"job": "backend", "instance": "backend-2", "url": "http://127.0.0.1:9002/metrics",
     "labels": {"pod": "backend-2"}},
    {"job": "gateway", "instance": "gateway-1", "url": "https://127.0.0.1:9901/stats/prometheus",
     "authority": "/data/ca.crt", "key_file": "/data/key"},
]  # fmt: skip


def config() -> dict[str, object]:
    return scrape.config(
        TARGETS, interval=5, rules=["/data/rules/a.yaml"], labels={"environment": "local"}
    )


def test_a_job_has_all_its_replicas() -> None:
    """With the labels that rules expect."""
    backend, gateway = config()["scrape_configs"]  # type: ignore[misc]
    assert ["127.0.0.1:9001", "127.0.0.1:9002"] == [
        each["targets"][0] for each in backend["static_configs"]
    ]
    assert {"job": "backend", "instance": "backend-2", "pod": "backend-2"} == (
        backend["static_configs"][1]["labels"]
    )
    assert ("gateway", "https", "/stats/prometheus") == (
        gateway["job_name"], gateway["scheme"], gateway["metrics_path"]
    )  # fmt: skip


def test_what_is_encrypted_or_locked_is_asked_with_its_authority_and_key() -> None:
    """Who answers is known by his address, not by the job's name: the store speaks for others."""
    gateway = config()["scrape_configs"][1]  # type: ignore[index]
    assert {"ca_file": "/data/ca.crt"} == gateway["tls_config"]
    assert {"credentials_file": "/data/key"} == gateway["authorization"]


def test_replicas_that_are_asked_in_two_ways_are_two_jobs_of_one_name() -> None:
    """Names of jobs are single; the label is the component's all the same."""
    other = {**TARGETS[0], "url": "http://127.0.0.1:9003/other"}
    found = scrape.config([TARGETS[0], other], interval=5, rules=[], labels={})
    names = [each["job_name"] for each in found["scrape_configs"]]
    assert ["backend", "backend-1"] == names
    assert "backend" == found["scrape_configs"][1]["static_configs"][0]["labels"]["job"]
