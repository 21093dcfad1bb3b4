import { derivationOf } from './derive.ts';
import { add, compare, divide, type Exact, fraction, multiply, sign, subtract } from './exact.ts';
import type { Lever, LeverPack } from './lever-schema.ts';
import { aims, type Bound, mapBounds, within } from './route-bounds.ts';
import { confirmEffort, effortOf, stemOf, yearsBack } from './route-effort.ts';
import type { Atom } from './route-formula.ts';
import { compareValue, flag, number, type Value, type Values } from './values.ts';

/** What the search knows of the world: which levers there are and which fiscal years are still open. */
export interface Situation {
  readonly levers: LeverPack;
  /** Years until the application: y1 … y(ahead) are still open. */
  readonly ahead: number;
  /** Months until then. */
  readonly months: number;
}

/** One place a knob can be put: what it costs, which of its atoms hold there, and what it means. */
export interface Level {
  readonly cost: number;
  /** Bit i: the knob's i-th atom holds. */
  readonly mask: number;
  readonly moves: readonly LeverMove[];
  /** Unknown fields taken as good, with the value assumed. */
  readonly assumed: readonly (readonly [string, Value])[];
}
export interface LeverMove {
  readonly lever: Lever;
  readonly set: readonly (readonly [string, Value])[];
}

/** Something that can be put at one of several levels, on its own; level 0 is as things are, at no cost. */
export interface Knob {
  /** Atom numbers, by bit. */
  readonly atoms: readonly number[];
  readonly levels: readonly Level[];
}

export const MOST_ATOMS = 31;

/** The lever that moves a field, given by its name without the year; undefined where nothing the firm does moves it. */
export function leverFor(stem: string, situation: Situation): Lever | undefined {
  return situation.levers.levers.find((lever) => lever.fields.includes(stem));
}

/** Whether a lever can still set a field: its year is open, or (for answers) it has its months. */
export function canMove(field: string, lever: Lever | undefined, situation: Situation): lever is Lever {
  if (!lever) return false;
  if (lever.kind === 'fact') return lever.months <= situation.months;
  return situation.ahead > 0 && yearsBack(field) <= situation.ahead;
}

/** Levels cheapest first, without those that give nothing a cheaper one does not give. */
export function useful(levels: readonly Level[]): Level[] {
  const sorted = [...levels].sort((a, b) => a.cost - b.cost);
  const kept: Level[] = [];
  for (const level of sorted) {
    if (!kept.some((k) => (k.mask & level.mask) === level.mask)) kept.push(level);
  }
  return kept;
}

/** The conditions that hold, as bits in the order given; at most 31. */
export function maskOf(atoms: readonly number[], holds: (atom: number) => boolean): number {
  let mask = 0;
  for (let bit = 0; bit < atoms.length; bit++) if (holds(atoms[bit] as number)) mask |= 1 << bit;
  return mask;
}

/** Whether an atom holds for a value as it is. */
export function holdsFor(atom: Atom, value: Value | undefined): boolean {
  if (!value) return false;
  if (value.kind === 'flag') return value.flag === atom.is;
  if (value.kind === 'word') return value.word === atom.is;
  if (value.kind === 'number') return within(atom.bounds, value.number);
  return (
    atom.bounds.length > 0 &&
    atom.bounds.every(({ kind, bound }) => {
      const order = compareValue(value, bound);
      return kind === 'gte'
        ? order >= 0
        : kind === 'gt'
          ? order > 0
          : kind === 'lte'
            ? order <= 0
            : order < 0;
    })
  );
}

/** The quantity a lever really moves for a field: liabilities for the debt ratio, and so on. */
interface Handle {
  readonly key: string;
  readonly lever: Lever | undefined;
  readonly now: Exact | undefined;
  /** A bound on the field as a bound on the quantity. */
  bound(bound: Exact): Exact;
  set(amount: Exact): (readonly [string, Value])[];
}

const SHARES = new Set(['debt_ratio_y1', 'rd_staff_ratio_y1', 'tech_staff_ratio_y1']);
const same = (bound: Exact) => bound;

