from groundplan.targets.gateway import extension


def test_a_message_names_its_type():
    """Envoy learns a message's type from its first key."""
    made = extension.extension("a", "envoy.b.v3.C", d=1)
    typed = {"@type": "type.googleapis.com/envoy.b.v3.C", "d": 1}
    assert {"name": "a", "typed_config": typed} == made


def test_shares_become_percentages():
    """A share of the model is a percentage of Envoy's."""
    assert {"value": 20.0} == extension.percent(0.2)
