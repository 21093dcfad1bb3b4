import { type CompiledTier, passes } from '../../electron/diagnosis/compile.ts';
import { derivations, derive } from '../../electron/diagnosis/derive.ts';
import {
  add,
  approximate,
  compare,
  divide,
  type Exact,
  fraction,
  fromNumber,
  multiply,
  sign,
  subtract,
} from '../../electron/diagnosis/exact.ts';
import type { Lever, LeverPack } from '../../electron/diagnosis/lever-schema.ts';
import { projectFacts } from '../../electron/diagnosis/project.ts';
import { asNumber, flag, number, type Value, type Values } from '../../electron/diagnosis/values.ts';

type Choice = { set: [string, Value][]; cost: number };
const ZERO = fraction(0);
const ONE = fraction(1);

/** Every comparison of a tier with the numbers and words it names, by field. */
export function namedValues(
  tier: CompiledTier,
): Map<string, { numbers: number[]; words: (string | boolean)[] }> {
  const found = new Map<string, { numbers: number[]; words: (string | boolean)[] }>();
  const put = (field: string) => {
    const entry = found.get(field) ?? { numbers: [], words: [] };
    found.set(field, entry);
    return entry;
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) walk(child);
    else if (typeof node === 'object' && node !== null) {
      const record = node as Record<string, unknown>;
      if (typeof record.field === 'string') {
        const entry = put(record.field);
        for (const key of ['gte', 'gt', 'lte', 'lt', 'eq']) {
          const bound = record[key];
          if (typeof bound === 'number') entry.numbers.push(bound, bound + 0.0001, bound - 0.0001);
          else if (bound !== undefined) entry.words.push(bound as string | boolean);
        }
        if (record.mode === 'steps')
          for (let i = 1; i <= 5; i++) entry.numbers.push(i * (record.per as number));
        if (record.mode === 'manual_points') for (let i = 0; i <= 15; i++) entry.numbers.push(i);
      }
      if (typeof record.judgement === 'string') put(record.judgement).words.push(true);
      for (const child of Object.values(record)) walk(child);
    }
  };
  walk(tier.tier);
  walk(tier.tier.ownBase ? [] : tier.standard.base);
  return found;
}

function exactOf(values: Values, field: string): Exact | undefined {
  const value = values.get(field);
  return value?.kind === 'number' ? value.number : undefined;
}

function distinct(list: Exact[]): Exact[] {
  return [...new Map(list.map((x) => [`${x.n}/${x.d}`, x])).values()];
}

function stem(field: string): string {
  return field.replace(/_y[123](_wan)?$/, '');
}

/** Effort as the levers' data say: months and cost class, times how far the lever's own field goes. */
function effort(lever: Lever, set: readonly [string, Value][], before: Values, pack: LeverPack): number {
  let most = 1;
  for (const [field, value] of set) {
    if (!lever.fields.includes(stem(field)) && !lever.fields.includes(field)) continue;
    const old = before.get(field);
    const [to, from] = [asNumber(value), old && asNumber(old)];
    if (!to || !from || compare(to, from) === 0) continue;
    const [a, b] = [approximate(from), approximate(to)];
    const far =
      a === 0 || b === 0 || a < 0 !== b < 0
        ? 10
        : Math.min(10, Math.abs(Math.log2(Math.abs(b) / Math.abs(a))));
    most = Math.max(most, 1 + (lever.perUnit === undefined ? far : lever.perUnit * Math.max(0, b - a - 1)));
  }
  return (lever.months + pack.weights[lever.cost]) * most;
}

/**
 * The least effort by plain exhaustion: every turnover, main revenue, R&D of both years, profit and other lever put at
 * every number the tier names (in its own unit), every combination judged by the rules. Infinity where none passes.
 */
