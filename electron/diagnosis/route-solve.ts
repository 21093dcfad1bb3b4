import type { Formula, Node, ScoreNeed, ScorePart, Table } from './route-formula.ts';
import { type Knob, type Level, MOST_ATOMS } from './route-levels.ts';
import { type Ask, fillNeeds, type Priced } from './route-points.ts';

/** The cheapest place for every knob. */
export interface Solution {
  readonly cost: number;
  readonly levels: readonly Level[];
}

/** An atom with every knob where it is now, or its knob and bit. */
type Status = boolean | { readonly knob: number; readonly bit: number };
interface Pending {
  readonly node: Node;
  readonly rest: Pending | null;
}
interface Row {
  readonly points: number;
  readonly ask: Ask;
}

const TRUE: Node = { kind: 'constant', holds: true };
const FALSE: Node = { kind: 'constant', holds: false };

/** What is settled whatever is done becomes a constant; the rest stays. */
function fold(node: Node, status: readonly Status[]): Node {
  switch (node.kind) {
    case 'atom': {
      const s = status[node.atom];
      return s === true ? TRUE : s === false || s === undefined ? FALSE : node;
    }
    case 'all':
    case 'any': {
      const stop = node.kind === 'any';
      const of: Node[] = [];
      for (const part of node.of) {
        const folded = fold(part, status);
        if (folded.kind === 'constant') {
          if (folded.holds === stop) return folded;
        } else of.push(folded);
      }
      if (of.length === 0) return stop ? FALSE : TRUE;
      return of.length === 1 ? (of[0] as Node) : { kind: node.kind, of };
    }
    default:
      return node;
  }
}

function statusOf(count: number, knobs: readonly Knob[], constants: ReadonlyMap<number, boolean>): Status[] {
  const status: Status[] = new Array<Status>(count).fill(false);
  for (const [atom, holds] of constants) status[atom] = holds;
  knobs.forEach((knob, k) => {
    if (knob.atoms.length > MOST_ATOMS) throw new RangeError('too many comparisons of one quantity');
    let [always, ever] = [-1, 0];
    for (const level of knob.levels) {
      always &= level.mask;
      ever |= level.mask;
    }
    knob.atoms.forEach((atom, bit) => {
      const one = 1 << bit;
      status[atom] = (always & one) !== 0 ? true : (ever & one) === 0 ? false : { knob: k, bit: one };
    });
  });
  return status;
}

function merged(a: Ask, b: Ask): Ask {
  const sum = new Map(a);
  for (const [knob, bits] of b) sum.set(knob, (sum.get(knob) ?? 0) | bits);
  return [...sum];
}

/** All the ways a condition without scores can hold, each as what it asks of the knobs. */
function ways(node: Node, status: readonly Status[]): Ask[] {
  switch (node.kind) {
    case 'constant':
      return node.holds ? [[]] : [];
    case 'atom': {
      const s = status[node.atom];
      return s === true ? [[]] : s === false || s === undefined ? [] : [[[s.knob, s.bit]]];
    }
    case 'all':
      return node.of.reduce<Ask[]>(
        (sofar, part) => ways(part, status).flatMap((w) => sofar.map((ask) => merged(ask, w))),
        [[]],
      );
    case 'any':
      return node.of.flatMap((part) => ways(part, status));
    default:
      return [];
  }
}

/** What an indicator can give and what each of it asks for, best rows and sums alike; `floor` comes for nothing. */
function menuOf(
  table: Table,
  status: readonly Status[],
  fixed: number | undefined,
): { floor: number; rows: Row[] } {
  if (fixed !== undefined) return { floor: fixed, rows: [] };
  if (table.mode === 'best') {
    let floor = table.floor;
    const rows: Row[] = [];
    for (const row of table.rows) {
      for (const ask of ways(fold(row.when, status), status)) {
        if (ask.length === 0) floor = Math.max(floor, row.points);
        else rows.push({ points: row.points, ask });
      }
    }
    return { floor, rows: rows.filter((row) => row.points > floor) };
  }
  let sums: Row[] = [{ points: 0, ask: [] }];
  for (const row of table.rows) {
    const more = ways(fold(row.when, status), status);
    const free = more.some((ask) => ask.length === 0);
    const with_ = sums
      .filter((sum) => sum.points < table.cap)
      .flatMap((sum) => more.map((ask) => ({ points: sum.points + row.points, ask: merged(sum.ask, ask) })));
    sums = free ? sums.map((sum) => ({ ...sum, points: sum.points + row.points })) : [...sums, ...with_];
  }
  const capped = sums.map((sum) => ({ ...sum, points: Math.min(table.cap, sum.points) }));
  const floor = Math.max(
    table.floor,
    ...capped.filter((row) => row.ask.length === 0).map((row) => row.points),
  );
  return { floor, rows: capped.filter((row) => row.points > floor) };
}

