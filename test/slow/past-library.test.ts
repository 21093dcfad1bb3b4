import { describe, expect, test } from 'vitest';
import { startService } from '../service/start-service.ts';

type Ask = ReturnType<typeof startService>['ask'];

/** A clock that the test sets. */
function calendar() {
  let at = new Date('2026-06-01T04:00:00Z');
  return {
    now: () => at,
    on(day: string) {
      at = new Date(`${day}T04:00:00Z`);
    },
  };
}

/** What the screens show of every enterprise, without the times at which values were entered. */
async function shown(ask: Ask) {
  const { rows } = await ask('library.list', {});
  const archived = await ask('library.list', { filter: { archived: true } });
  rows.push(...archived.rows);
  const files = await Promise.all(
    rows.map(async ({ id }) => {
      const file = await ask('enterprise.get', { id });
      return {
        ...file,
        enterprise: { ...file.enterprise, updatedAt: '' },
        facts: file.facts.map((fact) => ({ ...fact, updatedAt: '' })),
        plans: await ask('plan.list', { enterpriseId: id }),
      };
    }),
  );
  return files.sort((a, b) => (a.enterprise.id < b.enterprise.id ? -1 : 1));
}

describe('the library as it was on a past day', () => {
  test('every enterprise, figure, fact, title and plan is as it was; today is untouched', async () => {
    const time = calendar();
    const { ask, refusal, content } = startService({ now: time.now });
    await ask('samples.load', {});
    const days = new Map<string, unknown>();
    const keep = async (day: string) => days.set(day, await shown(ask));
    await keep('2026-06-01');

    time.on('2026-06-03');
    const { rows } = await ask('library.list', {});
    const [first, second, third] = rows.map(({ id }) => id) as [string, string, string];
    await ask('enterprise.update', {
      id: first,
      changes: { name: 'Renamed', district: 'East', tags: ['a'] },
    });
    await ask('figures.set', {
      enterpriseId: first,
      years: [{ year: 2024, values: { revenue: 123_456_700 } }],
    });
    await ask('bulk.apply', { selection: { ids: [second] }, operation: { do: 'trash' } });
    const made = await ask('enterprise.create', { name: 'Begun on the third' });
    await keep('2026-06-03');

    time.on('2026-06-10');
    await ask('facts.set', {
      enterpriseId: made.id,
      facts: [{ factId: 'has_own_brand', year: null, value: true, note: 'seen' }],
    });
    await ask('plan.create', { enterpriseId: third });
    await ask('trash.empty', { selection: { ids: [second] } });
    await keep('2026-06-10');

    time.on('2026-06-20');
    await ask('enterprise.archive', { id: made.id, archived: true });
    await keep('2026-06-20');
    const before = content();

    for (const [day, there] of days) {
      expect(await ask('access.past', { day })).toMatchObject({ readOnly: { reason: 'past', day } });
      expect({ day, files: await shown(ask) }).toEqual({ day, files: there });
    }
    // Between the days nothing happened.
    await ask('access.past', { day: '2026-06-05' });
    expect(await shown(ask)).toEqual(days.get('2026-06-03'));
    expect(await refusal('enterprise.update', { id: first, changes: { district: 'West' } })).toMatchObject({
      key: 'readOnlyPast',
    });
    expect(await ask('access.reopen', {})).toMatchObject({ readOnly: null });
    expect(await shown(ask)).toEqual(days.get('2026-06-20'));
    expect(content().change).toEqual(before.change);
  });

  test('a day before the library began is refused, and today stays open', async () => {
    const { ask, refusal } = startService();
    await ask('enterprise.create', { name: 'One' });
    expect(await refusal('access.past', { day: '2020-01-01' })).toMatchObject({
      key: 'pastTooEarly',
      details: { day: '2026-06-15' },
    });
    await ask('enterprise.create', { name: 'Two' });
    expect((await ask('library.list', {})).total).toBe(2);
  });
});
