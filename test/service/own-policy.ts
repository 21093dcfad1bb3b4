import type { Policy } from '../../electron/plan/measure-schema.ts';

/** A policy of the consultancy's own, known from memory and not confirmed. */
export const own: Policy = {
  id: 'own-district',
  category: 'fund',
  title: { zh: '江夏区专精特新奖补', en: 'Jiangxia grant' },
  content: { zh: '首次认定奖励30万元。', en: 'CNY 300,000 for the first recognition.' },
  rungs: [2],
  region: { zh: '全国', en: 'Nationwide' },
  document: null,
  from: null,
  to: null,
  confirmed: false,
  source: { grade: 'memory', refs: ['区经信局来电'], checked: '2026-06-01' },
};
