/** Requests that the gateway refuses, and how it says so: problem+json with a stable code. */
import { STATUS_CODES } from 'node:http';

export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   */
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Express's error handler; anything but a refusal means that a dependency failed. */
export function answerRefusal(error, req, res, _next) {
  const refusal = error instanceof Refusal ? error : new Refusal(503, 'authorization_unavailable');
  if (refusal !== error) req.log.error(error);
  const { status, code } = refusal;
  res.status(status).type('application/problem+json');
  res.send(JSON.stringify({ title: STATUS_CODES[status], status, code, request_id: req.id }));
}
