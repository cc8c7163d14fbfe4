/** Releases, and the stream on which everybody follows what happens. */
import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import * as z from 'zod';
import { record } from '../audit/record.js';
import { transaction } from '../transaction.js';

const NewRelease = z.strictObject({
  service: z.string().min(1).max(63),
  version: z.string().min(1).max(128),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  built_by: z.string().min(1).max(200),
  built_at: z.iso.datetime(),
});
const CHANNEL = 'peer:events';
const SILENCE_MS = 5000;

const RELEASE = {
  name: 'insert-release',
  text: `INSERT INTO release (id, service, version, digest, built_by, built_at, created_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id, service, version, digest, built_by, built_at, created_at`,
};
const EVENT = {
  name: 'insert-event',
  text: 'INSERT INTO peer_event (body) VALUES ($1) RETURNING id',
};

/** @param {{ pool: import('pg').Pool, redis: import('ioredis').Redis }} stores */
export function deliveryRoutes({ pool, redis }) {
  const routes = Router();
  const followers = new Set();
  const tell = (frame) => {
    for (const each of followers) each.write(frame);
  };
  const subscriber = redis.duplicate();
  subscriber.subscribe(CHANNEL);
  subscriber.on('message', (_channel, frame) => tell(frame));
  setInterval(() => tell(':\n\n'), SILENCE_MS).unref();

  routes.get('/events', (req, res) => {
    res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    res.write(':\n\n');
    followers.add(res);
    res.on('close', () => followers.delete(res));
  });

  routes.post('/releases', express.json({ limit: '1mb' }), async (req, res) => {
    const wish = NewRelease.safeParse(req.body);
    if (!wish.success) return res.status(400).json({ status: 400, code: 'invalid_request' });
    const { service, version, digest, built_by: by, built_at: at } = wish.data;
    const { release, frame } = await transaction(pool, async (client) => {
      const values = [randomUUID(), service, version, digest, by, at, req.caller.subject];
      const release = (await client.query({ ...RELEASE, values })).rows[0];
      await record(client, req.caller, 'release.create', release.id, { service, version, digest });
      const body = JSON.stringify({ type: 'release.created', services: [service], release });
      const { id } = (await client.query({ ...EVENT, values: [body] })).rows[0];
      return { release, frame: `id: ${id}\nevent: release.created\ndata: ${body}\n\n` };
    });
    await redis.publish(CHANNEL, frame);
    return res.status(201).json(release);
  });

  return routes;
}
