/** Who is calling: the access token is verified, then its session must still be in Redis. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';
import { Refusal } from './refusal.js';

const RANK = { viewer: 1, operator: 2, administrator: 3 };
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Public keys by id. They are parsed once: parsing a key per request costs more than a signature.
 * @param {string} file
 */
export function readKeys(file) {
  const { keys } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));
}

/** @param {{ keys: Map<string, import('node:crypto').KeyObject>, issuer: string, audience: string }} trust */
export function verifyToken({ keys, issuer, audience }) {
  const options = { algorithms: ['ES256'], issuer, audience };
  const findKey = (header, done) => {
    const key = keys.get(header.kid);
    done(key ? null : new Error('unknown key'), key);
  };
  return (req, _res, next) => {
    const [scheme, token] = (req.headers.authorization ?? '').split(' ', 2);
    if (scheme !== 'Bearer' || !token) return next(new Refusal(401, 'unauthenticated'));
    jwt.verify(token, findKey, options, (error, claims) => {
      if (error) return next(new Refusal(401, 'unauthenticated'));
      req.caller = { subject: claims.sub, role: claims.role, session: claims.sid };
      next();
    });
  };
}

/** @param {import('ioredis').Redis} redis */
export function requireSession(redis) {
  return async (req, _res, next) => {
    const alive = await redis.exists(`groundplan:session:${req.caller.session}`);
    next(alive === 1 ? undefined : new Refusal(401, 'session_ended'));
  };
}

/** Reads need a viewer, writes an operator. */
export function requireRole(req, _res, next) {
  const needed = READS.has(req.method) ? 'viewer' : 'operator';
  const allowed = (RANK[req.caller.role] ?? 0) >= RANK[needed];
  next(allowed ? undefined : new Refusal(403, 'forbidden'));
}
