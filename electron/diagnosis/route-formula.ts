import type { Condition, Indicator } from '../standards/schema.ts';
import type { CompiledTier, FindTier } from './compile.ts';
import { type Exact, fromNumber } from './exact.ts';
import { type Bound, boundsOf } from './route-bounds.ts';

/** One comparison of a tier, shared by every place that makes it. */
export interface Atom {
  readonly field: string;
  readonly bounds: readonly Bound[];
  /** For yes/no facts and words. */
  readonly is?: boolean | string;
}

/** A condition over atoms and points, without names. It only ever gains from an atom that becomes true. */
export type Node =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | { readonly kind: 'atom'; readonly atom: number }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'score'; readonly need: ScoreNeed };

/** Points asked for: the sum of parts (each up to its cap) must reach `least`, or exceed it. */
export interface ScoreNeed {
  readonly parts: readonly ScorePart[];
  readonly least: number;
  readonly strict: boolean;
}
export interface ScorePart {
  readonly key: string;
  readonly cap: number;
  readonly indicators: readonly number[];
}

/** A scored indicator: the best row counts, or rows add up to a cap. `floor` is what it gives when all is unknown. */
export interface Table {
  readonly mode: 'best' | 'sum';
  readonly cap: number;
  readonly floor: number;
  readonly rows: readonly { readonly points: number; readonly when: Node }[];
}

/** A named part of the pass rule, to say what stands in the way. */
export interface FormulaItem {
  readonly id: string;
  readonly node: Node;
}

export interface Formula {
  readonly atoms: readonly Atom[];
  readonly tables: readonly Table[];
  readonly pass: Node;
  readonly items: readonly FormulaItem[];
}

type Comparison = Extract<Condition, { field: string }>;
const TRUE: Node = { kind: 'constant', holds: true };
const FALSE: Node = { kind: 'constant', holds: false };

class Builder {
  readonly atoms: Atom[] = [];
  readonly tables: Table[] = [];
  readonly items: FormulaItem[] = [];
  private readonly known = new Map<string, Node>();
  private readonly find: FindTier;

  constructor(find: FindTier) {
    this.find = find;
  }

  atom(field: string, bounds: readonly Bound[], is?: boolean | string): Node {
    const key = `${field} ${String(is)} ${bounds.map((b) => `${b.kind}${b.bound.n}/${b.bound.d}`).join()}`;
    const known = this.known.get(key);
    if (known) return known;
    this.atoms.push(is === undefined ? { field, bounds } : { field, bounds, is });
    const node: Node = { kind: 'atom', atom: this.atoms.length - 1 };
    this.known.set(key, node);
    return node;
  }

  comparison(condition: Comparison): Node {
    const { eq } = condition;
    return this.atom(condition.field, boundsOf(condition), typeof eq === 'number' ? undefined : eq);
  }