export function bruteForce(
  given: Values,
  tier: CompiledTier,
  pack: LeverPack,
  ahead: number,
  months: number,
  date: string,
  limit: number,
): number | undefined {
  const start = projectFacts(given, ahead);
  const before = derive(start).values;
  const named = namedValues(tier);
  const lever = (name: string) => pack.levers.find((l) => l.fields.includes(name));
  const numbersOf = (field: string) => distinct((named.get(field)?.numbers ?? []).map(fromNumber));
  const times = (field: string, whole: string, values: Values) => {
    const base = exactOf(values, whole);
    return base ? numbersOf(field).map((b) => multiply(b, base)) : [];
  };

  const [R0, M0, P0, D1, D2] = [
    'revenue_y1_wan',
    'main_rev_y1_wan',
    'net_profit_y1_wan',
    'rd_expense_y1_wan',
    'rd_expense_y2_wan',
  ].map((f) => exactOf(start, f));
  if (!R0 || !M0 || !P0 || !D1 || !D2) throw new Error('the brute force needs these figures');
  const last = exactOf(start, 'main_rev_y2_wan') ?? ZERO;
  const g2 = exactOf(before, 'main_rev_growth_y2') ?? ZERO;
  const mainLines = (revenue: Exact) =>
    distinct([
      ...numbersOf('main_ratio_y1').map((b) => multiply(b, revenue)),
      ...numbersOf('main_rev_growth_y1').map((b) => multiply(last, add(ONE, b))),
      ...numbersOf('main_rev_growth_avg2').map((b) =>
        multiply(last, add(ONE, subtract(multiply(fraction(2), b), g2))),
      ),
    ]);
  const rdTotals = [
    ...numbersOf('rd_expense_sum2_wan'),
    ...numbersOf('rd_expense_avg2_wan').map((b) => multiply(b, fraction(2))),
  ];
  const r2 = exactOf(start, 'revenue_y2_wan') ?? ZERO;
  const rdLines = (revenue: Exact, whole: Exact, year: 1 | 2) => {
    const lines = [
      ...numbersOf(`rd_expense_y${year}_wan`),
      ...numbersOf(`rd_ratio_y${year}`).map((b) => multiply(b, whole)),
    ];
    if (year === 1)
      lines.push(
        ...times('rd_to_sales_y1', 'sales_y1_wan', before),
        ...times('rd_to_cost_y1', 'total_cost_y1_wan', before),
      );
    return distinct([
      ...lines,
      ...rdTotals.flatMap((t) => [
        divide(t, fraction(2)),
        subtract(t, D1),
        subtract(t, D2),
        subtract(t, revenue),
        subtract(t, r2),
        ...lines.map((l) => subtract(t, l)),
      ]),
    ]);
  };
  const flows = ahead > 0;
  const turnovers = [R0];
  if (flows && lever('revenue')) {
    const third = exactOf(start, 'revenue_y3_wan') ?? ZERO;
    const lines = [
      ...numbersOf('revenue_y1_wan'),
      ...numbersOf('revenue_cagr2').map((b) => multiply(third, multiply(add(ONE, b), add(ONE, b)))),
      ...mainLines(R0).map((m) => add(R0, subtract(m, M0))),
      ...numbersOf('main_ratio_y1')
        .filter((b) => compare(b, ONE) < 0)
        .map((b) => add(R0, divide(subtract(multiply(b, R0), M0), subtract(ONE, b)))),
      ...rdLines(R0, R0, 1),
    ];
    turnovers.push(...distinct(lines).filter((x) => compare(x, R0) > 0));
  }

  // Everything that stands on its own: levers of other fields, and unknown facts taken as good.
  const others: Choice[][] = [];
  for (const [field, { numbers, words }] of named) {
    if (/^(revenue|main_|rd_expense|rd_ratio|rd_to|net_)/.test(field)) continue;
    const candidates: Value[] = [
      ...words.map((w): Value => (typeof w === 'boolean' ? flag(w) : { kind: 'word', word: w })),
      ...distinct(numbers.map(fromNumber)).map(number),
    ];
    const choices: Choice[] = [{ set: [], cost: 0 }];
    if (!before.has(field)) {
      const parts = derivations.find((d) => d.field === field)?.parts.filter((p) => !start.has(p)) ?? [field];
      const cost = Math.max(
        ...(parts.length > 0 ? parts : [field]).map(
          (p) =>
            pack.levers.find((l) => l.fields.includes(p) || l.fields.includes(stem(p)))?.confirm ??
            pack.weights.confirm,
        ),
      );
      for (const value of candidates) choices.push({ set: [[field, value]], cost });
    } else {
      const [part, whole] = derivations.find((d) => d.field === field)?.parts ?? [];
      const own = part && start.has(part) ? part : field;
      const mine = lever(field) ?? lever(stem(own));
      const able = mine && (mine.kind === 'fact' ? mine.months <= months : flows);
      if (mine && able && !field.startsWith('equity')) {
        const base = own === field || !whole ? ONE : exactOf(start, whole);
        for (const value of candidates) {
          const set: [string, Value][] = [
            [own, value.kind === 'number' && base ? number(multiply(value.number, base)) : value],
          ];
          if (value.kind === 'number' && sign(value.number) < 0) continue;
          choices.push({ set, cost: effort(mine, set, before, pack) });
        }
      }
    }
    if (choices.length > 1) others.push(choices);
  }

  const equity = lever('equity_new');
  const two = exactOf(before, 'equity_new_2y_wan');
  if (equity && flows && two) {
    const choices: Choice[] = [{ set: [], cost: 0 }];
    for (const line of ['equity_new_2y_wan', 'equity_new_3y_wan']) {
      for (const bound of numbersOf(line)) {
        const amount = subtract(bound, exactOf(before, line) ?? ZERO);
        if (sign(amount) <= 0) continue;
        const set: [string, Value][] = [
          ['equity_new_y1_wan', number(add(exactOf(start, 'equity_new_y1_wan') ?? ZERO, amount))],
        ];
        choices.push({ set, cost: effort(equity, set, before, pack) });
      }
    }
    others.push(choices);
  }

  let best = Number.POSITIVE_INFINITY;
  let tried = 0;
  const judge = (sets: readonly [string, Value][], cost: number) => {
    if (cost >= best - 1e-9) return;
    tried++;
    const now = new Map(start);
    for (const [field, value] of sets) now.set(field, value);
    if (passes(tier.run(derive(now).values, date).verdict)) best = cost;
  };
  const combine = (index: number, sets: [string, Value][], cost: number): void => {
    if (cost >= best - 1e-9 || tried > limit) return;
    const choices = others[index];
    if (!choices) judge(sets, cost);
    for (const choice of choices ?? []) combine(index + 1, [...sets, ...choice.set], cost + choice.cost);
  };
  for (const revenue of turnovers) {
    const sets: [string, Value][] = [];
    let cost = 0;
    let [main, profit] = [M0, P0];
    const growing = lever('revenue');
    if (compare(revenue, R0) > 0 && growing) {
      main = add(M0, subtract(revenue, R0));
      if (sign(P0) > 0) profit = divide(multiply(P0, revenue), R0);
      sets.push(['revenue_y1_wan', number(revenue)], ['main_rev_y1_wan', number(main)]);
      cost += effort(growing, sets, before, pack);
    }
    const shares = [main];
    if (flows && lever('main_rev'))
      shares.push(...mainLines(revenue).filter((m) => compare(m, main) > 0 && compare(m, revenue) <= 0));
    const firsts = [D1];
    const seconds = [D2];
    if (flows && lever('rd_expense')) {
      firsts.push(
        ...distinct([...rdLines(revenue, revenue, 1), revenue]).filter(
          (x) => compare(x, D1) > 0 && compare(x, revenue) <= 0,
        ),
      );
      if (ahead > 1)
        seconds.push(
          ...distinct([
            ...rdLines(revenue, r2, 2),
            r2,
            ...firsts.flatMap((f) => rdTotals.map((t) => subtract(t, f))),
          ]).filter((x) => compare(x, D2) > 0 && compare(x, r2) <= 0),
        );
    }
    for (const share of shares) {
      const mainSet: [string, Value][] = compare(share, main) > 0 ? [['main_rev_y1_wan', number(share)]] : [];
      const mainCost = mainSet.length > 0 ? effort(lever('main_rev') as Lever, mainSet, before, pack) : 0;
      for (const first of firsts) {
        for (const second of seconds) {
          const rdSet: [string, Value][] = [];
          if (compare(first, D1) > 0) rdSet.push(['rd_expense_y1_wan', number(first)]);
          if (compare(second, D2) > 0) rdSet.push(['rd_expense_y2_wan', number(second)]);
          const rdCost = rdSet.length > 0 ? effort(lever('rd_expense') as Lever, rdSet, before, pack) : 0;
          const left = compare(first, D1) > 0 ? subtract(profit, subtract(first, D1)) : profit;
          const earnings = [left];
          if (flows && lever('net_profit'))
            earnings.push(
              ...numbersOf('net_margin_y1')
                .map((b) => multiply(b, revenue))
                .filter((p) => compare(p, left) > 0 && compare(p, revenue) <= 0),
            );
          for (const earned of earnings) {
            const profitSet: [string, Value][] = [['net_profit_y1_wan', number(earned)]];
            const raised =
              compare(earned, left) > 0 ? effort(lever('net_profit') as Lever, profitSet, before, pack) : 0;
            combine(0, [...sets, ...mainSet, ...rdSet, ...profitSet], cost + mainCost + rdCost + raised);
            if (tried > limit) return undefined;
          }
        }
      }
    }
  }
  return best;
}
