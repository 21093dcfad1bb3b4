import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../electron/library/packs.ts';
import { CARRIED_NAME, type Carried } from '../../electron/plan/carried.ts';
import { MANIFEST_NAME, type Manifest } from '../../electron/plan/manifest.ts';
import { planned } from '../service/planned-firm.ts';
import { startService } from '../service/start-service.ts';

let folder: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-take-in-'));
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

type Running = ReturnType<typeof startService>;
let files = 0;

async function exported(
  from: Running,
  planId: string,
  layout: 'full' | 'takeaway' = 'full',
): Promise<string> {
  const path = join(folder, `${++files}.pdf`);
  await from.ask('plan.exportFile', { planId, locale: 'zh', layout, path });
  return path;
}

async function opened(by: Running, path: string) {
  const answer = await by.ask('case.open', { path });
  if (!('verified' in answer)) throw new Error('no plan');
  return answer.verified;
}

async function takenIn(by: Running, path: string) {
  const { offer } = await opened(by, path);
  const firm = offer!.content!.firms[0]!;
  return by.ask('case.apply', { id: offer!.id, firms: [firm.caseId] });
}

/** What of an enterprise travels with a plan: without times, and without what is the consultant's own. */
async function facts(by: Running, id: string) {
  const { enterprise, figures, facts: answers, titles, ipRights } = await by.ask('enterprise.get', { id });
  const { createdAt: _, updatedAt: __, tags: ___, notes: ____, consultant: _____, ...profile } = enterprise;
  return {
    profile,
    figures,
    titles,
    ipRights,
    answers: answers.map(({ updatedAt: ______, ...rest }) => rest),
  };
}

const qpdf = (...args: string[]) => execFileSync('qpdf', args, { stdio: ['ignore', 'pipe', 'pipe'] });
function attached<T>(path: string, name: string): T {
  return JSON.parse(qpdf(path, `--show-attachment=${name}`).toString('utf8')) as T;
}

function withAttachments(path: string, contents: Record<string, string | null>): string {
  let from = path;
  for (const [name, content] of Object.entries(contents)) {
    const [less, more] = [join(folder, `${++files}.pdf`), join(folder, `${++files}.pdf`)];
    qpdf(from, `--remove-attachment=${name}`, '--', less);
    from = less;
    if (content === null) continue;
    const file = join(folder, name);
    writeFileSync(file, content);
    qpdf(less, '--add-attachment', file, `--filename=${name}`, `--key=${name}`, '--', more);
    from = more;
  }
  return from;
}

/** A PDF as versions before this wrote it. */
function former(path: string): string {
  const { carried: _, ...manifest } = attached<Manifest>(path, MANIFEST_NAME);
  return withAttachments(path, { [CARRIED_NAME]: null, [MANIFEST_NAME]: JSON.stringify(manifest) });
}

