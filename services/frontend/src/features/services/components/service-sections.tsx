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

interface RunningProps {
  service: ServiceDetail;
  live: ComponentHealth;
}

/** Its replicas, and its routes. */
export function Running({ service, live }: RunningProps) {
  const routes = routesOf(service);
  const count = `${String(live.ready)} of ${String(live.replicas.length)} ready`;
  return (
    <>
      <Section title={live.replicas.length === 0 ? 'Replicas' : `Replicas (${count})`}>
        <ReplicaTable replicas={live.replicas} />
      </Section>
      {routes.length > 0 && (
        <Section title="Routes">
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
      <Section title="Calls">
        <Facts
          facts={[
            ['From', <Names key="from" names={service.called_by} none="nobody inside" />],
            ['To', <Names key="to" names={service.calls} none="nothing" />],
          ]}
        />
      </Section>
      {limits.length > 0 && (
        <Section title="Limits">
          <Facts facts={limits} />
        </Section>
      )}
      <Section title="Declared">
        <Facts
          facts={[
            ['Replicas', min === max ? String(min) : `${String(min)} to ${String(max)}`],
            ...resourceFacts(service),
            ...(service.image === null
              ? []
              : [['Image', <Code key="i">{service.image}</Code>] as const]),
            ['Source', <Code key="s">{service.source}</Code>],
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
