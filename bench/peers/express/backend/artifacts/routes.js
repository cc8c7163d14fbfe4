/** Files over HTTP: begin an upload, send its parts, end it, fetch the file. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import express, { Router } from 'express';
import * as z from 'zod';
import * as sealed from './sealed.js';

const PART = 16 * 1024 * 1024;
const NewUpload = z.object({ name: z.string().min(1).max(255), size: z.number().int().min(1) });
const Id = z.uuid();

const parseJson = express.json({ limit: '1mb' });
const invalid = (res, error) =>
  res.status(400).json({ status: 400, code: 'invalid_request', errors: error.issues });

/** @param {{ folder: string, key: Buffer }} store */
export function artifactRoutes({ folder, key }) {
  const routes = Router();
  const place = (id, name) => join(folder, Id.parse(id), String(name));
  const known = async (id) => JSON.parse(await readFile(place(id, 'upload.json'), 'utf8'));

  async function* pieces(id, parts) {
    for (let number = 1; number <= parts; number += 1) {
      yield* await sealed.read(key, place(id, number));
    }
  }

  routes.post('/uploads', parseJson, async (req, res) => {
    const wish = NewUpload.safeParse(req.body);
    if (!wish.success) return invalid(res, wish.error);
    const { name, size } = wish.data;
    const upload = { id: randomUUID(), name, size, part_size: PART, parts: Math.ceil(size / PART) };
    await mkdir(join(folder, upload.id), { recursive: true });
    await writeFile(place(upload.id, 'upload.json'), JSON.stringify(upload));
    return res.status(201).json({ ...upload, state: 'uploading' });
  });

  routes.put('/uploads/:id/parts/:number', async (req, res) => {
    const upload = await known(req.params.id);
    const number = z.coerce.number().int().min(1).max(upload.parts).parse(req.params.number);
    const made = await sealed.write(key, place(upload.id, number), req);
    return res.json({ number, ...made });
  });

  routes.post('/uploads/:id/complete', async (req, res) => {
    const upload = await known(req.params.id);
    const digest = createHash('sha256');
    for await (const piece of pieces(upload.id, upload.parts)) digest.update(piece);
    return res.json({ ...upload, state: 'ready', sha256: digest.digest('hex') });
  });

  routes.get('/:id/content', async (req, res) => {
    const upload = await known(req.params.id);
    res.type('application/octet-stream').set('content-length', String(upload.size));
    await pipeline(pieces(upload.id, upload.parts), res);
  });

  return routes;
}
