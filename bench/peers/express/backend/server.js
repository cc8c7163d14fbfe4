/** The backend in Express: wiring, top to bottom. */
import express from 'express';
import { Redis } from 'ioredis';
import pg from 'pg';
import { artifactRoutes } from './artifacts/routes.js';
import { auditRoutes } from './audit/routes.js';
import { readCaller } from './caller.js';
import { catalogRoutes } from './catalog/routes.js';
import { deliveryRoutes } from './delivery/routes.js';
import { identityRoutes } from './identity/routes.js';
import { settings } from './settings.js';

const pool = new pg.Pool({
  connectionString: settings.databaseUrl,
  max: settings.poolSize,
  idleTimeoutMillis: 0,
});
const redis = new Redis(settings.redisUrl, { enableAutoPipelining: true });

const app = express();
app.disable('x-powered-by');
app.set('etag', false);
app.set('trust proxy', 2);
app.get('/healthz/ready', (_req, res) => res.json({ status: 'ready' }));
app.use('/api/v1/catalog', readCaller(settings.gatewayKey), catalogRoutes({ pool, redis }));
app.use(
  '/api/v1/identity',
  readCaller(settings.gatewayKey),
  identityRoutes({ pool, redis, signing: settings.signing }),
);
app.use('/api/v1/delivery', readCaller(settings.gatewayKey), deliveryRoutes({ pool, redis }));
app.use('/api/v1/audit', readCaller(settings.gatewayKey), auditRoutes({ pool }));
app.use(
  '/api/v1/artifacts',
  readCaller(settings.gatewayKey),
  artifactRoutes({ folder: settings.artifactsFolder, key: settings.artifactsKey }),
);
app.use((error, _req, res, _next) => {
  process.stderr.write(`${error.stack}\n`);
  res.status(500).json({ status: 500, code: 'internal_error' });
});

const server = app.listen(settings.port, settings.host);
server.keepAliveTimeout = 75_000;
process.once('SIGTERM', () => server.close(() => process.exit(0)));