describe('a plan exported here', () => {
  test('brings enterprise, check-up and plan into another library, once, and goes again as one step', async () => {
    const here = await planned();
    const { ask, id, plan } = here;
    await ask('enterprise.update', { id, changes: { notes: 'never to be seen', tags: ['own'] } });
    await ask('facts.set', {
      enterpriseId: id,
      facts: [
        { factId: 'eval_score', year: 2025, value: '41', basis: 'declared', source: 's', note: 'mine' },
      ],
    });
    const then = await facts(here, id);
    const again = await ask('plan.create', { enterpriseId: id });
    // What was done after the check-up does not travel with it.
    await ask('figures.set', { enterpriseId: id, years: [here.year(2025, 9999, 905, 86.4, 2125)] });
    const path = await exported(here, again.id);
    expect(readFileSync(path).equals(readFileSync(await exported(here, again.id)))).toBe(true);
    expect(JSON.stringify(attached(path, CARRIED_NAME))).not.toContain('never to be seen');

    const away = startService();
    const empty = away.content();
    const verified = await opened(away, path);
    expect(verified.checks.find(({ check }) => check === 'carried')?.state).toBe('ok');
    expect(verified).toMatchObject({ result: 'genuine', offer: { kind: 'plan', sealed: false } });
    expect(verified.offer!.content!.firms).toMatchObject([
      { found: 'new', disagreementCount: 0, made: { figure: 3, title: 1, diagnosis: 1, plan: 1, fact: 1 } },
    ]);
    const taken = await takenIn(away, path);
    expect(taken).toMatchObject({ added: 1, conflicts: 0 });
    const there = await facts(away, id);
    then.answers = then.answers.map((fact) => ({ ...fact, note: null }));
    expect(there).toEqual(then);
    expect((await away.ask('plan.get', { id: again.id })).content).toEqual(again.content);
    expect(await away.ask('diagnosis.verify', { id: again.diagnosisId })).toMatchObject({ same: true });
    // The plan it took in is exported there as the same document.
    expect((await opened(away, path)).checks.find(({ check }) => check === 'library')?.state).toBe('ok');

    const twice = (await opened(away, path)).offer!.content!.firms[0]!;
    expect(twice).toMatchObject({ made: {}, takenCount: 0, disagreementCount: 0, found: 'id' });
    await away.ask('enterprise.update', { id, changes: { district: 'edited since' } });
    expect((await opened(away, path)).offer!.content!.firms[0]).toMatchObject({
      takenCount: 0,
      disagreementCount: 0,
    });
    await away.ask('undo.back', {});
    await away.ask('case.undo', { batchId: taken.batchId });
    const after = away.content();
    for (const table of [
      'enterprise',
      'figure',
      'fact',
      'title',
      'ip_right',
      'diagnosis',
      'plan',
      'foreign_change',
    ])
      expect(after[table], table).toEqual(empty[table]);
    expect(plan.id).not.toBe(again.id);
  });

  test('is known in its own library, also after more was done there', async () => {
    const here = await planned();
    const path = await exported(here, here.plan.id, 'takeaway');
    await here.ask('figures.set', { enterpriseId: here.id, years: [here.year(2025, 2000, 905, 86.4, 2125)] });
    await here.ask('titles.remove', {
      enterpriseId: here.id,
      id: (await facts(here, here.id)).titles[0]!.id,
    });
    expect((await opened(here, path)).offer!.content!.firms[0]).toMatchObject({
      found: 'id',
      made: {},
      takenCount: 0,
      disagreementCount: 0,
    });
  });

  test('meets other work field by field; the package that comes later brings the rest', async () => {
    const here = await planned();
    const { id } = here;
    const away = startService();
    await takenIn(away, await exported(here, here.plan.id));
    await away.ask('enterprise.update', { id, changes: { district: 'away' } });
    await here.ask('enterprise.update', {
      id,
      changes: { district: 'here', address: 'new', notes: 'for colleagues' },
    });
    const plan = await here.ask('plan.create', { enterpriseId: id });
    const path = await exported(here, plan.id);
    const firm = (await opened(away, path)).offer!.content!.firms[0]!;
    expect(firm.taken.map(({ field }) => field)).toEqual(['address']);
    expect(firm.disagreements.map(({ field, mine, theirs }) => [field, mine.value, theirs.value])).toEqual([
      ['district', 'away', 'here'],
    ]);
    expect(await takenIn(away, path)).toMatchObject({ changed: 1, conflicts: 1 });
    expect(await away.ask('conflict.list', {})).toHaveLength(1);
    const [one] = await away.ask('conflict.list', {});
    await away.ask('conflict.settle', { ids: one!.ids, side: 'mine' });
    // The consultant's notes travel with the package only, and nothing is disputed anew.
    const packed = join(folder, 'later.cultivar-case');
    await here.ask('case.write', { ids: [id], path: packed, passphrase: null });
    const later = await away.ask('case.open', { path: packed });
    if ('verified' in later) throw new Error('no package');
    expect(later.content!.firms[0]!.taken.map(({ field }) => field)).toEqual(['notes']);
    expect(later.content!.firms[0]!.disagreements).toEqual([]);
    await away.ask('case.apply', { id: later.id, firms: [id] });
    const profile = (await away.ask('enterprise.get', { id })).enterprise;
    expect(profile).toMatchObject({ district: 'away', address: 'new', notes: 'for colleagues' });
    // And home again: what was known in part there is known here in full.
    const back = join(folder, 'back.cultivar-case');
    await away.ask('case.write', { ids: [id], path: back, passphrase: null });
    const home = await here.ask('case.open', { path: back });
    if ('verified' in home) throw new Error('no package');
    expect(home.content!.firms[0]!.disagreements).toEqual([]);
    expect(home.content!.firms[0]!.taken.map(({ field, to }) => [field, to])).toEqual([['district', 'away']]);
  });

  test('by a former version brings the facts of its check-up', async () => {
    const here = await planned();
    const path = former(await exported(here, here.plan.id));
    expect((await opened(here, path)).offer!.content!.firms[0]).toMatchObject({
      takenCount: 0,
      disagreementCount: 0,
      made: {},
    });
    const away = startService();
    const verified = await opened(away, path);
    expect(verified.result).toBe('genuine');
    expect(verified.checks.find(({ check }) => check === 'carried')?.state).toBe('none');
    await takenIn(away, path);
    const [mine, theirs] = [await facts(here, here.id), await facts(away, here.id)];
    expect(theirs.profile).toMatchObject({ name: mine.profile.name, uscc: mine.profile.uscc });
    for (const year of theirs.figures)
      expect(mine.figures.find((f) => f.year === year.year)).toMatchObject(year);
    expect(theirs.figures).toHaveLength(3);
    expect(await away.ask('diagnosis.verify', { id: here.plan.diagnosisId })).toMatchObject({ same: true });
    expect((await opened(away, path)).offer!.content!.firms[0]).toMatchObject({
      made: {},
      takenCount: 0,
      disagreementCount: 0,
    });
  });

  test('and changed is shown with what differs, and never offered', async () => {
    const here = await planned();
    const path = await exported(here, here.plan.id);
    const carried = attached<Carried>(path, CARRIED_NAME);
    const figure = carried.records.find(({ entity, id }) => entity === 'figure' && id === '2025')!;
    figure.parts.revenue = 99_999_999;
    const manifest = attached<Manifest>(path, MANIFEST_NAME);
    const lazy = withAttachments(path, { [CARRIED_NAME]: JSON.stringify(carried) });
    const careful = withAttachments(path, {
      [CARRIED_NAME]: JSON.stringify(carried),
      [MANIFEST_NAME]: JSON.stringify({ ...manifest, carried: sha256(JSON.stringify(carried)) }),
    });
    const gone = withAttachments(path, { [CARRIED_NAME]: null });
    const away = startService();
    const before = away.content();
    for (const forged of [lazy, careful, gone]) {
      const verified = await opened(away, forged);
      expect(verified).toMatchObject({ result: 'differs', offer: null });
      expect(verified.checks.find(({ check }) => check === 'carried')).toMatchObject({ state: 'differs' });
    }
    for (const nonsense of [
      '{}',
      'null',
      '[',
      JSON.stringify({ ...carried, records: [{ entity: 'setting', id: 'x', parts: {} }] }),
    ]) {
      const verified = await opened(
        away,
        withAttachments(path, {
          [CARRIED_NAME]: nonsense,
          [MANIFEST_NAME]: JSON.stringify({ ...manifest, carried: sha256(nonsense) }),
        }),
      );
      expect(verified).toMatchObject({ result: 'differs', offer: null });
    }
    const foreign = withAttachments(path, {
      'cultivar-diagnosis.json': null,
      [MANIFEST_NAME]: null,
      [CARRIED_NAME]: null,
    });
    expect(await opened(away, foreign)).toMatchObject({ result: 'foreign', offer: null });
    const cut = join(folder, 'cut.pdf');
    writeFileSync(cut, readFileSync(path).subarray(0, 30_000));
    expect((await away.refusal('case.open', { path: cut }, 'shell')).key).toBe('pdfBroken');
    expect(away.content()).toEqual(before);
  });

  test('is not opened while guests watch, and a dropped file is taken like a chosen one', async () => {
    const here = await planned();
    const path = await exported(here, here.plan.id);
    const away = startService();
    const dropped = await away.ask('case.bytes', {
      name: 'plan.pdf',
      bytes: new Uint8Array(readFileSync(path)),
    });
    expect(dropped).toMatchObject({
      verified: { file: 'plan.pdf', result: 'genuine', offer: { kind: 'plan' } },
    });
    await here.ask('guest.begin', { enterpriseId: here.id });
    for (const name of ['case.open', 'plan.verifyFile'])
      expect((await here.refusal(name, { path }, 'shell')).key).toBe('guestsWatch');
  });
});
