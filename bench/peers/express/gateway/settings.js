/** What the gateway is told by its environment; read once, at the start. */

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
  redisUrl: required('REDIS_URL'),
  jwksFile: required('JWKS_FILE'),
  issuer: required('ISSUER'),
  audience: required('AUDIENCE'),
  gatewayKey: required('GATEWAY_KEY'),
  backends: required('BACKENDS').split(','),
  limitRequests: Number(required('LIMIT_REQUESTS')),
  limitSeconds: Number(required('LIMIT_SECONDS')),
});
