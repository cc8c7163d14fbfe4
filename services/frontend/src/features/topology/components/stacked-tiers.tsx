// The architecture where there is no room for a drawing: tiers as lists, calls in words.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { HealthMark } from '@/components/health-mark';
import { Icon } from '@/components/icon';
import { kindLabel, tiers, type Platform, type PlatformState, type Service } from '@/lib/catalog';
import { componentHealth } from '@/lib/health';
import { receivedWords, type Traffic } from '../traffic';
import { zoneLetter, zonesOf } from '../zones';
import { PipMark } from './legend';
import { t } from '../words';

interface StackedTiersProps {
  platform: Platform;
  services: readonly Service[];
  state: PlatformState | undefined;
  traffic: Traffic;
  onChoose: (name: string) => void;
}

export function StackedTiers(props: StackedTiersProps) {
  const { platform, services, state, traffic, onChoose } = props;
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      {tiers.map((tier) => {
        const members = services.filter((service) => service.tier === tier.id);
        if (members.length === 0) return null;
        return (
          <Box component="section" key={tier.id} aria-label={t('tier', { name: tier.label })}>
            <Typography variant="h3" component="h2" sx={{ mb: 0.75 }}>
              {tier.label}{' '}
              <Typography component="span" variant="caption" color="textSecondary">
                {tier.hint}
              </Typography>
            </Typography>
            <Box sx={{ display: 'grid', gap: 1 }}>
              {members.map((service) => (
                <Entry
                  key={service.name}
                  service={service}
                  state={state}
                  traffic={traffic}
                  zones={platform.zones}
                  onChoose={onChoose}
                />
              ))}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

interface EntryProps {
  service: Service;
  state: PlatformState | undefined;
  traffic: Traffic;
  zones: readonly string[];
  onChoose: (name: string) => void;
}

function Entry({ service, state, traffic, zones, onChoose }: EntryProps) {
  const live = componentHealth(service.name, state);
  return (
    <ButtonBase
      onClick={() => {
        onChoose(service.name);
      }}
      sx={(theme) => ({
        display: 'block',
        width: '100%',
        p: 1.5,
        textAlign: 'left',
        borderRadius: '10px',
        border: `1px solid ${theme.vars.palette.divider}`,
        backgroundColor: theme.vars.palette.surface.raised,
      })}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Icon name={service.kind} sx={{ color: 'text.secondary' }} />
        <Typography variant="body2" component="span" sx={{ fontWeight: 600, flexGrow: 1 }}>
          {service.name}
        </Typography>
        <HealthMark health={live.health} label={live.label} />
      </Box>
      <Typography variant="caption" component="div" color="textSecondary" sx={{ mt: 0.5 }}>
        {service.description || kindLabel(service.kind)}
        {service.calls.length > 0 && ` · ${t('calls', { names: service.calls.join(', ') })}`}
        {receivedWords(service.name, traffic)}
      </Typography>
      <Box sx={{ display: 'flex', gap: 2, mt: 1 }}>
        {zonesOf(service, live, zones).map((zone) => (
          <Box key={zone.name} sx={{ display: 'flex', alignItems: 'center', gap: '4px' }}>
            <Typography variant="caption" color="textSecondary">
              {zoneLetter(zone.name)}
            </Typography>
            {zone.pips.map((pip) => (
              <PipMark key={pip.replica} health={pip.health} label={pip.label} />
            ))}
          </Box>
        ))}
      </Box>
    </ButtonBase>
  );
}
