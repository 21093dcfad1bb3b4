import { expect, test } from 'vitest';
import { type CallName, calls } from '../../electron/api.ts';
import { startService } from './start-service.ts';

/** Calls that answer whoever asks, as they say nothing of any enterprise. */
const HARMLESS = [
  'app.info',
  'settings.get',
  'settings.set',
  'reference.get',
  'guest.status',
  'draft.list',
  'access.status',
  'check.status',
  'check.run',
  'backup.status',
  'uscc.check',
  'wording.list',
];

test('while guests watch, one enterprise is worked on as ever and nothing of the others comes out of any call', async () => {
  const { ask, service } = startService();
  const { id: mine } = await ask('enterprise.create', { name: 'Visible Co' });
  const { id: other } = await ask('enterprise.create', { name: 'Hidden Co' });
  const plan = await ask('plan.create', { enterpriseId: other });
  await ask('draft.keep', { key: `typed ${other} profile brief`, value: 'secret' });
  await ask('enterprise.update', { id: other, changes: { brief: 'secret' } });
  await ask('guest.begin', { enterpriseId: mine });

  await ask('enterprise.update', { id: mine, changes: { niche: 'laser' } });
  await ask('figures.set', { enterpriseId: mine, years: [{ year: 2025, values: { revenue: 1 } }] });
  expect((await ask('diagnosis.evaluate', { enterpriseId: mine })).rungs).toHaveLength(3);
  const own = await ask('plan.create', { enterpriseId: mine });
  expect((await ask('plan.get', { id: own.id })).id).toBe(own.id);

  // Every call of the contract, asked in the ways a window could ask it about someone else.
  const inputs = [{}, { enterpriseId: other }, { id: other }, { id: plan.id }, { id: plan.id, locale: 'zh' }];
  for (const name of Object.keys(calls) as CallName[]) {
    if (/^(guest|undo|rescue)\.|\.(begin|reopen)$/.test(name)) continue;
    for (const input of inputs) {
      const answer = await service.call(name, input, 'shell');
      // Calls of the passphrase are about the library as a whole.
      if (answer.ok && !name.startsWith('protection.')) expect(HARMLESS).toContain(name);
      expect(JSON.stringify(answer)).not.toMatch(/Hidden Co|secret/);
    }
  }

  // A name that is taken is not told whose it is.
  const taken = await service.call(
    'enterprise.update',
    { id: mine, changes: { name: 'Hidden Co' } },
    'window',
  );
  expect(taken).toMatchObject({ ok: false, error: { code: 'duplicate', details: { holder: '\u2026' } } });

  // Undo does not reach behind what the guests may see.
  while (await ask('undo.back', {}));
  await ask('guest.end', {});
  const left = await ask('enterprise.get', { id: other });
  expect([left.enterprise.name, left.enterprise.brief]).toEqual(['Hidden Co', 'secret']);
  expect((await ask('library.list', {})).rows.map((row) => row.name)).toContain('Hidden Co');
});

test('a restart in the presence of guests shows no more than before', async () => {
  const first = startService();
  const { id } = await first.ask('enterprise.create', { name: 'Visible Co' });
  await first.ask('guest.begin', { enterpriseId: id });
  await first.service.close();
  const { ask, service } = startService({ dataDir: first.dataDir });
  expect(await ask('guest.status', {})).toEqual({ enterpriseId: id });
  expect(await service.call('library.list', {}, 'window')).toMatchObject({
    ok: false,
    error: { code: 'forbidden', key: 'guestsWatch' },
  });
});
