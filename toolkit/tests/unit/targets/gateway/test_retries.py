from groundplan.model.resilience import Resilience
from groundplan.targets.gateway import retries

RESILIENCE = Resilience()


def test_safe_calls_are_repeated_after_failures():
    """What may happen twice is repeated after hang-ups and gateway errors, within its time."""
    policy = retries.repeatable(RESILIENCE, timeout=10)
    assert "connect-failure,refused-stream,reset,retriable-status-codes" == policy["retry_on"]
    assert [502, 504] == policy["retriable_status_codes"]
    assert "5s" == policy["per_try_timeout"]
    assert 2 == policy["num_retries"]


def test_other_calls_are_repeated_only_unseen():
    """What may happen only once is repeated only when no service has seen it."""
    policy = retries.careful(RESILIENCE)
    assert "connect-failure,refused-stream" == policy["retry_on"]
    assert "per_try_timeout" not in policy


def test_pauses_grow_from_base_to_max():
    """The back-off of the model is Envoy's, which draws each pause at random below it."""
    back_off = retries.careful(RESILIENCE)["retry_back_off"]
    assert {"base_interval": "0.025s", "max_interval": "0.25s"} == back_off


def test_a_repeat_goes_elsewhere():
    """A repeat avoids the replicas that were tried."""
    (predicate,) = retries.elsewhere()["retry_host_predicate"]
    assert "envoy.retry_host_predicates.previous_hosts" == predicate["name"]
