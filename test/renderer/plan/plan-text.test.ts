import { expect, test } from 'vitest';
import { changeText, type PlanItem, staleLanguage } from '../../../renderer/plan/plan-text.ts';

test('a changed text leaves the other edition its own words', () => {
  expect(changeText('a', { zh: '旧', en: 'old' }, 'zh', '新')).toEqual({ zh: '新', en: 'old' });
});

test('a text that is new is not missing from the other edition, and words typed there are its own', () => {
  const one = changeText('b', { zh: '', en: '' }, 'zh', '每');
  const two = changeText('b', one, 'zh', '每月');
  expect(two).toEqual({ zh: '每月', en: '每月' });
  const three = changeText('b', two, 'en', 'monthly');
  expect(three).toEqual({ zh: '每月', en: 'monthly' });
  expect(changeText('b', three, 'zh', '每季')).toEqual({ zh: '每季', en: 'monthly' });
});

test('a text that happens to be the same in both is not taken for a new one', () => {
  expect(changeText('c', { zh: 'ISO 9001', en: 'ISO 9001' }, 'zh', 'ISO')).toEqual({
    zh: 'ISO',
    en: 'ISO 9001',
  });
});

test('the edition that was not touched is the one said to be original', () => {
  const item = (edited: PlanItem['edited']) => staleLanguage({ edited } as PlanItem);
  expect(item([])).toBeNull();
  expect(item(['zh'])).toBe('en');
  expect(item(['zh', 'en'])).toBeNull();
});
