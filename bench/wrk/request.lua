-- One request, repeated: BENCH_METHOD, BENCH_TOKEN, BENCH_CACHE_CONTROL, BENCH_TRACEPARENT and
-- BENCH_BODY say which.
-- The figures leave as one line of JSON, because wrk itself prints no 95th percentile.

wrk.method = os.getenv("BENCH_METHOD")
local token = os.getenv("BENCH_TOKEN")
wrk.headers["Authorization"] = token and "Bearer " .. token
wrk.headers["Cache-Control"] = os.getenv("BENCH_CACHE_CONTROL")
wrk.headers["Traceparent"] = os.getenv("BENCH_TRACEPARENT")
wrk.body = os.getenv("BENCH_BODY")
if wrk.body then
  wrk.headers["Content-Type"] = "application/json"
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nBENCH {"requests":%d,"microseconds":%d,"p50":%d,"p95":%d,"p99":%d,"errors":'
      .. '{"connect":%d,"read":%d,"write":%d,"timeout":%d,"status":%d}}\n',
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
