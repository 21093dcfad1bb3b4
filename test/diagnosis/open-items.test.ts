import { describe, expect, test } from 'vitest';
import { openOf } from '../../electron/diagnosis/open-items.ts';
import { outlookOf } from '../../electron/diagnosis/targets.ts';
import { diagnosisOf } from './explaining.ts';
import { model, rules } from './firm.ts';

const none = {
  title_tech_innovative_valid: false,
  title_srdi_valid: false,
  title_little_giant_valid: false,
};
/** Scored on the first rung, with one condition and several indicators open. */
const scored = diagnosisOf({
  ...model,
  ...none,
  in_abnormal_list: null,
  tech_sme_compliance_ok: false,
  main_ratio_y1: 0.1,
  debt_ratio_y1: null,
});

describe('what stands between a firm and a title', () => {
  test('single indicators are no items: they only add up', () => {
    for (const rung of scored.rungs) {
      for (const route of rung.routes) {
        const ids = new Set(route.items.filter(({ kind }) => kind === 'indicator').map(({ id }) => id));
        expect(openOf(route).filter(({ id }) => ids.has(id))).toEqual([]);
      }
    }
  });

  test('where only the points decide, they are one item', () => {
    const route = diagnosisOf({ ...model, ...none, ip1_count: null }).rungs[0]!.routes[0]!;
    const unsettled = { ...route, verdict: 'unknown' as const, reach: 'possible' as const };
    const settled = unsettled.items.filter(({ kind }) => kind === 'indicator' || kind === 'direct');
    expect(openOf({ ...unsettled, items: settled })).toMatchObject([{ id: 'score', verdict: 'unknown' }]);
  });

  test('the ladder and the outlook of the targets tell the same number', () => {
    const next = scored.rungs.find(({ rung }) => rung === scored.ladder.next)!;
    const told = [...scored.ladder.says.en.matchAll(/\d+(?= not met| to be confirmed)/g)]
      .map(([number]) => Number(number))
      .reduce((sum, number) => sum + number, 0);
    const [first] = outlookOf(scored, [], rules).years;
    expect(first!.rungs.find(({ rung }) => rung === next.rung)!.open).toHaveLength(told);
    expect(told).toBe(2);
  });
});
