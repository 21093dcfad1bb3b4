import type { Text } from '../standards/schema.ts';
import { approximate, compare, type Exact, floor, fraction, parseExact } from './exact.ts';
import { moneyText, percentText } from './number-text.ts';
import type { StageResult } from './shapes.ts';
import { asNumber, type Values } from './values.ts';
import { join, say, type WordKey } from './words.ts';

type Stage = NonNullable<StageResult['stage']>;
const WORD: Record<Stage, WordKey> = {
  startup: 'stageStartup',
  growth: 'stageGrowth',
  maturity: 'stageMaturity',
  renewal: 'stageRenewal',
};
const ZERO = fraction(0);
const FAST_GROWTH = parseExact('0.1');

/**
 * The cash-flow sign method of common practice (no official definition exists): (−,−,+) start-up, (+,−,+) growth,
 * (+,+,−) and (+,−,−) maturity, (−,+,±) decline, here called renewal. Other patterns have no agreed stage.
 */
function byCashFlow(operating: Exact, investing: Exact, financing: Exact): Stage | undefined {
  const up = (value: Exact) => compare(value, ZERO) > 0;
  const [o, i, f] = [up(operating), up(investing), up(financing)];
  if (!o && !i && f) return 'startup';
  if (o && !i && f) return 'growth';
  if (o && !f) return 'maturity';
  if (!o && i) return 'renewal';
  return undefined;
}

/** Our own estimate where cash flows are missing: age and two-year revenue growth. */
function byAge(age: number, growth: Exact | undefined): Stage {
  if (age < 3) return 'startup';
  if (growth && compare(growth, ZERO) < 0) return 'renewal';
  if (growth && compare(growth, FAST_GROWTH) >= 0) return 'growth';
  return age < 10 ? 'growth' : 'maturity';
}

/** Life-cycle stage with its reason. `year` is the fiscal year of the cash flows; amounts in 万元. */
export function lifeCycle(values: Values, year: number): StageResult {
  const get = (field: string) => {
    const value = values.get(field);
    return value && asNumber(value);
  };
  const flows = ['cash_operating_y1_wan', 'cash_investing_y1_wan', 'cash_financing_y1_wan'].map(get);
  const [operating, investing, financing] = flows;
  // Cash flows that are known but show no agreed pattern are told before the estimate by age.
  let unclear: Text | undefined;
  if (operating && investing && financing) {
    const stage = byCashFlow(operating, investing, financing);
    const parts = {
      year,
      operating: moneyText(operating),
      investing: moneyText(investing),
      financing: moneyText(financing),
    };
    if (stage) {
      return {
        stage,
        method: 'cash_flow',
        reason: say('stageCashFlow', { ...parts, stage: say(WORD[stage]) }),
      };
    }
    unclear = say('stageShakeOut', parts);
  }
  const told = (text: Text) => (unclear ? join([unclear, text], say('and')) : text);
  const age = get('firm_age_years');
  if (!age) return { stage: null, method: 'none', reason: told(say(unclear ? 'stageNoAge' : 'stageNone')) };
  const growth = get('revenue_cagr2');
  const stage = byAge(approximate(age), growth);
  const parts = { age: String(floor(age)), stage: say(WORD[stage]) };
  const reason = growth
    ? say(unclear ? 'stageByAgeGrowth' : 'stageAgeGrowth', { ...parts, growth: percentText(growth) })
    : say(unclear ? 'stageByAge' : 'stageAge', parts);
  return { stage, method: 'age_and_growth', reason: told(reason) };
}
