// What the live state means.
import { describe, expect, it } from 'vitest';
import { componentHealth, healthOf, platformHealth } from '@/lib/health';
import { replica, stateOf } from '../../made';

describe('a component', () => {
  it.each([
    [['ready', 'ready'], 'good', 'ready'],
    [['ready', 'starting'], 'busy', 'rolling'],
    [['ready', 'failed'], 'warn', 'degraded'],
    [['failed', 'starting'], 'bad', 'failed'],
    [['unready', 'starting'], 'warn', 'not ready'],
    [['backoff', 'backoff'], 'warn', 'restarting'],
    [['stopped', 'stopped'], 'idle', 'stopped'],
  ])('with replicas %j is %s', (states, health, label) => {
    const state = stateOf(...states.map((word, index) => replica('a', index + 1, word)));
    expect(componentHealth('a', state)).toMatchObject({ health, label });
  });

  it('that nobody runs is idle, not broken', () => {
    expect(componentHealth('storage', stateOf(replica('a', 1, 'ready')))).toMatchObject({
      health: 'idle',
      replicas: [],
    });
  });
});

it('takes a state that it does not know for one to watch', () => {
  expect(healthOf('quantum')).toBe('warn');
});

describe('the platform', () => {
  it('names the worst first', () => {
    const state = stateOf(
      replica('a', 1, 'unready'),
      replica('b', 1, 'failed'),
      replica('c', 1, 'ready'),
    );
    const { health, troubled, ready, total } = platformHealth(state);
    expect([health, ready, total]).toEqual(['bad', 1, 3]);
    expect(troubled.map((each) => each.name)).toEqual(['b', 'a']);
  });

  it('is well only when everything is', () => {
    expect(platformHealth(stateOf(replica('a', 1, 'ready'))).health).toBe('good');
    expect(platformHealth(stateOf(replica('a', 1, 'starting'))).health).toBe('busy');
    expect(platformHealth(stateOf()).health).toBe('idle');
  });
});
