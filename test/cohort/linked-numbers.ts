import type { AskedCondition } from '../../electron/cohort/cohort-shapes.ts';
import { deskTasks } from '../../electron/cohort/desk-tasks.ts';
import { viewTasks } from '../../electron/cohort/desk-views.ts';
import { METRIC_IDS } from '../../electron/cohort/metrics.ts';
import type { StoredTarget } from '../../electron/cohort/pipeline.ts';
import { GROUPINGS } from '../../electron/cohort/profile.ts';
import type { deskOn } from './cohort-library.ts';

/** A number on a screen of the cohort, and the condition of the list that a click on it opens. */
export interface Linked {
  readonly of: string;
  readonly count: number;
  readonly condition: AskedCondition;
}

const looks = { locale: 'zh', dark: false } as const;

/** Every number of portrait, spreads, failing gates, pipeline and chips that leads to its enterprises. */
export async function* linkedNumbers(
  { desk, work }: ReturnType<typeof deskOn>,
  condition: AskedCondition,
  stored: readonly StoredTarget[],
): AsyncGenerator<Linked> {
  const with_ = (more: AskedCondition): AskedCondition => ({ ...condition, ...more });
  const portrait = await viewTasks.profile(desk, { condition, ...looks }, work);
  yield { of: 'portrait', count: portrait.n, condition };
  for (const item of portrait.items)
    for (const is of ['yes', 'no', 'unknown'] as const)
      yield {
        of: `${item.id} ${is}`,
        count: item[is],
        condition: with_({ profile: { id: item.id, is: [is] } }),
      };

  for (const [at, id] of METRIC_IDS.entries()) {
    const by = GROUPINGS[at % GROUPINGS.length]!;
    const found = await viewTasks.benchmark(desk, { condition, metric: id, by, ...looks }, work);
    for (const { from, below, count } of found.bars) {
      const part = { ...(from === null ? {} : { from }), ...(below === null ? {} : { below }) };
      yield { of: `${id} bar`, count, condition: with_({ metric: { id, ...part } }) };
    }
    yield { of: `${id} unknown`, count: found.unknown, condition: with_({ metric: { id, known: false } }) };
    for (const { value, total, known } of [{ ...found.all, value: undefined }, ...found.groups]) {
      const group: AskedCondition =
        value === undefined ? {} : by === 'held' ? { held: [Number(value)] } : { [by]: [value] };
      yield { of: `${id} ${by} ${value}`, count: total, condition: with_(group) };
      yield {
        of: `${id} ${by} ${value} known`,
        count: known,
        condition: with_({ ...group, metric: { id, known: true } }),
      };
    }
  }

  for (const rung of [1, 2, 3]) {
    const first = await viewTasks.heat(desk, { condition, rung, by: 'size', ...looks }, work);
    const below = with_({ heldBelow: rung });
    yield { of: `below ${rung}`, count: first.n, condition: below };
    for (const { standard, tier } of first.tiers) {
      const heat = await viewTasks.heat(
        desk,
        { condition, rung, tier: { standard, tier }, by: 'district', ...looks },
        work,
      );
      for (const { item, all, cells } of heat.rows) {
        const of = (is: ('unmet' | 'unknown' | 'manual')[]) => ({ item: { standard, tier, item, is } });
        yield { of: `${item} unmet`, count: all.unmet, condition: { ...below, ...of(['unmet']) } };
        yield { of: `${item} open`, count: all.open, condition: { ...below, ...of(['unknown', 'manual']) } };
        for (const [x, { value }] of heat.columns.entries())
          yield {
            of: `${item} unmet ${value}`,
            count: cells[x]?.unmet ?? -1,
            condition: { ...below, ...of(['unmet']), district: [value] },
          };
      }
    }
  }

  const line = await viewTasks.pipeline(desk, { condition, ...looks, stored }, work);
  yield { of: 'ladder', count: line.total, condition };
  yield { of: 'no title', count: line.none, condition: with_({ held: [0] }) };
  for (const { rung, atLeast, exactly, undated } of line.current) {
    yield { of: `at least ${rung}`, count: atLeast, condition: with_({ heldAtLeast: rung }) };
    yield { of: `just ${rung}`, count: exactly, condition: with_({ held: [rung] }) };
    yield { of: `undated ${rung}`, count: undated, condition: with_({ undated: rung }) };
  }
  const { cities, undated } = line.monthsOf;
  const places = (counted: (string | null)[]) => ({
    city: counted.filter((city) => !condition.city || condition.city.includes(city)),
  });
  const months = cities ? with_(places(cities)) : condition;
  for (const { month, day, holders, issued } of line.months)
    for (const rung of [1, 2, 3]) {
      const at = rung - 1;
      yield { of: `${month} ${rung}`, count: holders[at]!, condition: { ...months, heldOn: { rung, day } } };
      yield {
        of: `${month} new ${rung}`,
        count: issued[at]!,
        condition: { ...months, issued: { rung, month } },
      };
    }
  for (const rung of [1, 2, 3])
    yield {
      of: `months undated ${rung}`,
      count: undated[rung - 1]!,
      condition: { ...months, undated: rung },
    };
  for (const { rung, windows } of line.due)
    for (const { from, to, count } of windows)
      yield { of: `due ${rung} ${from}`, count, condition: with_({ due: { rung, from, to } }) };
  for (const { rung, tiles, others } of line.places)
    for (const { district, count } of [...tiles, ...others])
      if (!condition.district || condition.district.includes(district))
        yield {
          of: `${district} ${rung}`,
          count,
          condition: with_({ district: [district], ...(rung > 0 ? { heldAtLeast: rung } : {}) }),
        };
  for (const target of line.targets) {
    const { rung, year, day, district } = target;
    if (district !== null && condition.district && !condition.district.includes(district)) continue;
    const where = {
      ...(district === null ? {} : { district: [district] }),
      ...(target.cities ? places(target.cities) : {}),
    };
    const what = day ? { heldOn: { rung, day } } : { heldAtLeast: rung };
    yield {
      of: `target ${year} ${rung} ${district}`,
      count: target.actual,
      condition: with_({ ...where, ...what }),
    };
    if (day)
      yield {
        of: `target ${year} ${rung} ${district} undated`,
        count: target.undated,
        condition: with_({ ...where, undated: rung }),
      };
  }

  const facets = await deskTasks.facets(desk, condition, work);
  for (const [held, count] of facets.held.entries())
    yield { of: `chip ${held}`, count, condition: with_({ held: [held] }) };
  for (const part of [
    'city',
    'district',
    'section',
    'division',
    'size',
    'stage',
    'consultant',
    'tags',
  ] as const)
    for (const { value, count } of facets[part])
      yield { of: `chip ${part} ${value}`, count, condition: with_({ [part]: [value] }) };
}
