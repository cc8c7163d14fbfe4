// The words of the pages on metrics.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('metrics', {
  title: 'Metrics',
  loading: 'Loading',
  summary: 'Rate, errors and durations of every service, and what lies under them.',
  services: 'Services',
  service: 'Service',
  up: 'Heard of',
  upOf: '{up} of {replicas}',
  rate: 'Requests',
  errors: 'Errors',
  p50: 'Half within',
  p95: '95 of 100 within',
  p99: '99 of 100 within',
  unreadable: 'The metrics could not be read',
  chartUnreadable: 'This could not be read',
  empty: 'Nothing was measured yet',
  emptyHint: 'The first numbers come a few seconds after the platform is up.',
  compare: 'Compare with',
  nothing: 'Nothing',
  comparisonBefore: 'The time before',
  comparisonDay: 'A day earlier',
  before: '{name}, earlier',
  total: 'all',
  'omitted.one': '{count} more line is not shown.',
  'omitted.other': '{count} more lines are not shown.',
  'group.requests': 'Requests',
  'group.process': 'Processes',
  'group.dependencies': 'What it calls',
  'group.database': 'Database',
  'group.cache': 'Cache',
  'group.business': 'Use of the platform',
  'group.machine': 'Machine',
  'chart.requests': 'Requests',
  'chart.errors': 'Share of errors',
  'chart.latency': 'Durations',
  'chart.routes': 'Busiest routes',
  'chart.statuses': 'Answers by status',
  'chart.processor': 'Processor, of one core',
  'chart.memory': 'Memory',
  'chart.dependencies': 'Durations of calls',
  'chart.connections': 'Connections',
  'chart.transactions': 'Transactions',
  'chart.database-size': 'Size',
  'chart.commands': 'Commands',
  'chart.cache-memory': 'Memory',
  'chart.cache-reads': 'Reads through the cache',
  'chart.sign-ins': 'Sign-ins',
  'chart.deployments': 'Deployments',
  'chart.uploads': 'Uploads',
  'chart.machine-processor': 'Processor',
  'chart.machine-memory': 'Memory',
  'chart.machine-disk': 'Disk',
});

/** A group's or a chart's name in words; one that is new here keeps the API's own. */
export function named(kind: 'group' | 'chart', name: string): string {
  const key = `${kind}.${name}`;
  const words = t(key as 'group.requests');
  return words === key ? name.replaceAll(/[-_]/g, ' ') : words;
}
