/** Who the gateway says is calling; believed only with the gateway's key. */
import { timingSafeEqual } from 'node:crypto';

/** @param {string} gatewayKey */
export function readCaller(gatewayKey) {
  const expected = Buffer.from(gatewayKey);
  return (req, res, next) => {
    const given = Buffer.from(req.get('x-groundplan-gateway') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return res.status(401).json({ status: 401, code: 'unauthenticated' });
    }
    req.caller = {
      subject: req.get('x-groundplan-subject'),
      address: req.ip,
      requestId: req.get('x-request-id'),
    };
    next();
  };
}
