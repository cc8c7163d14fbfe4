/** Sign-in: a password is verified, a session begins, tokens are made for it. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import express, { Router } from 'express';
import jwt from 'jsonwebtoken';
import * as z from 'zod';
import { record } from '../audit/record.js';
import { transaction } from '../transaction.js';

const SignIn = z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(1024) });
const ATTEMPTS = 10;
const LOCKED_SECONDS = 1800;
const ACCESS_SECONDS = 900;
const SESSION_SECONDS = 28_800;

const USER = {
  name: 'user-by-email',
  text: `SELECT id, email, role, password FROM users
    WHERE email = $1 AND kind = 'person' AND NOT disabled`,
};
const SESSION = {
  name: 'insert-session',
  text: `INSERT INTO session (id, user_id, expires_at, method, address, agent)
    VALUES ($1, $2, now() + make_interval(secs => $3), 'password', $4, $5)`,
};
const REFRESH = {
  name: 'insert-refresh-token',
  text: 'INSERT INTO refresh_token (digest, session_id, predecessor) VALUES ($1, $2, NULL)',
};

/**
 * @param {{
 *   pool: import('pg').Pool,
 *   redis: import('ioredis').Redis,
 *   signing: { key: import('node:crypto').KeyObject, issuer: string, audience: string },
 * }} parts
 */
export function identityRoutes({ pool, redis, signing }) {
  const routes = Router();

  /** Counts a try before it is made, so that parallel guesses are counted too. */
  async function reserve(email) {
    const key = `peer:attempts:${email}`;
    const [[, tries]] = await redis.multi().incr(key).expire(key, LOCKED_SECONDS).exec();
    return tries <= ATTEMPTS;
  }

  async function begin(user, caller, agent) {
    const session = randomUUID();
    const refresh = randomBytes(32);
    await transaction(pool, async (client) => {
      await client.query({
        ...SESSION,
        values: [session, user.id, SESSION_SECONDS, caller.address, agent],
      });
      const digest = createHash('sha256').update(refresh).digest();
      await client.query({ ...REFRESH, values: [digest, session] });
      await record(client, { ...caller, subject: user.id }, 'session.create', session, {});
    });
    await Promise.all([
      redis.set(`peer:session:${session}`, user.id, 'EX', SESSION_SECONDS),
      redis.del(`peer:attempts:${user.email}`),
    ]);
    return { session, refresh: refresh.toString('base64url') };
  }

  function accessToken(user, session) {
    return jwt.sign({ sub: user.id, role: user.role, sid: session }, signing.key, {
      algorithm: 'ES256',
      issuer: signing.issuer,
      audience: signing.audience,
      expiresIn: ACCESS_SECONDS,
    });
  }

  routes.post('/sign-in', express.json({ limit: '16kb' }), async (req, res) => {
    const wish = SignIn.safeParse(req.body);
    if (!wish.success) return res.status(400).json({ status: 400, code: 'invalid_request' });
    const { email, password } = wish.data;
    if (!(await reserve(email))) return res.status(429).json({ status: 429, code: 'locked' });
    const { rows } = await pool.query({ ...USER, values: [email] });
    const user = rows[0];
    if (user === undefined || !(await verify(user.password, password))) {
      return res.status(401).json({ status: 401, code: 'unauthenticated' });
    }
    const { session, refresh } = await begin(user, req.caller, req.get('user-agent') ?? '');
    res.cookie('refresh', refresh, { httpOnly: true, sameSite: 'strict', path: '/api/v1/identity' });
    return res.json({
      access_token: accessToken(user, session),
      token_type: 'Bearer',
      expires_in: ACCESS_SECONDS,
      user: { id: user.id, email: user.email, role: user.role },
    });
  });

  return routes;
}
