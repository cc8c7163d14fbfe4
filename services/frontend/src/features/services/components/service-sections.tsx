// The parts that tell about a service: replicas, calls, routes, limits, resources, annotations.
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import { Code, Facts } from '@/components/facts';
import { Section } from '@/components/section';
import type { ServiceDetail } from '@/lib/catalog';
import type { ComponentHealth } from '@/lib/health';
import { limitFacts, resourceFacts, routesOf } from '../facts';
import { AnnotationList } from './annotation-list';
import { ReplicaTable } from './replica-table';
import { RouteTable } from './route-table';

interface ServiceSectionsProps {
  service: ServiceDetail;
  live: ComponentHealth;
}

export function ServiceSections({ service, live }: ServiceSectionsProps) {
  const limits = limitFacts(service);
  return (
    <>
      {service.description !== '' && (
        <Typography variant="body2" color="textSecondary">
          {service.description}
        </Typography>
      )}
      <Section title={`Replicas (${String(live.ready)} of ${String(live.replicas.length)} ready)`}>
        <ReplicaTable replicas={live.replicas} />
      </Section>
      <AnnotationList service={service.name} />
      <Section title="Calls">
        <Facts
          facts={[
            ['From', <Names key="from" names={service.called_by} none="nobody inside" />],
            ['To', <Names key="to" names={service.calls} none="nothing" />],
          ]}
        />
      </Section>
      {service.routes.length > 0 && (
        <Section title="Routes">
          <RouteTable routes={routesOf(service)} />
        </Section>
      )}
      {limits.length > 0 && (
        <Section title="Limits">
          <Facts facts={limits} />
        </Section>
      )}
      <Section title="Declared">
        <Facts
          facts={[
            ['Replicas', `${String(service.replicas.min)} to ${String(service.replicas.max)}`],
            ...resourceFacts(service),
            ...(service.image === null ? [] : [['Image', <Code key="i">{service.image}</Code>] as const]),
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
