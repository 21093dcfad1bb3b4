import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firmMaker, readSyntheticWords, seeded } from '../../electron/library/synthetic-firms.ts';
import { checkUscc } from '../../electron/library/uscc.ts';

const root = join(import.meta.dirname, '../..');
const words = readSyntheticWords(join(root, 'resources'));
test('a hundred thousand firms have names and codes of their own, and the codes are valid', () => {
  const firm = firmMaker(words, seeded(3));
  const [names, codes] = [new Set<string>(), new Set<string>()];
  for (let i = 0; i < 100_000; i += 1) {
    const { name, uscc } = firm(i);
    names.add(name);
    codes.add(uscc);
    if (i % 5000 === 0) expect(checkUscc(uscc)).toEqual({ ok: true, normalized: uscc });
  }
  expect([names.size, codes.size]).toEqual([100_000, 100_000]);
});

test('districts and industries of the words are those of the reference data', async () => {
  const { default: places } = await import('../../resources/reference/districts.json', {
    with: { type: 'json' },
  });
  const { default: industries } = await import('../../resources/reference/industries.json', {
    with: { type: 'json' },
  });
  const districts = new Set(places.districts.map(({ name }) => name.zh));
  const sections = new Map(industries.divisions.map(({ code, section }) => [code, section]));
  expect(words.districts.filter(([name]) => !districts.has(name))).toEqual([]);
  expect(words.trades.filter(({ division, section }) => sections.get(division) !== section)).toEqual([]);
});
