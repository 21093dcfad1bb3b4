import { expect, test } from 'vitest';
import { LONGEST } from '../../electron/plan/wording.ts';
import { noWords, ownWords } from '../plan/own-words.ts';
import { startService } from './start-service.ts';

test('profiles are kept under names, changed, taken back step by step, and outlive a restart', async () => {
  const { ask, refusal, service, dataDir } = startService();
  expect((await ask('wording.list', {})).profiles).toEqual([]);
  const { id } = await ask('wording.save', { name: ' 区级汇报 ', words: ownWords });
  const other = await ask('wording.save', { name: '标准', words: noWords });
  expect(other.profiles.map(({ name }) => name).sort()).toEqual(['区级汇报', '标准'].sort());
  const changed = { ...ownWords, closing: { zh: '再会', en: 'Goodbye' } };
  await ask('wording.save', { id, name: '区级汇报', words: changed });
  const words = async () => (await ask('wording.list', {})).profiles.find((one) => one.id === id)?.words;
  expect(await words()).toEqual(changed);
  await ask('undo.back', {});
  expect(await words()).toEqual(ownWords);
  await ask('undo.again', {});
  expect(await words()).toEqual(changed);
  await ask('wording.remove', { id });
  expect(await words()).toBeUndefined();
  await ask('undo.back', {});
  expect(await words()).toEqual(changed);
  expect(await refusal('wording.save', { name: '标准', words: noWords })).toMatchObject({
    key: 'wordingNameTaken',
  });
  expect(await refusal('wording.save', { name: '  ', words: noWords })).toMatchObject({ key: 'nameMissing' });
  expect(await refusal('wording.remove', { id: '01a20bcf-0000-7000-8000-00000000ffff' })).toMatchObject({
    key: 'wordingNotFound',
  });
  await service.close();
  const again = startService({ dataDir });
  expect((await again.ask('wording.list', {})).profiles).toHaveLength(2);
});

test('what is too long, breaks a line in a name or holds control characters is refused; the statement has no own title', async () => {
  const { refusal, ask } = startService();
  const wrong = async (change: object) =>
    (await refusal('wording.save', { name: 'x', words: { ...noWords, ...change } })).code;
  const both = (text: string) => ({ zh: text, en: text });
  for (const key of ['firm', 'tagline', 'coverNote', 'closing'] as const)
    expect(await wrong({ [key]: both('长'.repeat(LONGEST[key] + 1)) })).toBe('invalid-input');
  expect(await wrong({ firm: both('a\nb') })).toBe('invalid-input');
  expect(await wrong({ closing: both('a\u0007') })).toBe('invalid-input');
  expect(await wrong({ sections: { headStatement: both('x') } })).toBe('invalid-input');
  expect(await wrong({ sections: { footerRehearsal: both('x') } })).toBe('invalid-input');
  expect(await wrong({ sections: { headMeasures: both('x'.repeat(LONGEST.section + 1)) } })).toBe(
    'invalid-input',
  );
  const closing = both('长'.repeat(LONGEST.closing));
  await ask('wording.save', { name: 'x', words: { ...noWords, closing } });
  // The settings name a profile by its id and nothing else.
  expect((await refusal('settings.set', { wording: 'x' })).code).toBe('invalid-input');
});
