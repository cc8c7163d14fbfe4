"""The catalog that the backend loads is the model's view of the platform."""

from groundplan.model.catalog import catalog


def test_every_service_and_store_is_a_component(reference):
    """Services come with kind, tier and arrows; stores stand beside them."""
    shown = catalog(reference, {"local": reference}, "local")
    kinds = {each["name"]: (each["kind"], each["tier"]) for each in shown["components"]}
    assert {
        "frontend": ("static", "edge"),
        "gateway": ("gateway", "edge"),
        "authz": ("authorization", "application"),
        "backend": ("backend", "application"),
        "database": ("database", "data"),
        "cache": ("cache", "data"),
        "storage": ("storage", "data"),
    } == kinds


def test_each_environment_is_listed(reference):
    """An environment shows its replicas and its database."""
    shown = catalog(reference, {"local": reference, "prod": reference}, "local")
    assert ["local", "prod"] == [each["name"] for each in shown["environments"]]
    assert {"min": 2, "max": 2} == shown["environments"][0]["replicas"]["backend"]
    assert "local" == shown["platform"]["environment"]


def test_production_asks_for_an_approval(reference):
    """Unless the file says otherwise, one other person approves in prod, and nobody elsewhere."""
    asks = reference.model_copy(update={"approvals": 2})
    plain = reference.model_copy(update={"approvals": None})
    environments = {"local": plain, "prod": plain, "test": asks}
    shown = catalog(reference, environments, "local")["environments"]
    asked = {each["name"]: each["approvals"] for each in shown}
    assert {"local": 0, "prod": 1, "test": 2} == asked


def test_bills_are_handed_on_as_they_are(reference):
    """Who makes them is no matter of a target; without any the list is empty."""
    bills = [{"environment": "dev", "estimate": None, "problem": "no price"}]
    assert bills == catalog(reference, {"local": reference}, "local", bills)["bills"]
    assert [] == catalog(reference, {"local": reference}, "local")["bills"]


def test_only_what_is_called_over_routes_has_limits(reference):
    """A service without routes shows no limits."""
    shown = {c["name"]: c for c in catalog(reference, {"local": reference}, "local")["components"]}
    assert shown["authz"]["limits"] is None
    assert 600 == shown["backend"]["limits"]["requests"]
