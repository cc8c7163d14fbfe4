"""A service as a Deployment that an autoscaler owns and that is replaced without a gap."""

from groundplan.model.flow import STATISTICS_PORT
from groundplan.targets.kubernetes import workload

WITH_ENV = "services: {backend: {env: {GREETING: $(HOME)}}}"


def _container(found, name="backend"):
    return found[f"{name}/deployment.yaml"]["spec"]["template"]["spec"]["containers"][0]


def test_the_number_of_pods_is_the_autoscaler_s(rendered):
    """No service's Deployment says how many, and none goes before its successor is there."""
    for path, found in rendered().items():
        if path.endswith("/deployment.yaml") and "-exporter/" not in path:
            assert "replicas" not in found["spec"]
            assert {"maxUnavailable": 0, "maxSurge": "25%"} == found["spec"]["strategy"][
                "rollingUpdate"
            ]


def test_resources_are_those_of_the_file(rendered):
    """Requests and limits arrive, and the class that follows from them is written down."""
    found = rendered()
    assert {
        "requests": {"cpu": "250m", "memory": "256Mi"},
        "limits": {"cpu": "1000m", "memory": "256Mi"},
    } == _container(found)["resources"]
    annotations = found["backend/deployment.yaml"]["metadata"]["annotations"]
    assert "Burstable" == annotations[workload.QUALITY]


def test_a_changed_configuration_changes_the_pods(rendered):
    """The annotation follows the configuration of this service, and of no other."""

    def digests(text=""):
        found = rendered(text)
        return {
            name: found[f"{name}/deployment.yaml"]["spec"]["template"]["metadata"]["annotations"]
            for name in ("frontend", "gateway", "authz")
        }

    before, after = digests(), digests("services: {frontend: {drain: 11s}}")
    assert before["frontend"] != after["frontend"]
    assert before["authz"] == after["authz"]


def test_released_images_keep_their_digest(rendered):
    """What was released is what runs."""
    image = "registry.example/backend@sha256:" + "a" * 64
    assert image == _container(rendered(images={"backend": image}))["image"]


def test_secrets_are_mounted_not_told(rendered):
    """No variable takes its value from a Secret; files are mounted for the group alone."""
    found = rendered()
    for name in ("frontend", "gateway", "authz", "backend"):
        for variable in _container(found, name)["env"]:
            assert "secretKeyRef" not in variable.get("valueFrom", {})
    volumes = found["backend/deployment.yaml"]["spec"]["template"]["spec"]["volumes"]
    secrets = next(each["secret"] for each in volumes if each["name"] == "secrets")
    assert {"secretName": "backend-secrets", "defaultMode": 0o440} == secrets


def test_the_gateway_shows_statistics_on_a_port_of_its_own(rendered):
    """The port that the network policies admit Prometheus to is declared."""
    ports = {
        each["name"]: each["containerPort"] for each in _container(rendered(), "gateway")["ports"]
    }
    assert {"https": 8443, "statistics": STATISTICS_PORT} == ports


def test_unencrypted_pods_mount_no_certificate(rendered):
    """Where nothing is encrypted the port is another and nothing is mounted for it."""
    container = _container(rendered(encrypted=False))
    assert [("http", 8080)] == [(p["name"], p["containerPort"]) for p in container["ports"]]
    assert "tls" not in [mount["name"] for mount in container["volumeMounts"]]
    assert "HTTP" == container["readinessProbe"]["httpGet"]["scheme"]


def test_a_slow_start_is_waited_for(rendered):
    """A release is not called failed before a pod had the time that the file gives it."""
    probes = "{startup: {period: 10s, failures: 90}, readiness: {}, liveness: {}}"
    spec = rendered(f"services: {{backend: {{probes: {probes}}}}}")["backend/deployment.yaml"][
        "spec"
    ]
    assert 1800 == spec["progressDeadlineSeconds"]


def test_what_the_file_sets_is_taken_as_it_is(rendered):
    """Kubernetes replaces nothing in a value of the user's."""
    env = {each["name"]: each.get("value") for each in _container(rendered(WITH_ENV))["env"]}
    assert "$$(HOME)" == env["GREETING"]
    assert "$(POD_NAME)" == env["GROUNDPLAN_REPLICA"]