/** Indicators that share a knob are decided together. */
interface Block {
  readonly knobs: readonly number[];
  readonly entries: readonly { readonly add: readonly number[]; readonly ask: Ask }[];
}

/** The points side of a tier for one set of needs: where each part starts, and the blocks that can add to it. */
interface Board {
  readonly needs: readonly ScoreNeed[];
  readonly parts: readonly ScorePart[];
  readonly start: readonly number[];
  readonly blocks: readonly Block[];
}

class Search {
  best: number;
  found: Int32Array | undefined;
  private readonly req: Int32Array;
  private readonly status: readonly Status[];
  private readonly formula: Formula;
  private readonly knobs: readonly Knob[];
  private readonly fixed: ReadonlyMap<number, number>;
  private readonly costs: Map<number, number>[];
  private readonly boards = new Map<string, Board>();
  private readonly menus = new Map<number, { floor: number; rows: Row[] }>();

  constructor(
    formula: Formula,
    knobs: readonly Knob[],
    status: readonly Status[],
    fixed: ReadonlyMap<number, number>,
    limit: number,
  ) {
    this.formula = formula;
    this.knobs = knobs;
    this.status = status;
    this.fixed = fixed;
    this.best = limit;
    this.req = new Int32Array(knobs.length);
    this.costs = knobs.map(() => new Map([[0, 0]]));
  }

  /** Cost of the cheapest level of a knob that gives all these atoms at once. */
  private costOf(knob: number, bits: number): number {
    const known = this.costs[knob]?.get(bits);
    if (known !== undefined) return known;
    const level = this.knobs[knob]?.levels.find((l) => (l.mask & bits) === bits);
    const cost = level?.cost ?? Number.POSITIVE_INFINITY;
    this.costs[knob]?.set(bits, cost);
    return cost;
  }

  private implied(node: Node, needs: readonly ScoreNeed[]): boolean {
    if (node.kind === 'atom') {
      const s = this.status[node.atom];
      return s === true || (typeof s === 'object' && ((this.req[s.knob] as number) & s.bit) !== 0);
    }
    if (node.kind === 'all') return node.of.every((part) => this.implied(part, needs));
    if (node.kind === 'any') return node.of.some((part) => this.implied(part, needs));
    if (node.kind === 'score') return needs.includes(node.need);
    return node.kind === 'constant' && node.holds;
  }

  descend(pending: Pending | null, cost: number, needs: readonly ScoreNeed[]): void {
    if (cost >= this.best) return;
    if (!pending) {
      if (needs.length > 0) this.score(needs, cost);
      else this.keep(cost, this.req);
      return;
    }
    const { node, rest } = pending;
    switch (node.kind) {
      case 'constant':
        if (node.holds) this.descend(rest, cost, needs);
        return;
      case 'score':
        this.descend(rest, cost, needs.includes(node.need) ? needs : [...needs, node.need]);
        return;
      case 'all': {
        let next = rest;
        for (let i = node.of.length - 1; i >= 0; i--) next = { node: node.of[i] as Node, rest: next };
        this.descend(next, cost, needs);
        return;
      }
      case 'any':
        if (this.implied(node, needs)) this.descend(rest, cost, needs);
        else for (const part of node.of) this.descend({ node: part, rest }, cost, needs);
        return;
      case 'atom': {
        const s = this.status[node.atom];
        if (s === true) this.descend(rest, cost, needs);
        if (typeof s !== 'object') return;
        const old = this.req[s.knob] as number;
        const more = this.costOf(s.knob, old | s.bit);
        if (more === Number.POSITIVE_INFINITY) return;
        this.req[s.knob] = old | s.bit;
        this.descend(rest, cost + more - this.costOf(s.knob, old), needs);
        this.req[s.knob] = old;
      }
    }
  }

  private keep(cost: number, req: Int32Array): void {
    if (cost >= this.best) return;
    this.best = cost;
    this.found = req.slice();
  }

  private menu(indicator: number) {
    const known = this.menus.get(indicator);
    if (known) return known;
    const made = menuOf(this.formula.tables[indicator] as Table, this.status, this.fixed.get(indicator));
    this.menus.set(indicator, made);
    return made;
  }

  private board(needs: readonly ScoreNeed[]): Board {
    const key = needs.map((n) => `${n.parts.map((p) => p.key).join()}>${n.least}`).join(';');
    const known = this.boards.get(key);
    if (known) return known;
    const made = makeBoard(needs, (i) => this.menu(i), this.formula);
    this.boards.set(key, made);
    return made;
  }

