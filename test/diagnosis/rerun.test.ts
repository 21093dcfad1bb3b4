import { describe, expect, test } from 'vitest';
import { diagnosisShape, type FactSheet } from '../../electron/diagnosis/shapes.ts';
import { diagnoseEnterprise, rerun } from '../../electron/service/diagnose-enterprise.ts';
import type { Standard } from '../../electron/standards/schema.ts';
import { sampleFile, sampleNames } from './enterprise-file.ts';
import { diagnosisOf } from './explaining.ts';
import { model, rules } from './firm.ts';

const today = '2026-06-01';

describe('a stored diagnosis runs again to the same result', () => {
  test.each(sampleNames)('%s', (name) => {
    const snapshot = diagnoseEnterprise(sampleFile(name), rules, { today });
    // As it comes back from storage.
    const stored = diagnosisShape.parse(JSON.parse(JSON.stringify(snapshot)));
    expect(stored).toEqual(snapshot);
    expect(rerun(stored, rules)).toEqual(snapshot);
  });
  test('as a review and on another date as well', () => {
    const options = { today, review: [2, 3], applicationDate: '2026-02-01' };
    const snapshot = diagnoseEnterprise(sampleFile('hongying-zhineng'), rules, options);
    expect(snapshot.rungs.map((r) => r.kind)).toEqual(['new', 'review', 'review']);
    expect(rerun(snapshot, rules)).toEqual(snapshot);
  });
});

describe('what changed is noticed', () => {
  const snapshot = diagnosisOf(model);
  test('a pack whose file differs by a byte has another hash', () => {
    const changed = new Map(rules.standards);
    const pack = changed.get('cn-miit-2026-2')!;
    changed.set('cn-miit-2026-2', { ...pack, hash: 'another' });
    const again = rerun(snapshot, { ...rules, standards: changed });
    expect(again).not.toEqual(snapshot);
    expect(again.rungs[1]?.routes[0]?.hash).toBe('another');
    expect(again.rungs[0]).toEqual(snapshot.rungs[0]);
  });
  test('a stricter line gives another verdict', () => {
    const changed = new Map(rules.standards);
    const pack = changed.get('cn-miit-2026-2')!;
    const standard = JSON.parse(JSON.stringify(pack.standard)) as Standard;
    const gate = standard.tiers.find((t) => t.id === 'little_giant')!.gates.find((g) => g.id === 'L26-2a')!;
    gate.when = { field: 'revenue_y1_wan', gte: 50_000 };
    changed.set('cn-miit-2026-2', { standard, hash: pack.hash });
    const again = rerun(snapshot, { ...rules, standards: changed });
    expect(snapshot.rungs[2]?.verdict).toBe('unknown');
    expect(again.rungs[2]?.verdict).toBe('unmet');
  });
  test('a given value that differs makes another diagnosis', () => {
    const given: FactSheet = {
      ...snapshot.given,
      years_in_niche: { ...snapshot.given.years_in_niche!, value: '2' },
    };
    const again = rerun({ ...snapshot, given }, rules);
    expect(again.rungs[1]?.verdict).toBe('unmet');
    expect(again).not.toEqual(snapshot);
  });
  test('a given value that is no value is refused', () => {
    const given: FactSheet = {
      ...snapshot.given,
      years_in_niche: { ...snapshot.given.years_in_niche!, value: '三年' },
    };
    expect(() => rerun({ ...snapshot, given }, rules)).toThrow(RangeError);
  });
});
