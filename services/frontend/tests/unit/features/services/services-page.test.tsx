// The page of services speaks the language that its catalogue was given in.
import { screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import ServicesPage from '@/features/services/services-page';
import { translate } from '@/lib/words';
import { json, service } from '../../../made';
import { show } from '../../../render';

afterEach(() => {
  document.documentElement.lang = 'en';
});

it('shows another language where the catalogue has it, and English where not', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(json({ items: [service('backend')], next: null }))),
  );
  translate('de', 'services', { title: 'Dienste', service: 'Dienst', calls: 'Ruft auf' });
  translate('de', 'tiers', { application: 'Anwendung' });
  document.documentElement.lang = 'de';
  show(<ServicesPage />);
  expect(await screen.findByRole('table', { name: 'Dienste' })).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Dienste' })).toBeTruthy();
  const headings = screen
    .getAllByRole('columnheader', { hidden: true })
    .map((cell) => cell.textContent);
  expect(headings).toEqual(['Dienst', 'State', 'Tier', 'Replicas', 'Ruft auf']);
  expect(screen.getAllByText('Anwendung').length).toBe(2);
});
