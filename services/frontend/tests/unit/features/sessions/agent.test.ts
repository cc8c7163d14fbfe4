// A browser's description in words.
import { expect, it } from 'vitest';
import { agentLabel } from '@/features/sessions/agent';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36';

it.each([
  [chrome, 'Chrome on Linux'],
  [`${chrome.replace('X11; Linux x86_64', 'Windows NT 10.0')} Edg/156.0`, 'Edge on Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604', 'Safari on iOS'],
  ['curl/8.4.0', 'curl'],
  ['Python-urllib/3.11', 'Python'],
  ['SomethingElse/1.0', 'SomethingElse'],
  ['', 'Unknown client'],
  [null, 'Unknown client'],
])('calls %s %s', (agent, label) => {
  expect(agentLabel(agent)).toBe(label);
});