  /** Picks rows of all indicators at least cost so that every need is filled, block by block. */
  private score(needs: readonly ScoreNeed[], cost: number): void {
    const board = this.board(needs);
    const blocks = board.blocks.map((block) =>
      block.entries
        .map(({ add, ask }): Priced => {
          let more = 0;
          for (const [knob, bits] of ask) {
            const old = this.req[knob] as number;
            more += this.costOf(knob, old | bits) - this.costOf(knob, old);
          }
          return { add, ask, more };
        })
        .filter((entry) => cost + entry.more < this.best),
    );
    const found = fillNeeds(board.needs, board.parts, board.start, blocks, this.best - cost);
    if (!found) return;
    const req = this.req.slice();
    for (const [knob, bits] of found.asks.flat()) req[knob] = (req[knob] as number) | bits;
    this.keep(cost + found.cost, req);
  }
}

function makeBoard(
  needs: readonly ScoreNeed[],
  menu: (i: number) => { floor: number; rows: Row[] },
  formula: Formula,
): Board {
  const slack = (part: ScorePart) =>
    part.indicators.reduce((sum, i) => sum + (formula.tables[i] as Table).cap, 0) <= part.cap;
  const [only] = needs;
  let asked = needs;
  // One need over whole groups whose caps cannot bind is one sum.
  if (only && needs.length === 1 && only.parts.every(slack)) {
    const whole = {
      key: 'sum',
      cap: Number.POSITIVE_INFINITY,
      indicators: only.parts.flatMap((p) => p.indicators),
    };
    asked = [{ ...only, parts: [whole] }];
  }
  const parts = [...new Set(asked.flatMap((need) => need.parts))];
  const indicators = [...new Set(parts.flatMap((part) => part.indicators))];
  const vector = (indicator: number, points: number) =>
    parts.map((part) => (part.indicators.includes(indicator) ? points : 0));
  const start = parts.map((part) => part.indicators.reduce((sum, i) => sum + menu(i).floor, 0));
  const groups: { knobs: Set<number>; members: number[] }[] = [];
  for (const indicator of indicators) {
    const mine = {
      knobs: new Set(menu(indicator).rows.flatMap((r) => r.ask.map(([k]) => k))),
      members: [indicator],
    };
    if (mine.knobs.size === 0) continue;
    for (let g = groups.length - 1; g >= 0; g--) {
      const other = groups[g] as (typeof groups)[number];
      if (![...other.knobs].some((k) => mine.knobs.has(k))) continue;
      for (const k of other.knobs) mine.knobs.add(k);
      mine.members.push(...other.members);
      groups.splice(g, 1);
    }
    groups.push(mine);
  }
  const blocks = groups.map(({ knobs, members }): Block => {
    let entries: { add: readonly number[]; ask: Ask }[] = [{ add: parts.map(() => 0), ask: [] }];
    for (const indicator of members) {
      const { floor, rows } = menu(indicator);
      const more = rows.map((row) => ({ add: vector(indicator, row.points - floor), ask: row.ask }));
      entries = entries.flatMap((entry) => [
        entry,
        ...more.map((m) => ({
          add: entry.add.map((a, i) => a + (m.add[i] as number)),
          ask: merged(entry.ask, m.ask),
        })),
      ]);
    }
    return { knobs: [...knobs], entries };
  });
  return { needs: asked, parts, start, blocks };
}

/**
 * The least-cost levels of independent knobs under which a formula holds, below `limit`; undefined if there are none.
 * Exact: branch and bound over the ways the gates can hold, and for scores the cheapest way to every sum of points.
 * `constants` are atoms settled beforehand, `fixed` indicators whose points cannot change.
 */
export function solve(
  formula: Formula,
  goal: Node,
  knobs: readonly Knob[],
  constants: ReadonlyMap<number, boolean>,
  fixed: ReadonlyMap<number, number>,
  limit = Number.POSITIVE_INFINITY,
): Solution | undefined {
  const status = statusOf(formula.atoms.length, knobs, constants);
  const folded = fold(goal, status);
  const search = new Search(formula, knobs, status, fixed, limit);
  search.descend({ node: ordered(folded), rest: null }, 0, []);
  const { found } = search;
  if (!found) return undefined;
  const levels = knobs.map((knob, k) =>
    knob.levels.find((l) => (l.mask & (found[k] as number)) === found[k]),
  );
  return { cost: search.best, levels: levels.filter((l) => l !== undefined) };
}

/** What leaves no choice comes first, so that choices are priced with it. */
function ordered(node: Node): Node {
  if (node.kind !== 'all') return node;
  const weight = (n: Node) => (n.kind === 'any' ? 1 + n.of.length : 0);
  const flat = (n: Node): Node[] => (n.kind === 'all' ? n.of.flatMap(flat) : [n]);
  return { kind: 'all', of: flat(node).sort((a, b) => weight(a) - weight(b)) };
}
