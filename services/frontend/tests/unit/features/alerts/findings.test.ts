// What alerts found, one by one: the most urgent first, each with the service it is about.
import { expect, it } from 'vitest';
import { extraLabels, findingsOf, serviceOf } from '@/features/alerts/findings';
import { alert, found } from './made';

it('puts what pages before tickets, and what is not sure yet last', () => {
  const alerts = [
    alert('Slow', { severity: 'ticket', found: [found('firing')] }),
    alert('Maybe', { found: [found('pending')] }),
    alert('Down', { found: [found('firing', { instance: 'a' }), found('firing')] }),
    alert('Fine'),
  ];
  const findings = findingsOf(alerts);
  expect(findings.map((finding) => finding.alert.name)).toEqual(['Down', 'Down', 'Slow', 'Maybe']);
  expect(new Set(findings.map(({ key }) => key)).size).toBe(4);
});

it('finds the service in the labels, else in the rule', () => {
  const one = (labels: Record<string, string>) =>
    findingsOf([alert('Down', { service: 'gateway', found: [found('firing', labels)] })])[0]!;
  expect([
    serviceOf(one({ service: 'orders' })),
    serviceOf(one({ job: 'cache' })),
    serviceOf(one({})),
  ]).toEqual(['orders', 'cache', 'gateway']);
});

it('shows labels that say more', () => {
  const labels = { alertname: 'Down', severity: 'page', job: 'node', mountpoint: '/' };
  const [finding] = findingsOf([alert('Down', { found: [found('firing', labels)] })]);
  expect(extraLabels(finding!)).toEqual([['mountpoint', '/']]);
});
