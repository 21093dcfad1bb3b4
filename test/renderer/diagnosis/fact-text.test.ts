import { describe, expect, test } from 'vitest';
import { factText, readFact } from '../../../renderer/diagnosis/fact-text.ts';
import { placeOfField } from '../../../renderer/diagnosis/figure-rows.ts';
import { type Fact, questionsOf, ratioFacts, topics } from '../../../renderer/diagnosis/topics.ts';
import catalogue from '../../../resources/standards/facts.json' with { type: 'json' };

const facts = catalogue.facts as Fact[];
const fact = (id: string) => facts.find((known) => known.id === id)!;

describe('typed facts', () => {
  test('percent becomes an exact fraction and comes back as typed', () => {
    expect(readFact(fact('market_share_domestic'), '０.07%')).toEqual({ ok: true, value: '0.0007' });
    expect(readFact(fact('market_share_domestic'), '33.3333333333')).toEqual({
      ok: true,
      value: '0.333333333333',
    });
    expect(factText(fact('market_share_domestic'), '0.333333333333')).toBe('33.3333333333');
  });
  test('what is out of bounds is refused', () => {
    expect(readFact(fact('market_share_domestic'), '100.1')).toEqual({ ok: false, problem: 'range' });
    expect(readFact(fact('market_share_domestic'), '100')).toEqual({ ok: true, value: '1' });
    expect(readFact(fact('ip1_count'), '-1')).toEqual({ ok: false, problem: 'negative' });
    expect(readFact(fact('ip1_count'), '1.5')).toEqual({ ok: false, problem: 'tooFine' });
    expect(readFact(fact('main_rev_growth_y1'), '-100')).toEqual({ ok: true, value: '-1' });
    expect(readFact(fact('main_rev_growth_y1'), '-100.01')).toEqual({ ok: false, problem: 'range' });
  });
  test('scores and years keep their decimals, without needless zeros', () => {
    expect(readFact(fact('eval_score_y1'), '061.50')).toEqual({ ok: true, value: '61.5' });
    expect(readFact(fact('years_in_niche'), 'three')).toEqual({ ok: false, problem: 'notANumber' });
  });
});

describe('the catalogue in the walk', () => {
  test('every fact that is asked for stands in exactly one place', () => {
    const shown = [...topics.flatMap((topic) => questionsOf(facts, topic)), ...ratioFacts(facts)].map(
      ({ id }) => id,
    );
    expect(new Set(shown).size).toBe(shown.length);
    const asked = facts
      .filter(({ origin }) => ['answer', 'profile', 'yearly'].includes(origin))
      .map(({ id }) => id);
    expect(shown.toSorted()).toEqual(asked.toSorted());
  });
  test('every fact that may be missing leads to a place where it is entered', () => {
    for (const { id, origin } of facts) {
      if (origin === 'option') continue;
      expect(placeOfField(id, facts, 2025), id).not.toBeNull();
    }
    expect(placeOfField('rd_expense_y2_wan', facts, 2025)).toEqual({
      topic: 'figures',
      focus: '2024 rdExpense',
    });
    expect(placeOfField('debt_ratio_y1', facts, 2025)).toEqual({
      topic: 'figures',
      focus: '2025 totalLiabilities',
    });
    expect(placeOfField('judge_l_2a', facts, 2025)).toEqual({ topic: 'refined', focus: 'judge_l_2a' });
  });
});
