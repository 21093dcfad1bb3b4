import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unzipEntry, zipEntries } from '../../electron/exchange/zip.ts';
import { cleanName, kindOf, openedName } from '../../electron/library/evidence-kinds.ts';
import { LARGEST } from '../../electron/library/evidence-store.ts';
import { startService } from '../service/start-service.ts';
import { textOf } from './pdf-tools.ts';

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const PDF = Uint8Array.from(Buffer.from('%PDF-1.7\nx'));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'cultivar-evidence-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function started() {
  const running = startService();
  const { id } = await running.ask('enterprise.create', { name: '甲' });
  const link = { enterpriseId: id, entity: 'fact', entityId: 'has_own_brand' } as const;
  const files = async () => (await running.ask('evidence.list', { enterpriseId: id })).files;
  return { ...running, id, link, files, store: join(running.dataDir, 'attachments') };
}

test('files are copied in by their content, and taking one off is undone with the content still there', async () => {
  const { ask, link, files, store } = await started();
  const from = folder();
  writeFileSync(join(from, '营业执照.png'), PNG);
  writeFileSync(join(from, '同一张.png'), PNG);
  writeFileSync(join(from, '证书.pdf'), PDF);
  const paths = ['营业执照.png', '证书.pdf', 'nothing.pdf'].map((name) => join(from, name));
  const answer = await ask('evidence.addFiles', { ...link, paths });
  expect(answer).toMatchObject({ added: 2, refused: [{ name: 'nothing.pdf', key: 'evidenceUnreadable' }] });
  // The same content at the same place is one file; at another place it is attached again and kept once.
  await ask('evidence.addFiles', { ...link, paths: [join(from, '同一张.png')] });
  await ask('evidence.addBytes', { ...link, entity: 'figure', entityId: '2025', name: 'b.png', bytes: PNG });
  rmSync(from, { recursive: true });
  const listed = await files();
  expect(listed.map(({ name, mime, entity, state }) => [name, mime, entity, state]).sort()).toEqual([
    ['b.png', 'image/png', 'figure', 'there'],
    ['营业执照.png', 'image/png', 'fact', 'there'],
    ['证书.pdf', 'application/pdf', 'fact', 'there'],
  ]);
  expect(readdirSync(store)).toHaveLength(2);

  const pdf = listed.find(({ name }) => name === '证书.pdf')!;
  await ask('evidence.remove', { id: pdf.id });
  expect(await files()).toHaveLength(2);
  expect((await ask('undo.back', {}))?.action).toBe('evidence.remove');
  expect((await files()).find(({ id }) => id === pdf.id)).toMatchObject({ name: '证书.pdf', state: 'there' });
  const to = join(folder(), 'copy.pdf');
  await ask('evidence.saveCopy', { id: pdf.id, path: to });
  expect(Uint8Array.from(readFileSync(to))).toEqual(PDF);
  expect(await ask('evidence.preview', { id: pdf.id })).toBeNull();
  const picture = listed.find(({ name }) => name === 'b.png')!;
  expect((await ask('evidence.preview', { id: picture.id }))?.bytes).toEqual(PNG);
});

test('what is answered and not backed is listed until a file is attached', async () => {
  const { ask, id, link } = await started();
  await ask('facts.set', {
    enterpriseId: id,
    facts: [
      { factId: 'has_own_brand', year: null, value: true },
      { factId: 'it_supported_core_business_count', year: null, value: '3', basis: 'checked' },
      { factId: 'digital_level', year: null, value: null },
    ],
  });
  await ask('figures.set', { enterpriseId: id, years: [{ year: 2025, values: { revenue: 1 } }] });
  const missing = async () =>
    (await ask('evidence.list', { enterpriseId: id })).missing.map(
      (m) => `${m.entity} ${m.entityId} ${m.basis}`,
    );
  expect(await missing()).toEqual(['fact has_own_brand declared', 'figure 2025 null']);
  await ask('evidence.addBytes', { ...link, name: '商标证.pdf', bytes: PDF });
  expect(await missing()).toEqual(['figure 2025 null']);
});

