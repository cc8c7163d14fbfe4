"""Names under which services are called, and accounts without rights."""


def test_who_is_looked_up_once_has_one_address(rendered):
    """nginx and the load balancer see one address, Envoy sees every pod."""
    found = rendered()
    headless = {
        name
        for name in ("frontend", "gateway", "authz", "backend")
        if found[f"{name}/service.yaml"]["spec"].get("clusterIP") == "None"
    }
    assert {"authz", "backend"} == headless


def test_the_port_is_that_of_the_placement(rendered):
    """Callers find the port where the placement says, by its name in the pod."""
    ports = rendered()["backend/service.yaml"]["spec"]["ports"]
    assert [(8443, "https", "https")] == [
        (each["port"], each["targetPort"], each["appProtocol"]) for each in ports
    ]


def test_accounts_show_no_token(rendered):
    """Every service has an account of its own, without a token."""
    found = rendered()
    for name in ("frontend", "gateway", "authz", "backend", "cache"):
        account = found[f"{name}/serviceaccount.yaml"]
        assert (name, False) == (
            account["metadata"]["name"],
            account["automountServiceAccountToken"],
        )