  /** A tier's own pass rule with what it refers to written out. */
  tier(compiled: CompiledTier, date: string): Node {
    const { tier, standard } = compiled;
    const empty = compiled.run(new Map());
    const prefix = `${standard.id}/${tier.id}/`;
    const first = this.tables.length;
    const parts: ScorePart[] = [];
    const single = new Map<string, ScorePart>();
    let next = first;
    for (const group of tier.groups) {
      const indicators = group.indicators.map((indicator) => {
        single.set(indicator.id, { key: `${prefix}${indicator.id}`, cap: indicator.max, indicators: [next] });
        return next++;
      });
      parts.push({ key: `${prefix}group/${group.id}`, cap: group.max, indicators });
    }
    const node = (condition: Condition): Node => {
      if ('all' in condition) return { kind: 'all', of: condition.all.map(node) };
      if ('any' in condition) return { kind: 'any', of: condition.any.map(node) };
      if ('field' in condition) return this.comparison(condition);
      if ('manual' in condition)
        return condition.judgement ? this.atom(condition.judgement, [], true) : FALSE;
      if ('ref' in condition) {
        const named = tier.refs[condition.ref];
        return named ? node(named) : FALSE;
      }
      if ('gate' in condition) return { kind: 'all', of: tier.gates.map((g) => node(g.when)) };
      if ('direct' in condition) return { kind: 'any', of: tier.direct.map((d) => node(d.when)) };
      if ('external' in condition) {
        const other = this.find(condition.external.standard, condition.external.tier);
        return other ? this.tier(other, '') : FALSE;
      }
      if ('score' in condition) {
        const group = parts.filter(
          (p) => condition.score === 'total' || p.key.endsWith(`group/${condition.score}`),
        );
        const own = single.get(condition.score);
        const asked = group.length > 0 ? group : own ? [own] : [];
        const strict = condition.gt !== undefined;
        return { kind: 'score', need: { parts: asked, least: condition.gt ?? condition.gte ?? 0, strict } };
      }
      return TRUE;
    };
    for (const group of tier.groups) {
      for (const indicator of group.indicators) {
        this.tables.push(this.table(indicator, node, empty.indicators[indicator.id]?.min ?? 0));
      }
    }
    const rounds = tier.rounds.filter((r) => date >= r.from && (r.to === null || date <= r.to));
    const named = [
      ...(tier.ownBase ? [] : standard.base),
      ...rounds.flatMap((round) => round.exclusions),
    ].map((item) => ({ id: item.id, node: node(item.when) }));
    const gates = tier.gates.map((item) => ({ id: item.id, node: node(item.when) }));
    this.items.push(...named, ...gates);
    return { kind: 'all', of: [...named.map((item) => item.node), node(tier.pass)] };
  }

  private table(indicator: Indicator, node: (c: Condition) => Node, floor: number): Table {
    const rows = (options: readonly { points: number; when: Condition }[]) =>
      options.map((o) => ({ points: o.points, when: node(o.when) }));
    const steps = (field: string, count: number, per: number, points: number) =>
      Array.from({ length: count }, (_, i) => ({
        points: (i + 1) * points,
        when: this.atom(field, [{ kind: 'gte', bound: fromNumber((i + 1) * per) }]),
      }));
    switch (indicator.mode) {
      case 'first_match':
        return { mode: 'best', cap: indicator.max, floor, rows: rows(indicator.options) };
      case 'best_of': {
        const all = indicator.variants.flatMap((v) => rows(v.options));
        return { mode: 'best', cap: indicator.max, floor, rows: all };
      }
      case 'sum_capped':
        return { mode: 'sum', cap: indicator.cap, floor, rows: rows(indicator.options) };
      case 'steps': {
        const { field, per, points, max } = indicator;
        return { mode: 'best', cap: max, floor, rows: steps(field, Math.floor(max / points), per, points) };
      }
      case 'manual_points': {
        const [low, high] = indicator.range;
        const own = steps(indicator.field, Math.floor(high - low), 1, 1);
        const shifted = low === 0 ? own : steps(indicator.field, Math.floor(high), 1, 1);
        return { mode: 'best', cap: high, floor, rows: shifted };
      }
    }
  }
}

const cache = new WeakMap<CompiledTier, Map<string, Formula>>();
const nowhere: FindTier = () => undefined;

/** A tier's whole rule (pass rule, base, exclusions of the round of `date`) as one formula, worked out once. */
export function formulaOf(tier: CompiledTier, date: string, find: FindTier = nowhere): Formula {
  const rounds = tier.tier.rounds.filter((r) => date >= r.from && (r.to === null || date <= r.to));
  const key = rounds.map((r) => r.id).join();
  const known = cache.get(tier) ?? new Map<string, Formula>();
  cache.set(tier, known);
  const made = known.get(key);
  if (made) return made;
  const builder = new Builder(find);
  const pass = builder.tier(tier, date);
  const formula = { atoms: builder.atoms, tables: builder.tables, items: builder.items, pass };
  known.set(key, formula);
  return formula;
}

/** Numbers at which an atom's outcome changes. */
export function edges(atom: Atom): Exact[] {
  return atom.bounds.map((b) => b.bound);
}
