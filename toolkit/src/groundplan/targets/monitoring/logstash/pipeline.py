"""Logstash's two pipelines: lines in, alike and stored; dead letters into a stream of their own.

Fields are named by the Elastic Common Schema, as the console asks for them. A line that is no JSON
is kept as it is. Each line gets an id, so that lines of one moment have an order.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.authority import FOLDER
from groundplan.targets.monitoring.elastic import lifecycle
from groundplan_contracts.tracing import private

PORT: Final = 5044
CLUSTER: Final = "STORE"
"""What the operator's variables for Elasticsearch begin with."""
MAIN: Final = "lines"
_RENAMED: Final = {
    "component": "[service][name]",
    "replica": "[service][node][name]",
    "level": "[log][level]",
    "trace_id": "[trace][id]",
    "span_id": "[span][id]",
    "request_id": "[http][request][id]",
    "method": "[http][request][method]",
    "status": "[http][response][status_code]",
    "path": "[url][path]",
    "route": "[http][route]",
    "namespace": "[kubernetes][namespace]",
    "pod": "[kubernetes][pod][name]",
    "container": "[kubernetes][container][name]",
    "node": "[host][name]",
}
_SECRET: Final = "|".join(private.SECRETS)
_CALLER: Final = "client: [0-9a-f.:]+"
"""Where nginx names its caller in what it says of a failure."""
_INPUT: Final = f"""\
input {{
  http {{
    host => "0.0.0.0"
    port => {PORT}
    ssl_enabled => true
    ssl_certificate => "{FOLDER}/tls.crt"
    ssl_key => "{FOLDER}/tls.key"
    ssl_client_authentication => "required"
    ssl_certificate_authorities => ["{FOLDER}/ca.crt"]
    additional_codecs => {{ "application/json" => "json" }}
    remote_host_target_field => "[@metadata][sender]"
    request_headers_target_field => "[@metadata][headers]"
  }}
}}
"""
_TIMES: Final = """\
  if [time] {
    date {
      match => ["time", "ISO8601", "UNIX"]
      target => "@timestamp"
      remove_field => ["time"]
    }
  }
"""
_DURATIONS: Final = """\
  if [seconds] {
    ruby {
      code => "event.set('[event][duration]', (event.get('seconds').to_f * 1e9).round)"
      remove_field => ["seconds"]
    }
  } else if [duration_ms] {
    ruby {
      code => "event.set('[event][duration]', (event.get('duration_ms').to_f * 1e6).round)"
      remove_field => ["duration_ms"]
    }
  }
"""
_ALIKE: Final = "; ".join(
    (
        "status = event.get('status').to_s.to_i",
        "asked = [event.get('method'), event.get('path')].compact",
        "said = event.get('message').to_s",
        "shown = (asked + [event.get('status')]).compact.join(' ')",
        "event.set('message', shown) if asked.size == 2 && ['', 'access'].include?(said)",
        "grave = status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info'",
        "unsaid = ['', 'info'].include?(event.get('level').to_s)",
        "event.set('level', grave) if status > 0 && unsaid",
    )
)
"""Ruby: a request's line says what was asked, and is as grave as its answer, as on one machine."""
_WHOLE: Final = "; ".join(
    (
        "line = event.to_hash_with_metadata",
        "reason = line.dig('@metadata', 'dead_letter_queue', 'reason').to_s",
        "line.delete('@metadata')",
        "event.to_hash.keys.each { |name| event.remove(name) unless name.start_with?('@') }",
        "event.set('message', line.to_json)",
        "event.set('[error][message]', reason)",
    )
)
"""Ruby, on one line: all that a line held becomes one text, beside the reason."""


def lines(platform: Platform, placement: Placement) -> str:
    """Return the pipeline of lines."""
    return f"{_INPUT}{_filter(placement)}{_output(platform, placement)}"


def dead_letters(platform: Platform, placement: Placement) -> str:
    """Return the pipeline of lines that were refused: whole, as one text, with the reason."""
    return f"""\
input {{
  dead_letter_queue {{
    path => "/usr/share/logstash/data/dead_letter_queue"
    pipeline_id => "{MAIN}"
    commit_offsets => true
    clean_consumed => true
  }}
}}
filter {{
  ruby {{
    code => "{_WHOLE}"
  }}
}}
{_output(platform, placement, lifecycle.DEAD)}"""


def _filter(placement: Placement) -> str:
    moved = "\n".join(f'      "{old}" => "{new}"' for old, new in _RENAMED.items())
    return f"""\
filter {{
  if [log] and [log] =~ /^\\s*\\{{/ {{
    json {{
      source => "log"
      remove_field => ["log"]
      skip_on_invalid_json => true
    }}
  }}
  if [log] and ![message] {{
    mutate {{ rename => {{ "log" => "message" }} }}
  }}
{_TIMES}{_DURATIONS}\
  if ![component] and [container] {{
    mutate {{ copy => {{ "container" => "component" }} }}
  }}
  if ![replica] and [pod] {{
    mutate {{ copy => {{ "pod" => "replica" }} }}
  }}
  mutate {{
    remove_field => ["host", "http", "url", "user_agent", "[event][original]"]
    lowercase => ["level"]
    gsub => ["message", "{_CALLER}", "client: -"]
  }}
  ruby {{
    code => "{_ALIKE}"
  }}
  mutate {{
    rename => {{
{moved}
    }}
    add_field => {{ "[service][environment]" => "{placement.environment}" }}
  }}
  prune {{
    blacklist_names => ["(?i)^({_SECRET})$"]
  }}
  uuid {{
    target => "[event][id]"
    overwrite => true
  }}
}}
"""


def _output(platform: Platform, placement: Placement, set_: str = "") -> str:
    return f"""\
output {{
  elasticsearch {{
    hosts => ["${{{CLUSTER}_ES_HOSTS}}"]
    user => "${{{CLUSTER}_ES_USER}}"
    password => "${{{CLUSTER}_ES_PASSWORD}}"
    ssl_enabled => true
    ssl_certificate_authorities => ["${{{CLUSTER}_ES_SSL_CERTIFICATE_AUTHORITY}}"]
    data_stream => true
    data_stream_type => "logs"
    data_stream_dataset => "{lifecycle.dataset(platform, set_)}"
    data_stream_namespace => "{lifecycle.space(placement)}"
    data_stream_auto_routing => false
  }}
}}
"""
