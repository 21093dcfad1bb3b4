import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { unzipEntry, zipEntries } from '../../electron/exchange/zip.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { errorOf } from '../../electron/service/error-of.ts';
import { startService } from '../service/start-service.ts';

const PDF = Uint8Array.from(Buffer.from('%PDF-1.7'));

async function started() {
  const running = startService();
  const { ask } = running;
  await ask('samples.load', {});
  const { id } = await ask('enterprise.create', { name: '武汉绝密电子有限公司', niche: '激光' });
  await ask('figures.set', { enterpriseId: id, years: [{ year: 2025, values: { revenue: 987_654_300 } }] });
  await ask('enterprise.update', { id, changes: { notes: '绝密备注', contactMobile: '13912345678' } });
  await ask('undo.back', {});
  await ask('evidence.addBytes', {
    enterpriseId: id,
    entity: 'enterprise',
    entityId: id,
    name: '秘密证书.pdf',
    bytes: PDF,
  });
  await ask('backup.make', {});
  /** Changes the library behind the service's back. */
  const tamper = (sql: string) => {
    const db = new Database(join(running.dataDir, 'library.sqlite'));
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
  };
  const findings = async () =>
    (await ask('check.run', {})).last?.findings.map(({ key, count }) => `${key} ${count}`) ?? null;
  return { ...running, id, tamper, findings };
}

test('a sound library is found sound, with what was looked at and how old the backup is', async () => {
  const { ask, findings, id } = await started();
  expect(await findings()).toEqual([]);
  const status = await ask('check.status', {});
  expect(status.last?.looked).toMatchObject({ enterprises: 9, files: 1 });
  expect(status.last?.looked.changes).toBeGreaterThan(10);
  expect(status.backup).toMatchObject({ changesSince: 0, days: 0, fault: false });
  await ask('enterprise.update', { id, changes: { niche: '光纤' } });
  expect((await ask('check.status', {})).backup.changesSince).toBe(1);
});

test('what does not agree is found: list, log, references, evidence', async () => {
  const { tamper, findings, id, dataDir } = await started();
  tamper(`UPDATE figure SET revenue = 1 WHERE enterprise_id = '${id}'`);
  expect(await findings()).toEqual(['standingRevenue 1', 'log 1']);
  tamper(`UPDATE figure SET revenue = 987654300 WHERE enterprise_id = '${id}'`);
  tamper(`DELETE FROM standing WHERE enterprise_id = '${id}'`);
  expect(await findings()).toEqual(['standingMissing 1']);
  // It is made again from the records.
  expect(await findings()).toEqual([]);
  tamper(`UPDATE title SET enterprise_id = 'nobody' WHERE id = (SELECT min(id) FROM title)`);
  expect(await findings()).toContain('references 1');
  const store = join(dataDir, 'attachments');
  const [hash] = readdirSync(store);
  rmSync(join(store, hash!));
  writeFileSync(join(store, hash!), 'other');
  expect(await findings()).toContain('evidenceChanged 1');
  rmSync(join(store, hash!));
  expect(await findings()).toContain('evidenceGone 1');
});