function numberOf(values: Values, field: string): Exact | undefined {
  const value = values.get(field);
  return value?.kind === 'number' ? value.number : undefined;
}

/** New money comes in equal parts in the open years of the last two, so that it counts for both sums. */
function equityHandle(field: string, values: Values, situation: Situation): Handle {
  const open = ['equity_new_y1_wan', 'equity_new_y2_wan'].slice(0, situation.ahead);
  const now = numberOf(values, field) ?? fraction(0);
  return {
    key: 'equity',
    lever: leverFor('equity_new', situation),
    now: fraction(0),
    bound: (bound) => subtract(bound, now),
    set: (amount) => {
      const each = divide(amount, fraction(Math.max(1, open.length)));
      return open.map((f) => [f, number(add(numberOf(values, f) ?? fraction(0), each))] as const);
    },
  };
}

function handleOf(field: string, values: Values, situation: Situation): Handle {
  const parts = derivationOf(field)?.parts ?? [];
  const known = parts.length > 0 && parts.every((part) => values.has(part));
  if (known && field.startsWith('equity_new_')) return equityHandle(field, values, situation);
  const [part = field, whole = ''] = parts;
  const base = numberOf(values, whole);
  if (known && SHARES.has(field) && base) {
    return {
      key: part,
      lever: leverFor(stemOf(part), situation),
      now: numberOf(values, part),
      bound: (bound) => multiply(bound, base),
      set: (amount) => [[part, number(amount)]],
    };
  }
  const own = known ? part : field;
  const lever = leverFor(field, situation) ?? leverFor(stemOf(own), situation);
  return {
    key: own,
    // A computed field whose own part is known is moved by that part only.
    lever: parts.length === 0 || known || !values.has(part) ? lever : undefined,
    now: numberOf(values, own),
    bound: same,
    set: (amount) => [[own, number(amount)]],
  };
}

function assumptions(
  field: string,
  atoms: readonly number[],
  all: readonly Atom[],
  values: Values,
  pack: LeverPack,
): Level[] {
  const cost = confirmEffort(field, values, pack);
  const level = (value: Value): Level => ({
    cost,
    mask: maskOf(atoms, (a) => holdsFor(all[a] as Atom, value)),
    moves: [],
    assumed: [[field, value]],
  });
  const candidates = atoms.flatMap((a): Value[] => {
    const { is, bounds } = all[a] as Atom;
    if (typeof is === 'boolean') return [flag(is)];
    if (typeof is === 'string') return [{ kind: 'word', word: is }];
    return aims(bounds, field.includes('rank')).map(number);
  });
  return candidates.map(level).sort((a, b) => bits(a.mask) - bits(b.mask));
}

function bits(mask: number): number {
  let count = 0;
  for (let m = mask; m !== 0; m &= m - 1) count++;
  return count;
}

const STAY: Omit<Level, 'mask'> = { cost: 0, moves: [], assumed: [] };

/** Levels of a yes/no fact or a word. */
function wordLevels(
  field: string,
  atoms: readonly number[],
  all: readonly Atom[],
  values: Values,
  situation: Situation,
): Level[] {
  const lever = leverFor(field, situation);
  if (!canMove(field, lever, situation)) return [];
  return atoms.flatMap((a): Level[] => {
    const { is } = all[a] as Atom;
    if (is === undefined) return [];
    const value: Value = typeof is === 'boolean' ? flag(is) : { kind: 'word', word: is };
    const set = [[field, value]] as const;
    return [
      {
        cost: effortOf(lever, set, values, situation.levers),
        mask: maskOf(atoms, (x) => holdsFor(all[x] as Atom, value)),
        moves: [{ lever, set }],
        assumed: [],
      },
    ];
  });
}

