/** The caller's limit, counted in Redis so that all gateway replicas share one count. */
import { rateLimit } from 'express-rate-limit';
import { RedisStore } from 'rate-limit-redis';
import { Refusal } from './refusal.js';

/**
 * @param {import('ioredis').Redis} redis
 * @param {{ requests: number, seconds: number }} limit
 */
export const limitCaller = (redis, limit) => limited(redis, limit, (req) => req.caller.subject);

/** For who has no token yet. */
export const limitAddress = (redis, limit) => limited(redis, limit, (req) => req.ip);

function limited(redis, { requests, seconds }, keyGenerator) {
  return rateLimit({
    windowMs: seconds * 1000,
    limit: requests,
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    keyGenerator,
    handler: (_req, _res, next) => next(new Refusal(429, 'rate_limited')),
    store: new RedisStore({
      prefix: 'peer:limit:',
      sendCommand: (command, ...words) => redis.call(command, ...words),
    }),
  });
}
