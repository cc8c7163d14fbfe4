// A call that needs a fresh proof: asked once, repeated when proven, refused when not.
import { expect, it, vi } from 'vitest';
import { StepUp } from '@/lib/step-up';
import { json } from '../../made';

const due = () => json({ code: 'step_up_required', status: 403 }, 403);
const request = () => new Request('http://127.0.0.1/x', { method: 'POST', body: '{"a":1}' });

function make(...answers: Response[]) {
  const bodies: string[] = [];
  const send = vi.fn(async (sent: Request) => {
    bodies.push(await sent.text());
    return answers.shift() ?? json({ ok: true });
  });
  return { stepUp: new StepUp(send), send, bodies };
}

it('repeats the call, body and all, once it is proven', async () => {
  const { stepUp, bodies } = make(due());
  const answer = stepUp.fetch(request());
  await vi.waitUntil(stepUp.snapshot);
  stepUp.settle(true);
  expect((await answer).status).toBe(200);
  expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
  expect(stepUp.snapshot()).toBe(false);
});

it('says that nothing was done when the person declines', async () => {
  const { stepUp, send } = make(due());
  const answer = stepUp.fetch(request());
  await vi.waitUntil(stepUp.snapshot);
  stepUp.settle(false);
  await expect(answer).rejects.toMatchObject({ code: 'step_up_declined' });
  expect(send).toHaveBeenCalledTimes(1);
});

it('asks one question for all calls that were refused', async () => {
  const { stepUp, send } = make(due(), due());
  const told = vi.fn();
  stepUp.subscribe(told);
  const answers = [stepUp.fetch(request()), stepUp.fetch(request())];
  await vi.waitUntil(() => send.mock.calls.length === 2 && stepUp.snapshot());
  await new Promise((resolve) => setTimeout(resolve, 5));
  stepUp.settle(true);
  expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([200, 200]);
  expect(told).toHaveBeenCalledTimes(2);
});

it('asks nothing for any other refusal', async () => {
  const { stepUp } = make(json({ code: 'forbidden' }, 403));
  expect((await stepUp.fetch(request())).status).toBe(403);
  expect(stepUp.snapshot()).toBe(false);
});
