/** The API gateway in Express: each request passes the handlers in the order they stand here. */
import { randomUUID } from 'node:crypto';
import express from 'express';
import helmet from 'helmet';
import { Redis } from 'ioredis';
import pino from 'pino';
import { pinoHttp } from 'pino-http';
import { readKeys, requireRole, requireSession, verifyToken } from './authenticate.js';
import { limitAddress, limitCaller } from './limit.js';
import { dropForged, proxyToBackend } from './proxy.js';
import { answerRefusal } from './refusal.js';
import { settings } from './settings.js';

const redis = new Redis(settings.redisUrl, { enableAutoPipelining: true, maxRetriesPerRequest: 1 });
const log = pino(pino.destination({ fd: 1, sync: false, minLength: 4096 }));

const app = express();
app.disable('x-powered-by');
app.set('etag', false);
app.set('trust proxy', 1);

app.get('/healthz/ready', (_req, res) => res.json({ status: 'ready' }));
app.use(
  pinoHttp({
    logger: log,
    genReqId: (req) => req.headers['x-request-id'] ?? randomUUID(),
    quietReqLogger: true,
    serializers: {
      req: ({ method, url, remoteAddress }) => ({ method, url, remoteAddress }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  }),
);
app.use(helmet());
app.use(dropForged);
const limit = { requests: settings.limitRequests, seconds: settings.limitSeconds };
const proxy = proxyToBackend(settings);
app.post('/api/v1/identity/sign-in', limitAddress(redis, limit), proxy);
app.use('/api', verifyToken({ keys: readKeys(settings.jwksFile), ...settings }));
app.use('/api', requireSession(redis), requireRole);
app.use('/api', limitCaller(redis, limit));
app.use(proxy);
app.use(answerRefusal);

const server = app.listen(settings.port, settings.host);
server.keepAliveTimeout = 75_000;
process.once('SIGTERM', () => server.close(() => process.exit(0)));