test('a byte changed in a record or in the log is told with its record, and mended from log or backup', async () => {
  const { ask, tamper, findings, id } = await started();
  const firm = { enterpriseId: id, enterprise: '武汉绝密电子有限公司' };
  const revenue = async () => (await ask('enterprise.get', { id })).figures[0]?.values.revenue;
  // A record: the log has the word.
  tamper(`UPDATE figure SET revenue = 987654301 WHERE enterprise_id = '${id}'`);
  tamper(`UPDATE enterprise SET niche = '激兌' WHERE id = '${id}'`);
  expect(await findings()).toContain('log 2');
  expect(await ask('check.damage', {})).toEqual(
    expect.arrayContaining([
      {
        ...{ ...firm, kind: 'field', entity: 'figure', entityId: '2025', field: 'revenue', changeId: null },
        ...{ stored: 987654301, logged: 987654300 },
      },
      {
        ...{ ...firm, kind: 'field', entity: 'enterprise', entityId: id, field: 'niche', changeId: null },
        ...{ stored: '激兌', logged: '激光' },
      },
    ]),
  );
  const mend = (entity: string, entityId: string, take: 'log' | 'stored') =>
    ask('check.mend', { kind: 'field', of: { enterpriseId: id, entity, entityId }, take });
  expect(await mend('figure', '2025', 'log')).toHaveLength(1);
  expect(await revenue()).toBe(987_654_300);
  // Or the record has it.
  expect(await mend('enterprise', id, 'stored')).toEqual([]);
  expect((await ask('enterprise.get', { id })).enterprise.niche).toBe('激兌');
  expect(await findings()).toEqual([]);
  // A record under another key, and one that is not there any more; each with value and basis.
  tamper(`UPDATE figure SET year = 2024 WHERE enterprise_id = '${id}'`);
  expect((await ask('check.run', {})).last?.findings).toContainEqual({ key: 'log', count: 4 });
  await mend('figure', '2024', 'log');
  expect(await mend('figure', '2025', 'log')).toEqual([]);
  expect(await revenue()).toBe(987_654_300);
  // A line of the log: it comes back from the newest backup that has it.
  await ask('backup.make', {});
  tamper(`UPDATE change SET actor = 'tastar' WHERE enterprise_id = '${id}' AND entity = 'figure'`);
  const lines = (await ask('check.run', {})) && (await ask('check.damage', {}));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every(({ kind }) => kind === 'line')).toBe(true);
  for (const { changeId } of lines) await ask('check.mend', { kind: 'line', changeId: changeId! });
  const history = await ask('history.list', { enterpriseId: id });
  expect(history.filter(({ actor }) => actor === 'tastar')).toEqual([]);
  expect(await findings()).toEqual([]);
  // And one that no backup has is taken as it reads.
  await ask('enterprise.update', { id, changes: { niche: '光学' } });
  tamper(`UPDATE change SET actor = 'tastar' WHERE id = (SELECT max(id) FROM change)`);
  expect(await findings()).toEqual(['logLine 1']);
  const [line] = await ask('check.damage', {});
  expect(await ask('check.mend', { kind: 'line', changeId: line!.changeId! })).toEqual([]);
  // The text of a check-up.
  await ask('diagnosis.save', { enterpriseId: id });
  await ask('backup.make', {});
  tamper(`UPDATE diagnosis SET snapshot = replace(snapshot, '2025', '2035')`);
  const checkUps = (await ask('check.run', {})) && (await ask('check.damage', {}));
  for (const { entityId } of checkUps)
    await ask('check.mend', { kind: 'text', entity: 'diagnosis', entityId });
  expect(checkUps.length).toBeGreaterThan(0);
  expect(await findings()).toEqual([]);
});

test('the support bundle holds nothing of any enterprise, person or folder', async () => {
  const { ask, dataDir, id, findings } = await started();
  await ask('settings.set', { consultant: '王顾问', organisation: '某咨询公司', contact: '027-88888888' });
  await findings();
  // An unforeseen error whose words hold content.
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  errorOf(
    new TypeError(`cannot read 武汉绝密电子有限公司 in ${dataDir}\n    at 绝密备注 (${dataDir}/x.ts:1:1)`),
    'enterprise.get',
  );
  quiet.mockRestore();
  const out = mkdtempSync(join(tmpdir(), 'cultivar-support-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const path = join(out, 'support.zip');
  await ask('support.write', { path });
  const bytes = readFileSync(path);
  const files = new Map(
    zipEntries(bytes).map((entry) => [entry.name, unzipEntry(bytes, entry).toString('utf8')]),
  );
  expect([...files.keys()].sort()).toEqual([
    'about.json',
    'backups.json',
    'check.json',
    'errors.json',
    'library.json',
    'standards.json',
  ]);
  expect(files.get('errors.json')).toContain('TypeError');
  expect(files.get('errors.json')).toContain('self-check.test.ts');
  const all = [...files.values()].join('\n');
  const { rows } = await ask('library.list', {});
  const secrets = [
    ...rows.flatMap(({ name, shortName, uscc }) => [name, shortName, uscc]),
    ...[
      '绝密',
      '激光',
      '13912345678',
      '987654300',
      // In 10,000 yuan; five digits alone come about by chance in a hash.
      '98765.43',
      '98,765',
      '秘密证书',
      '王顾问',
      '某咨询公司',
      '027-88888888',
    ],
    ...[id, 'tester', dataDir, tmpdir()],
  ].filter((secret) => secret !== null);
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  // As words: a short name may be part of any other.
  const words = new Set(all.split(/[^\w.-]+/));
  expect([hostname(), userInfo().username].filter((name) => name !== 'root' && words.has(name))).toEqual([]);
  expect(all).not.toMatch(/[\u4e00-\u9fff]/);
});
