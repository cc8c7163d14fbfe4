"""Images of others that more than one target runs, each with its version and who said so when.

A digest stands only where a public text states it; without one the tag alone decides. To renew:
change a row, render, read the difference.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a public registry."""

    name: str
    tag: str
    digest: str
    """`sha256:...`; empty where no public text states it."""
    source: str
    """Who states the version and the digest."""
    seen: str
    """The day of that text, or of its stored copy."""

    @property
    def reference(self) -> str:
        """What a pod names: the digest decides where there is one, the tag is for people."""
        return f"{self.name}:{self.tag}" + (f"@{self.digest}" if self.digest else "")


COLLECTOR: Final = Image(
    "docker.io/otel/opentelemetry-collector-contrib",
    "0.156.0",
    "sha256:125bdbeb7590cc1952c5b3430ecf14063568980c2c93d5b38676cc0446ed8108",
    "https://github.com/plengauer/Thoth/pull/3741, and ten public files that pull this digest",
    "2026-07-08",
)
JAEGER: Final = Image(
    "docker.io/jaegertracing/jaeger",
    "2.19.0",
    "sha256:ede4864215be4cd85bd8c3129a2fea6c5713c5653c7282c429dba123014bc68b",
    "https://github.com/open-telemetry/opentelemetry-android/pull/1904",
    "2026-07-17",
)
JAEGER_CLEANER: Final = Image(
    "docker.io/jaegertracing/jaeger-es-index-cleaner",
    "2.19.0",
    "",
    "https://github.com/jaegertracing/helm-charts/pull/760",
    "2026-06-08",
)
FLUENTD: Final = Image(
    "docker.io/fluent/fluentd",
    "v1.19.2-debian",
    "",
    "https://github.com/fluent/fluentd-docker-image/pull/478",
    "2026-04-10",
)
ELASTIC: Final = "9.4.4"
"""The version of Elasticsearch, Kibana and Logstash, which their operator pulls."""
ELASTICSEARCH: Final = Image(
    "docker.elastic.co/elasticsearch/elasticsearch",
    ELASTIC,
    "",
    "https://github.com/cerfedino/Homelab/pull/21",
    "2026-08-06",
)
POSTGRES_EXPORTER: Final = Image(
    "quay.io/prometheuscommunity/postgres-exporter",
    "v0.20.1",
    "sha256:ac5ec343104fae0e2d84a27bb8d69b38430a11910c5382cad85d478d2bab713e",
    "https://github.com/prometheus-community/helm-charts, and nine public files that pull it",
    "2026-08-22",
)
REDIS_EXPORTER: Final = Image(
    "docker.io/oliver006/redis_exporter",
    "v1.90.0",
    "sha256:a129504e65b87c54f79bc92f1afc403475e8ff646a3d7512de469904ceddf986",
    "https://github.com/element-hq/ess-helm/pull/1552, and five public files that pull it",
    "2026-08-28",
)
IMAGES: Final = (
    COLLECTOR,
    ELASTICSEARCH,
    FLUENTD,
    JAEGER,
    JAEGER_CLEANER,
    POSTGRES_EXPORTER,
    REDIS_EXPORTER,
)
