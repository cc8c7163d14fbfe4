// The caller's factors: a first one brings its recovery codes, few codes left stand out.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { FactorSetting } from '@/features/security/components/factor-setting';
import { json } from '../../../../made';
import { show } from '../../../../render';

const factor = {
  id: 'f1',
  kind: 'totp',
  name: 'My phone',
  created_at: '2026-01-01T00:00:00Z',
  last_used_at: null,
};
const enrolment = {
  enrolment: 'e',
  secret: 'ABCDEFGH',
  uri: '',
  qr: { size: 9, path: 'M0 0h1' },
  expires_at: '',
};

function answer(factors: object[], more: Record<string, () => Response> = {}): void {
  vi.stubGlobal('fetch', (request: Request) => {
    const path = new URL(request.url).pathname;
    const made = Object.entries(more).find(([end]) => path.endsWith(end))?.[1];
    if (made !== undefined) return Promise.resolve(made());
    return Promise.resolve(
      json({
        items: factors,
        next: null,
        recovery_codes_left: factors.length,
        required: true,
        passkey_origin: 'http://localhost',
      }),
    );
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('says that a role needs a factor where there is none', async () => {
  answer([]);
  show(<FactorSetting />);
  expect(await screen.findByText('Your role needs a second factor.')).toBeTruthy();
});

it('counts the recovery codes that are left', async () => {
  answer([factor]);
  show(<FactorSetting />);
  expect(await screen.findByText('1 recovery code left')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Remove My phone' })).toBeTruthy();
});

it('shows the recovery codes that come with a first factor', async () => {
  answer([], {
    '/factors/totp': () => json(enrolment),
    '/factors/totp/confirm': () => json({ factor, recovery_codes: ['aaaa-bbbb'] }, 201),
  });
  show(<FactorSetting />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a code generator' }));
  expect(await screen.findByText('ABCD EFGH')).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Code'), '123456');
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(await screen.findByText('aaaa-bbbb')).toBeTruthy();
});
