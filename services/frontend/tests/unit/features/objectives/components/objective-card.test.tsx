// An objective on its card: what it means for users stands there where the file says it.
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Objective } from '@/features/objectives/budget';
import { ObjectiveCard } from '@/features/objectives/components/objective-card';
import { show } from '../../../../render';

const objective: Objective = {
  name: 'api-availability',
  service: 'gateway',
  description: 'What people ask for is answered',
  target: 0.999,
  period_days: 30,
  achieved: 0.9995,
  seen_days: 30,
  budget_left: 0.5,
  burn_rates: [],
  exhausted_in_seconds: null,
  state: 'met',
};

it('says what the objective means', () => {
  show(<ObjectiveCard objective={objective} />);
  expect(screen.getByText('gateway').nextElementSibling?.textContent).toBe(
    'What people ask for is answered',
  );
});

it('leaves no room for what nobody said', () => {
  show(<ObjectiveCard objective={{ ...objective, description: '' }} />);
  expect(screen.getByText('gateway').nextElementSibling).toBeNull();
});
