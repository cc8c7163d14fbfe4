"""Probes of the model in the whole seconds of Kubernetes, never stricter than the file."""

from math import ceil

from lightkube.models.core_v1 import HTTPGetAction, TCPSocketAction
from lightkube.models.core_v1 import Probe as KubernetesProbe

from groundplan.model.probe import Probe


def probe(asked: Probe, *, port: str, encrypted: bool) -> KubernetesProbe:
    """Return a probe as the kubelet asks it.

    Periods and time-outs are rounded up to seconds. The failures are as many as give the time
    that they take in the file, or a little more.
    """
    period = ceil(asked.period)
    scheme = "HTTPS" if encrypted else "HTTP"
    answers = HTTPGetAction(path=asked.path, port=port, scheme=scheme) if asked.path else None
    return KubernetesProbe(
        httpGet=answers,
        tcpSocket=None if answers else TCPSocketAction(port=port),
        periodSeconds=period,
        timeoutSeconds=ceil(asked.timeout),
        failureThreshold=max(1, ceil(round(asked.failures * asked.period / period, 6))),
    )