test('a content that changed is never handed out, one that is gone is brought back from the backups', async () => {
  const { ask, refusal, link, files, store, dataDir } = await started();
  await ask('evidence.addBytes', { ...link, name: 'a.pdf', bytes: PDF });
  await ask('evidence.addBytes', { ...link, name: 'b.png', bytes: PNG });
  await ask('backup.make', {});
  const [png, pdf] = await files();
  const hash = readdirSync(store).find((name) => readFileSync(join(store, name)).length === PDF.length)!;
  rmSync(join(store, hash));
  expect((await files()).map(({ state }) => state)).toEqual(['there', 'there']);
  // Same size, other content: found when it is read. (The backup's name of the file is let go first.)
  rmSync(join(dataDir, 'backups', 'attachments'), { recursive: true });
  const other = readdirSync(store).find((name) => name !== hash)!;
  rmSync(join(store, other));
  writeFileSync(join(store, other), Buffer.alloc(PNG.length));
  const to = join(folder(), 'x.png');
  expect((await refusal('evidence.saveCopy', { id: png!.id, path: to }, 'shell')).key).toBe(
    'evidenceChanged',
  );
  expect(existsSync(to)).toBe(false);
  truncateSync(join(store, hash), 3);
  expect((await files()).find(({ id }) => id === pdf!.id)?.state).toBe('changed');
});

test('contents are cleaned only when neither the library nor a backup needs them', async () => {
  const { ask, link, files, store } = await started();
  await ask('evidence.addBytes', { ...link, name: 'a.pdf', bytes: PDF });
  await ask('backup.make', {});
  await ask('evidence.addBytes', { ...link, name: 'b.png', bytes: PNG });
  for (const { id } of await files()) await ask('evidence.remove', { id });
  expect(await ask('evidence.clean', {})).toEqual({ files: 1, bytes: PNG.length });
  expect(readdirSync(store)).toHaveLength(1);
});

test('too large, a folder, an unknown enterprise: refused in words, nothing is left behind', async () => {
  const { ask, refusal, link, store } = await started();
  const from = folder();
  const large = join(from, 'large.bin');
  writeFileSync(large, '');
  truncateSync(large, LARGEST + 1);
  mkdirSync(join(from, 'folder'));
  const { added, refused } = await ask('evidence.addFiles', {
    ...link,
    paths: [large, join(from, 'folder')],
  });
  expect(added).toBe(0);
  expect(refused.map(({ key }) => key)).toEqual(['evidenceTooLarge', 'evidenceUnreadable']);
  const nowhere = { ...link, enterpriseId: '00000000-0000-7000-8000-000000000000', name: 'x', bytes: PDF };
  expect((await refusal('evidence.addBytes', nowhere)).code).toBe('not-found');
  expect(existsSync(store) ? readdirSync(store) : []).toEqual([]);
});