function amountLevels(
  atoms: readonly number[],
  all: readonly Atom[],
  handles: readonly Handle[],
  values: Values,
  situation: Situation,
): Level[] {
  const [handle] = handles;
  if (!handle?.lever || !handle.now) return [];
  const { lever, now } = handle;
  const mapped = atoms.map((a, i): Bound[] =>
    mapBounds((all[a] as Atom).bounds, (handles[i] as Handle).bound),
  );
  const rank = (all[atoms[0] ?? 0]?.field ?? '').includes('rank');
  const seen = new Set<string>();
  return mapped
    .flatMap((bounds) => aims(bounds, rank))
    .flatMap((amount): Level[] => {
      const key = `${amount.n}/${amount.d}`;
      if (seen.has(key) || compare(amount, now) === 0 || sign(amount) < 0) return [];
      seen.add(key);
      const set = handle.set(amount);
      if (set.length === 0 || !set.every(([field]) => canMove(field, lever, situation))) return [];
      return [
        {
          cost: effortOf(lever, set, values, situation.levers),
          mask: maskOf(atoms, (a) => within(mapped[atoms.indexOf(a)] as Bound[], amount)),
          moves: [{ lever, set }],
          assumed: [],
        },
      ];
    });
}

/** Puts knobs that pull the same lever together: its effort counts once. */
function joined(first: Knob, second: Knob, values: Values, pack: LeverPack): Knob {
  const atoms = [...first.atoms, ...second.atoms];
  const levels = first.levels.flatMap((a) =>
    second.levels.map((b): Level => {
      const lever = a.moves[0]?.lever ?? b.moves[0]?.lever;
      const set = [...a.moves, ...b.moves].flatMap((m) => m.set);
      const assumed = [...a.assumed, ...b.assumed];
      const asked = assumed.reduce((sum, [field]) => sum + confirmEffort(field, values, pack), 0);
      const moves = lever && set.length > 0 ? [{ lever, set }] : [];
      const effort = lever && set.length > 0 ? effortOf(lever, set, values, pack) : 0;
      return { cost: effort + asked, mask: a.mask | (b.mask << first.atoms.length), moves, assumed };
    }),
  );
  return { atoms, levels: useful(levels) };
}

/**
 * The knobs for fields that stand on their own, given the atoms that read them. `values` are the facts at the
 * application, completed; known facts move by their lever, unknown ones can be assumed good and confirmed.
 */
export function knobsFor(
  wanted: readonly number[],
  all: readonly Atom[],
  values: Values,
  situation: Situation,
): Knob[] {
  const groups = new Map<string, { atoms: number[]; handles: Handle[] }>();
  for (const atom of wanted) {
    const { field } = all[atom] as Atom;
    const unknown = !values.has(field);
    const handle = handleOf(field, values, situation);
    const key = unknown ? `?${field}` : handle.key;
    const group = groups.get(key) ?? { atoms: [], handles: [] };
    group.atoms.push(atom);
    group.handles.push(handle);
    groups.set(key, group);
  }
  const byLever = new Map<string, Knob>();
  const knobs: Knob[] = [];
  for (const [key, { atoms, handles }] of groups) {
    const field = (all[atoms[0] as number] as Atom).field;
    const stay: Level = {
      ...STAY,
      mask: maskOf(atoms, (a) => holdsFor(all[a] as Atom, values.get((all[a] as Atom).field))),
    };
    const words = (all[atoms[0] as number] as Atom).is !== undefined;
    const own = key.startsWith('?')
      ? assumptions(field, atoms, all, values, situation.levers)
      : words
        ? wordLevels(field, atoms, all, values, situation)
        : amountLevels(atoms, all, handles, values, situation);
    const knob: Knob = { atoms, levels: useful([stay, ...own]) };
    const lever = own.find((l) => l.moves.length > 0)?.moves[0]?.lever.id;
    const before = lever === undefined ? undefined : byLever.get(lever);
    if (lever !== undefined && before) {
      knobs.splice(knobs.indexOf(before), 1);
      byLever.set(lever, joined(before, knob, values, situation.levers));
      knobs.push(byLever.get(lever) as Knob);
    } else {
      if (lever !== undefined) byLever.set(lever, knob);
      knobs.push(knob);
    }
  }
  return knobs;
}
