"""The job that tells Elasticsearch how long it keeps what, and Kibana which searches there are.

It runs after each delivery, says the same each time, and waits until both answer. Logstash may
have written before it; what it wrote is put under the same policy, and a new index begun.
"""

from typing import Final

from groundplan.formats import json
from groundplan.model import image
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import workload
from groundplan.targets.monitoring.elastic import cluster, lifecycle, saved
from groundplan.targets.monitoring.manifest import Maker, Object
from groundplan.targets.monitoring.workload import Program

NAME: Final = "elastic-setup"
KIBANA_PORT: Final = 5601
KIBANA_AUTHORITY: Final = f"{cluster.KIBANA}-kb-http-certs-public"
_KIBANA: Final = f"https://{cluster.KIBANA}-kb-http:{KIBANA_PORT}"
_SECRETS: Final = "/etc/groundplan"
_AFTER: Final = {
    "argocd.argoproj.io/hook": "PostSync",
    "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
}
_SCRIPT: Final = """\
set -eu
umask 077
password=$(cat /etc/groundplan/elastic/elastic)
for host in elasticsearch-es-http kibana-kb-http; do
  printf 'machine %s login elastic password %s\\n' "$host" "$password"
done >/tmp/netrc
ask() { curl --silent --show-error --fail --retry 30 --retry-delay 10 --retry-all-errors \\
  --netrc-file /tmp/netrc --max-time 30 "$@"; }
files=/etc/groundplan/config
elastic() { ask --cacert /etc/groundplan/elasticsearch/ca.crt "$@"; }
kibana() { ask --cacert /etc/groundplan/kibana/ca.crt --header 'kbn-xsrf: setup' "$@"; }
put() {
  elastic --output /dev/null --request PUT --header 'Content-Type: application/json' \\
    --data "@$files/$1" "$2"
}
# What was written before the template came stands in an index of another policy.
govern() {
  found=$(elastic "$1/_data_stream/$2*")
  case $found in
    *'"name":"'"$2"'"'*) ;;
    *) return ;;
  esac
  found=$(elastic "$1/$2/_settings/index.lifecycle.name?flat_settings=true")
  case $found in
    *'"index.lifecycle.name":"'"$3"'"'*) ;;
    *)
      elastic --output /dev/null --request POST "$1/$2/_rollover"
      elastic --output /dev/null --request POST "$1/$2/_ilm/remove"
      ;;
  esac
  put lifecycle.json "$1/$2/_settings"
}
"""


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the job, its account and what it says."""
    maker = Maker(platform, placement, NAME)
    program = Program(
        image=image.ELASTICSEARCH.reference,
        command=("sh", f"{workload.CONFIGURATION}/setup.sh"),
        files=_files(platform, placement),
        secrets={
            f"{_SECRETS}/elastic": cluster.PASSWORD,
            f"{_SECRETS}/elasticsearch": cluster.AUTHORITY,
            f"{_SECRETS}/kibana": KIBANA_AUTHORITY,
        },
    )
    pod = {**workload.pod(maker, program), "restartPolicy": "Never"}
    spec = {
        "activeDeadlineSeconds": 1800,
        "backoffLimit": 4,
        "ttlSecondsAfterFinished": 86400,
        "template": {"metadata": {"labels": maker.labels}, "spec": pod},
    }
    return [
        maker.make("batch/v1 Job", {"spec": spec}, annotations=_AFTER),
        *workload.around(maker, program),
    ]


def _files(platform: Platform, placement: Placement) -> dict[str, str]:
    name = lifecycle.name(platform)
    streams = [lifecycle.stream(platform, placement, each) for each in ("", lifecycle.DEAD)]
    said = (
        f'put policy.json "{cluster.URL}/_ilm/policy/{name}"\n'
        f'put template.json "{cluster.URL}/_index_template/{name}"\n'
        + "".join(f"govern {cluster.URL} {each} {name}\n" for each in streams)
        + f'kibana --output /dev/null --form "file=@$files/searches.ndjson" '
        f'"{_KIBANA}/api/saved_objects/_import?overwrite=true"\n'
    )
    return {
        "policy.json": json.dump(lifecycle.policy(platform)),
        "template.json": json.dump(lifecycle.template(platform)),
        "lifecycle.json": json.dump({"index.lifecycle.name": name}),
        "searches.ndjson": saved.searches(platform, placement),
        "setup.sh": _SCRIPT + said,
    }
