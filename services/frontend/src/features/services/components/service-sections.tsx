// The parts that tell about a service: how it runs now, and what the platform file says of it.
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { Link } from 'react-router';
import { Code, Facts } from '@/components/facts';
import { Section } from '@/components/section';
import type { ServiceDetail } from '@/lib/catalog';
import type { ComponentHealth } from '@/lib/health';
import { limitFacts, resourceFacts, routesOf } from '../facts';
import { AnnotationList } from './annotation-list';
import { ReplicaTable } from './replica-table';
import { RouteTable } from './route-table';
import { t } from '../words';

interface RunningProps {
  service: ServiceDetail;
  live: ComponentHealth;
}

/** Its replicas, and its routes. */
export function Running({ service, live }: RunningProps) {
  const routes = routesOf(service);
  const total = live.replicas.length;
  return (
    <>
      <Section
        title={total === 0 ? t('replicas') : t('replicasReady', { ready: live.ready, total })}
      >
        <ReplicaTable replicas={live.replicas} />
      </Section>
      {routes.length > 0 && (
        <Section title={t('routes')}>
          <RouteTable routes={routes} />
        </Section>
      )}
    </>
  );
}

/** What people note of it, whom it calls, and its limits and resources. */
export function Declared({ service }: { service: ServiceDetail }) {
  const limits = limitFacts(service);
  const { min, max } = service.replicas;
  return (
    <>
      <AnnotationList service={service.name} />
      <Section title={t('calls')}>
        <Facts
          facts={[
            [t('callsFrom'), <Names key="from" names={service.called_by} none={t('nobody')} />],
            [t('callsTo'), <Names key="to" names={service.calls} none={t('nothing')} />],
          ]}
        />
      </Section>
      {limits.length > 0 && (
        <Section title={t('limits')}>
          <Facts facts={limits} />
        </Section>
      )}
      <Section title={t('declared')}>
        <Facts
          facts={[
            [t('replicas'), min === max ? String(min) : t('range', { min, max })],
            ...resourceFacts(service),
            ...(service.image === null
              ? []
              : [[t('image'), <Code key="i">{service.image}</Code>] as const]),
            [t('source'), <Code key="s">{service.source}</Code>],
          ]}
        />
      </Section>
    </>
  );
}

function Names({ names, none }: { names: readonly string[]; none: string }) {
  if (names.length === 0) return <>{none}</>;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
      {names.map((name) => (
        <Chip
          key={name}
          clickable
          variant="outlined"
          component={Link}
          to={`/services/${encodeURIComponent(name)}`}
          label={name}
        />
      ))}
    </Box>
  );
}
