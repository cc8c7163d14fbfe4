"""OpenTelemetry's protocol over HTTP, in: traces and logs, as protobuf and as JSON."""