test('only what is a document or a picture by its content is opened, under an honest ending', async () => {
  const { ask, refusal, link, files } = await started();
  const script = Uint8Array.from(Buffer.from('MZ\u0000 a program'));
  await ask('evidence.addBytes', { ...link, name: '发票.pdf', bytes: script });
  await ask('evidence.addBytes', { ...link, name: '照片.exe', bytes: PNG });
  const [photo, program] = await files();
  expect(program).toMatchObject({ name: '发票.pdf', mime: 'application/octet-stream', opens: false });
  expect((await refusal('evidence.openCopy', { id: program!.id }, 'shell')).key).toBe('evidenceNotOpened');
  const { path } = await ask('evidence.openCopy', { id: photo!.id });
  expect(basename(path)).toBe('照片.exe.png');
  expect(openedName('a.JPG', 'image/jpeg')).toBe('a.JPG');
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system.ini', 'system.ini'],
  ['..', 'file'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['CON.txt', 'CON_.txt'],
  ['  .hidden.png ', 'hidden.png'],
  ['名称<>:"|?*.pdf', '名称.pdf'],
  ['x'.repeat(400) + '.pdf', 'x'.repeat(146) + '.pdf'],
  ['\u0000\n', 'file'],
])('the name %j becomes %j', (name, clean) => {
  expect(cleanName(name)).toBe(clean);
  expect(cleanName(clean)).toBe(clean);
});

test('kinds are told by content, not by the name', () => {
  const head = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
  expect(kindOf('x.png', head('PK\u0003\u0004')).mime).toBe('application/zip');
  expect(kindOf('x.docx', head('PK\u0003\u0004')).mime).toContain('wordprocessingml');
  expect(kindOf('x.docx', head('<html>')).opens).toBe(false);
  expect(kindOf('x.txt', head('abc')).mime).toBe('text/plain');
  expect(kindOf('x', head('\u00ff\u00d8\u00ff')).picture).toBe(true);
});

test('a link in the store does not lead out of it', async () => {
  const { ask, link, store, files, refusal } = await started();
  const secret = join(folder(), 'secret');
  writeFileSync(secret, PDF);
  await ask('evidence.addBytes', { ...link, name: 'a.pdf', bytes: PDF });
  const [hash] = readdirSync(store);
  rmSync(join(store, hash!));
  writeFileSync(secret, 'other text');
  symlinkSync(secret, join(store, hash!));
  const [file] = await files();
  expect(
    (await refusal('evidence.saveCopy', { id: file!.id, path: join(folder(), 'x') }, 'shell')).code,
  ).toBe('file');
});

test('evidence travels in a complete export and in a case package', async () => {
  const { ask, link, id } = await started();
  await ask('evidence.addBytes', { ...link, name: '证书.pdf', bytes: PDF });
  const out = folder();
  await ask('export.everything', { path: join(out, 'all.zip'), locale: 'zh' });
  await ask('case.write', { ids: [id], path: join(out, 'one.case'), passphrase: null });
  for (const [call, input] of [
    ['import.everything', { path: join(out, 'all.zip') }],
    ['case.open', { path: join(out, 'one.case') }],
  ] as const) {
    const other = startService();
    const answer = await other.ask(call, input);
    if ('id' in answer) await other.ask('case.apply', { id: String(answer.id), firms: [id] });
    const { files } = await other.ask('evidence.list', { enterpriseId: id });
    expect(files).toMatchObject([{ name: '证书.pdf', state: 'there', entity: 'fact' }]);
    const to = join(out, `${call}.pdf`);
    await other.ask('evidence.saveCopy', { id: files[0]!.id, path: to });
    expect(Uint8Array.from(readFileSync(to))).toEqual(PDF);
  }
});

test('a file attached to what a paper proves makes the paper ready, by name, on screen, in the PDF and in Word', async () => {
  const { ask, id, dataDir } = await started();
  await ask('figures.set', {
    enterpriseId: id,
    years: [{ year: 2025, values: { revenue: 90_000_000, staffTotal: 80 } }],
  });
  const plan = await ask('plan.create', { enterpriseId: id, targetRung: 2 });
  const paper = async () => {
    const list = (await ask('plan.checklist', { id: plan.id }))!;
    return list.materials.find(({ proofs }) => proofs.some(({ field }) => field === 'revenue_y1_wan'))!;
  };
  const before = await paper();
  expect(before.state).toBe('missing');
  const places = new Map(before.proofs.map(({ place }) => [`${place.entity} ${place.entityId}`, place]));
  for (const place of places.values())
    await ask('evidence.addBytes', { enterpriseId: id, ...place, name: '审计报告甲.pdf', bytes: PDF });
  expect(await paper()).toMatchObject({ state: 'ready', byHand: false });
  const path = join(dataDir, 'plan.pdf');
  for (const locale of ['zh', 'en'] as const) {
    await ask('plan.exportFile', { planId: plan.id, locale, path });
    expect(textOf(path)).toContain('审计报告甲.pdf');
    await ask('plan.exportFile', { planId: plan.id, locale, format: 'docx', path });
    const entry = zipEntries(readFileSync(path)).find(({ name }) => name === 'word/document.xml')!;
    expect(unzipEntry(readFileSync(path), entry).toString()).toContain('审计报告甲.pdf');
  }
  // A person may say otherwise; taken back, the files count again.
  const mark = (materials: { id: string; state: 'missing' }[]) =>
    ask('plan.update', { id: plan.id, content: { ...plan.content, materials } });
  await mark([{ id: before.id, state: 'missing' }]);
  expect(await paper()).toMatchObject({ state: 'missing', byHand: true });
  await mark([]);
  expect(await paper()).toMatchObject({ state: 'ready', byHand: false });
  // Another tier, another list.
  const list = (await ask('plan.checklist', { id: plan.id }))!;
  const other = list.routes.find(({ rung }) => rung === 3)!;
  const theirs = (await ask('plan.checklist', { id: plan.id, route: other }))!;
  expect(theirs.route).toEqual({ rung: 3, standard: other.standard, tier: other.tier });
  expect(theirs.materials.map((m) => m.id)).not.toEqual(list.materials.map((m) => m.id));
});
