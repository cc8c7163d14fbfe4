/** The catalog over HTTP: list services, read one, annotate one. */
import express, { Router } from 'express';
import * as z from 'zod';
import { annotate } from './annotations.js';
import { listServices, readService } from './services.js';

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(200).default(''),
});
const NewAnnotation = z.strictObject({
  key: z.enum(['owner', 'on-call', 'link', 'note']),
  value: z.string().min(1).max(2000),
  url: z.url().max(2000).nullish(),
});

const parseJson = express.json({ limit: '1mb' });
const notFound = (res) => res.status(404).json({ status: 404, code: 'not_found' });
const invalid = (res, error) =>
  res.status(400).json({ status: 400, code: 'invalid_request', errors: error.issues });

/** @param {{ pool: import('pg').Pool, redis: import('ioredis').Redis }} stores */
export function catalogRoutes({ pool, redis }) {
  const routes = Router();

  routes.get('/services', async (req, res) => {
    const page = Page.safeParse(req.query);
    if (!page.success) return invalid(res, page.error);
    return res.json(await listServices(pool, page.data));
  });

  routes.get('/services/:name', async (req, res) => {
    const body = await readService({ pool, redis }, req.params.name);
    return body === null ? notFound(res) : res.type('json').send(body);
  });

  routes.post('/services/:name/annotations', parseJson, async (req, res) => {
    const wish = NewAnnotation.safeParse(req.body);
    if (!wish.success) return invalid(res, wish.error);
    const made = await annotate({ pool, redis }, req.params.name, wish.data, req.caller);
    return made === null ? notFound(res) : res.status(201).json(made);
  });

  return routes;
}
