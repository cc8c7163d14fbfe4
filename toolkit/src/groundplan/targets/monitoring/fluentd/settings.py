"""fluent.conf: from the files of the container runtime to Logstash and to the collectors.

Only plugins that are part of Fluentd itself are named, so the image is the project's own. A line
goes to Logstash as it was written, with the pod's names. A line of the edge or the gateway may
also become a span: `span` says which.
"""

from typing import Final

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import manifest
from groundplan.targets.monitoring.authority import FOLDER
from groundplan.targets.monitoring.collector import part
from groundplan.targets.monitoring.fluentd import span
from groundplan.targets.monitoring.logstash import pipeline

STATE: Final = "/var/lib/fluentd"
DEAD: Final = f"{STATE}/dead-letters"
_NAMES: Final = r"containers\.(.+)_([^_]+)_(.+)-[0-9a-f]{64}\.log\z"
_RETRYABLE: Final = "408,429,500,502,503,504"
_LOGSTASH: Final = f"https://logstash-ls-input.{manifest.NAMESPACE}.svc:{pipeline.PORT}/"
_COLLECTOR: Final = f"https://{part.GATEWAY}.{manifest.NAMESPACE}.svc:{part.HTTP}/v1/traces"
_TLS: Final = f"""\
    tls_ca_cert_path {FOLDER}/ca.crt
    tls_client_cert_path {FOLDER}/tls.crt
    tls_private_key_path {FOLDER}/tls.key
    tls_verify_mode peer
    open_timeout 5
    read_timeout 30
    error_response_as_unrecoverable true
    retryable_response_codes {_RETRYABLE}"""
_HEAD: Final = f"""\
<system>
  root_dir {STATE}
  log_level info
  <log>
    format json
  </log>
</system>

<source>
  @type monitor_agent
  @id health
  bind 0.0.0.0
  port 24220
  include_config false
</source>

<source>
  @type tail
  @id containers
  path /var/log/containers/*.log
  exclude_path ["/var/log/containers/fluentd-*.log"]
  pos_file {STATE}/containers.pos
  pos_file_compaction_interval 1h
  tag kubernetes.*
  read_from_head true
  follow_inodes true
  refresh_interval 5
  rotate_wait 30
  <parse>
    @type regexp
    expression /^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<flag>[FP]) (?<log>.*)$/
    time_format %Y-%m-%dT%H:%M:%S.%N%z
  </parse>
</source>

<source>
  @type exec
  @id old_dead_letters
  command find {DEAD} -type f -mtime +7 -print -delete
  run_interval 1h
  tag fluentd.deleted
  <parse>
    @type none
    message_key log
  </parse>
</source>

<filter kubernetes.**>
  @type record_transformer
  @id names
  enable_ruby true
  remove_keys stream,flag
  <record>
    pod ${{tag[/{_NAMES}/, 1]}}
    namespace ${{tag[/{_NAMES}/, 2]}}
    container ${{tag[/{_NAMES}/, 3]}}
    node "#{{ENV['NODE_NAME']}}"
    time ${{time.utc.iso8601(6)}}
  </record>
</filter>
"""
_LINES: Final = f"""\
<label @LINES>
  <match **>
    @type http
    @id logstash
    endpoint {_LOGSTASH}
    http_method post
    json_array true
{_TLS}
    <format>
      @type json
    </format>
    <buffer>
      @type file
      path {STATE}/lines
      chunk_limit_size 4MB
      total_limit_size 2GB
      flush_mode interval
      flush_interval 2s
      flush_thread_count 2
      flush_at_shutdown false
      overflow_action block
      retry_type exponential_backoff
      retry_wait 1s
      retry_max_interval 30s
      retry_forever true
    </buffer>
    <secondary>
      @type secondary_file
      directory {DEAD}
      basename lines.${{chunk_id}}
    </secondary>
  </match>
</label>
"""


def render(platform: Platform) -> str:
    """Return the configuration."""
    edges = [name for kind in span.KINDS for name, _ in platform.of_kind(kind)]
    spans = [_spans(platform, edge) for edge in edges]
    return "\n".join((_HEAD, _ways(platform, edges), _LINES, *spans))


def _ways(platform: Platform, edges: list[str]) -> str:
    """Return who gets which lines; those that may be spans go both ways."""
    both = "".join(
        f"""\
<match {_tag(platform, edge)}>
  @type copy
  copy_mode deep
  <store>
    @type relabel
    @label @LINES
  </store>
  <store ignore_error>
    @type relabel
    @label {_label(edge)}
  </store>
</match>

"""
        for edge in edges
    )
    return f"""\
{both}<match kubernetes.** fluentd.deleted>
  @type relabel
  @label @LINES
</match>
"""


def _spans(platform: Platform, edge: str) -> str:
    """Return how lines become spans; what cannot be sent is dropped, not waited for."""
    return f"""\
<label {_label(edge)}>
  <filter **>
    @type parser
    key_name log
    reserve_data true
    emit_invalid_record_to_error false
    <parse>
      @type json
      keep_time_key true
    </parse>
  </filter>
  <filter **>
    @type record_transformer
    enable_ruby true
    <record>
      reason ${{{span.reason(platform, edge)}}}
    </record>
  </filter>
  <filter **>
    @type grep
    <regexp>
      key reason
      pattern /./
    </regexp>
    <regexp>
      key trace_id
      pattern /^[0-9a-f]{{32}}$/
    </regexp>
  </filter>
  <filter **>
    @type record_transformer
    enable_ruby true
    renew_record true
    <record>
      resourceSpans ${{{span.expression(platform, edge)}}}
    </record>
  </filter>
  <match **>
    @type http
    @id collector_{edge.replace("-", "_")}
    endpoint {_COLLECTOR}
    http_method post
    content_type application/json
{_TLS}
    <format>
      @type json
    </format>
    <buffer>
      @type memory
      chunk_limit_records 1
      total_limit_size 16MB
      flush_mode immediate
      flush_thread_count 4
      overflow_action drop_oldest_chunk
      retry_wait 1s
      retry_max_times 3
    </buffer>
  </match>
</label>
"""


def _tag(platform: Platform, edge: str) -> str:
    return f"kubernetes.var.log.containers.*_{platform.name}_{edge}-*.log"


def _label(edge: str) -> str:
    return f"@SPANS_{edge.replace('-', '_').upper()}"
