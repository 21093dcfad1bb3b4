import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../renderer/library/history-spots.ts';
import { actionWord, changedFields, subjectWords } from '../../renderer/library/history-words.ts';
import type { Reference } from '../../renderer/state/reference.ts';
import common from '../../resources/i18n/en/common.json' with { type: 'json' };
import library from '../../resources/i18n/en/library.json' with { type: 'json' };

const reference = {
  sections: [{ code: 'C', name: { zh: 'zh', en: 'Manufacturing' } }],
  divisions: [{ code: '39', section: 'C', name: { zh: 'zh', en: 'Electronics' }, group: 'electronics' }],
  facts: [
    { id: 'rd_ratio_y1', stored: 'rd_ratio', label: { zh: 'zh', en: 'R&D ratio' }, type: 'ratio' },
    {
      id: 'has_brand',
      label: { zh: 'zh', en: 'Own brand' },
      type: 'enum',
      options: [{ value: 'own', label: { zh: 'zh', en: 'Its own' } }],
    },
  ],
} as unknown as Reference;

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { common, library } },
    interpolation: { escapeValue: false },
  });
});

const t = () => i18next.getFixedT('en', ['library', 'common']);

function change(part: Partial<Change>): Change {
  return {
    id: 1,
    at: '2026-11-24T03:00:00.000Z',
    actor: 'consultant',
    action: 'enterprise.update',
    entity: 'enterprise',
    entityId: 'e',
    fields: {},
    ...part,
  };
}

function lines(entry: Change) {
  return changedFields(entry, reference, t()).map((f) => [f.label, f.old, f.new]);
}

describe('the change log in words', () => {
  test('profile fields have labels, units and the words of their choices', () => {
    const entry = change({
      fields: {
        registeredCapital: { old: null, new: 12_345_678 },
        ownership: { old: 'private', new: 'joint' },
        industryDivision: { old: null, new: '39' },
        tags: { old: [], new: ['a', 'b'] },
      },
    });
    expect(actionWord(entry, t())).toBe('Changed');
    expect(lines(entry)).toEqual([
      ['Registered capital', null, '1,234.5678 RMB 10k'],
      ['Ownership', 'Private', 'Joint venture'],
      ['Industry division', null, 'Electronics'],
      ['Tags', null, 'a, b'],
    ]);
  });

  test('a field filled in for the first time is a change, not a new enterprise', () => {
    expect(actionWord(change({ fields: { niche: { old: null, new: 'x' } } }), t())).toBe('Changed');
    expect(actionWord(change({ fields: { niche: { old: 'x', new: null } } }), t())).toBe('Changed');
  });

  test('archiving and making an enterprise are named as such', () => {
    const archived = change({ fields: { archivedAt: { old: null, new: '2026-11-24T03:00:00.000Z' } } });
    expect(actionWord(archived, t())).toBe('Archived');
    const made = change({ fields: { name: { old: null, new: 'A' }, isSample: { old: null, new: false } } });
    expect(actionWord(made, t())).toBe('Added');
    expect(lines(made)).toEqual([['Name', null, 'A']]);
  });

  test('yearly figures say their year, unit and, where only that changed, their basis', () => {
    const entry = change({
      entity: 'figure',
      entityId: '2018',
      fields: {
        revenue: { old: 0, new: 198_136_400 },
        staffTotal: { old: null, new: 1067 },
        'backing.revenue': { old: null, new: { basis: 'declared', source: null } },
        'backing.sales': { old: null, new: { basis: 'documented', source: 'audit report' } },
      },
    });
    expect(subjectWords(entry, reference, t())).toBe('Yearly figures, 2018');
    expect(lines(entry)).toEqual([
      ['Revenue', '0 RMB 10k', '19,813.64 RMB 10k'],
      ['Total staff', null, '1,067 persons'],
      ['Basis of Sales', null, 'Documented · audit report'],
    ]);
  });

  test('answers are told by their question, ratios in percent, "unknown for now" as unknown', () => {
    const ratio = change({
      entity: 'fact',
      entityId: 'rd_ratio@2018',
      fields: { value: { old: '0.1', new: '0.143' } },
    });
    expect(subjectWords(ratio, reference, t())).toBe('R&D ratio, 2018');
    expect(lines(ratio)).toEqual([['Answer', '10%', '14.3%']]);
    const choice = change({
      entity: 'fact',
      entityId: 'has_brand',
      fields: { value: { old: 'own', new: null } },
    });
    expect(lines(choice)).toEqual([['Answer', 'Its own', 'Unknown']]);
  });

  test('a loaded sample says whose value each line is', () => {
    const entry = change({
      action: 'samples.load',
      fields: {
        name: { old: null, new: 'A' },
        'figure:2018:revenue': { old: null, new: 10_000 },
        'fact:rd_ratio@2018:value': { old: null, new: '0.143' },
        'fact:rd_ratio@2018:source': { old: null, new: 'prospectus' },
        'title:0-1:name': { old: null, new: 'High-tech' },
        'title:0-1:kind': { old: null, new: 'hightech' },
      },
    });
    expect(actionWord(entry, t())).toBe('Sample loaded');
    expect(lines(entry)).toEqual([
      ['Name', null, 'A'],
      ['Revenue, 2018', null, '1 RMB 10k'],
      ['R&D ratio, 2018', null, '14.3%'],
      ['Title held', null, 'High-tech'],
    ]);
  });

  test('an edited measure of a plan is named by its title, and no key is ever shown', () => {
    const item = { id: 'x', title: { zh: 'zh', en: 'Raise R&D' } };
    const entry = change({
      entity: 'plan',
      entityId: 'p',
      fields: {
        'content.items': { old: ['x'], new: ['x', 'y'] },
        'content.items.x': { old: item, new: { ...item, owner: 'Li' } },
        'content.title': { old: { zh: 'a', en: 'A' }, new: { zh: 'b', en: 'B' } },
        'content.somethingNew': { old: null, new: 'v' },
      },
    });
    expect(lines(entry)).toEqual([
      ['Raise R&D', 'Raise R&D', 'Content edited'],
      ['Plan title', 'A', 'B'],
      ['Plan content', null, 'v'],
    ]);
  });
});
