/** The way to the backend replicas: kept-alive connections, one replica after the other. */
import http from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';

const FORGEABLE = /^x-groundplan-/;

/** What the backend believes about the caller is set here and nowhere else. */
function tellCaller(gatewayKey) {
  return (request, req) => {
    if (req.caller !== undefined) {
      request.setHeader('x-groundplan-subject', req.caller.subject);
      request.setHeader('x-groundplan-role', req.caller.role);
      request.setHeader('x-groundplan-session', req.caller.session);
    }
    request.setHeader('x-groundplan-gateway', gatewayKey);
    request.setHeader('x-request-id', req.id);
  };
}

/** A client's own identity headers are dropped first thing. */
export function dropForged(req, _res, next) {
  for (const name of Object.keys(req.headers)) {
    if (FORGEABLE.test(name)) delete req.headers[name];
  }
  next();
}

/** @param {{ backends: string[], gatewayKey: string }} upstream */
export function proxyToBackend({ backends, gatewayKey }) {
  let turn = 0;
  return createProxyMiddleware({
    pathFilter: '/api',
    router: () => backends[turn++ % backends.length],
    target: backends[0],
    agent: new http.Agent({ keepAlive: true, maxSockets: 1024 }),
    proxyTimeout: 10_000,
    xfwd: true,
    on: {
      proxyReq: tellCaller(gatewayKey),
      error: (error, req, res) => {
        req.log.error(error);
        if (res.headersSent) return res.destroy(error);
        res.writeHead(502, { 'content-type': 'application/problem+json' });
        res.end(JSON.stringify({ status: 502, code: 'upstream_failed', request_id: req.id }));
      },
    },
  });
}
