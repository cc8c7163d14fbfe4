/** What the backend is told by its environment; read once, at the start. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * @param {string} name
 * @returns {string}
 */
function required(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const settings = Object.freeze({
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(required('PORT')),
  databaseUrl: required('DATABASE_URL'),
  redisUrl: required('REDIS_URL'),
  gatewayKey: required('GATEWAY_KEY'),
  artifactsFolder: required('ARTIFACTS_FOLDER'),
  artifactsKey: Buffer.from(required('ARTIFACTS_KEY'), 'hex'),
  poolSize: Number(required('DATABASE_POOL_SIZE')),
  signing: {
    key: createPrivateKey(readFileSync(required('SIGNING_KEY_FILE'))),
    issuer: required('ISSUER'),
    audience: required('AUDIENCE'),
  },
});
