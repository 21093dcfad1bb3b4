import type { Slots } from '../diagnosis/batch-slots.ts';
import { COLUMNS, monthsBetween, TITLE_FIELDS, validOn } from '../library/fact-sheet.ts';
import type { Db } from '../library/open.ts';
import type { TitleKind } from '../library/shapes.ts';
import type { FactCatalogue } from '../standards/fact-schema.ts';

/** The enterprise whose facts are in the slots. */
export interface BatchRow {
  readonly id: string;
  readonly name: string;
  readonly fiscalYear: number;
  /** Division or class of GB/T 4754, digits only; undefined = unknown. */
  readonly industryCode: string | undefined;
  /** Highest title held and valid: 0–3. */
  readonly held: number;
  /** A fact that cannot be read; nothing can be said then. */
  readonly failed: boolean;
}

/** Rows of one table in order of their enterprise, taken as far as an enterprise goes. */
class Cursor {
  private readonly rows: Iterator<unknown[]>;
  private next: unknown[] | undefined;

  constructor(rows: Iterator<unknown[]>) {
    this.rows = rows;
    this.advance();
  }

  private advance(): void {
    const step = this.rows.next();
    this.next = step.done ? undefined : step.value;
  }

  each(id: string, take: (row: unknown[]) => void): void {
    while (this.next && (this.next[0] as string) < id) this.advance();
    while (this.next && this.next[0] === id) {
      take(this.next);
      this.advance();
    }
  }

  close(): void {
    this.rows.return?.();
  }
}

function snake(column: string): string {
  return column.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

/** Where a stored answer goes: slots by the year it must carry, relative to the last closed one (null = no year). */
type Targets = Map<string, { slot: number; offset: number | null }[]>;

function targetsOf(catalogue: FactCatalogue, slots: Slots): Targets {
  const targets: Targets = new Map();
  const put = (stored: string, slot: number, offset: number | null) => {
    if (slot < 0) return;
    const list = targets.get(stored) ?? [];
    list.push({ slot, offset });
    targets.set(stored, list);
  };
  for (const fact of catalogue.facts) {
    if (fact.origin === 'option') continue;
    put(fact.stored ?? fact.id, slots.slot(fact.id), fact.origin === 'yearly' ? (fact.offset ?? 0) : null);
  }
  put('eval_score', slots.slot('eval_score_y1'), 0);
  return targets;
}

const RANKS = ['national', 'provincial'] as const;
const TITLES = ['title_tech_innovative_valid', 'title_srdi_valid', 'title_little_giant_valid'] as const;

/** Fields that the reading itself needs, whether or not a rule reads them. */
export const READ_FIELDS: readonly string[] = [
  ...TITLES,
  ...COLUMNS.flatMap(({ field, money }) =>
    field.startsWith('cash') ? [] : [money ? `${field}_y1_wan` : `${field}_y1`],
  ),
  'rd_institution_level',
  ...RANKS.flatMap((kind) => [`sci_award_${kind}_3y_rank`]),
];

interface TitleState {
  mine: boolean;
  valid: boolean;
}

/**
 * Reads a library enterprise by enterprise into the slots, straight from its rows (whole yuan, stored answers,
 * titles): the same facts as buildFactSheet gives, without words. `today` is YYYY-MM-DD; a sample is read as of its
 * snapshot year, everything else as of the year before today. Archived enterprises are left out.
 */
export function* readRows(
  db: Db,
  slots: Slots,
  catalogue: FactCatalogue,
  today: string,
): Generator<BatchRow> {
  const targets = targetsOf(catalogue, slots);
  const columns = COLUMNS.map(({ column, field, years, money }) => ({
    sql: snake(column),
    money,
    slots: Array.from({ length: years }, (_, i) =>
      slots.slot(money ? `${field}_y${i + 1}_wan` : `${field}_y${i + 1}`),
    ),
  })).filter((c) => c.slots.some((slot) => slot >= 0));
  const titleSlots = TITLE_FIELDS.map(({ field, kinds }) => ({ slot: slots.slot(field), kinds }));
  const held = TITLES.map((field) => slots.slot(field));
  const [niche, age] = [slots.slot('years_in_niche'), slots.slot('firm_age_years')];
  const lastClosed = Number(today.slice(0, 4)) - 1;
  const months = new Map<string, number>();
  const monthsTo = (from: string, to: string): number => {
    const key = `${from} ${to}`;
    let known = months.get(key);
    if (known === undefined) {
      known = monthsBetween(from, to);
      if (months.size < 100_000) months.set(key, known);
    }
    return known;
  };
  const rows = (sql: string) => db.prepare(sql).raw(true).iterate() as unknown as Iterator<unknown[]>;
  const figures = new Cursor(
    rows(
      `SELECT enterprise_id, year, ${columns.map((c) => c.sql).join(', ')} FROM figure ORDER BY enterprise_id`,
    ),
  );
  const facts = new Cursor(
    rows('SELECT enterprise_id, fact_id, year, value FROM fact ORDER BY enterprise_id'),
  );
  const titles = new Cursor(
    rows('SELECT enterprise_id, kind, issued_on, expires_on FROM title ORDER BY enterprise_id'),
  );
  const states: TitleState[] = titleSlots.map(() => ({ mine: false, valid: false }));
  const enterprises = rows(
    `SELECT id, name, snapshot_year, industry_class, industry_division, niche_since, founded_on
       FROM enterprise WHERE archived_at IS NULL ORDER BY id`,
  );
  try {
    for (let step = enterprises.next(); !step.done; step = enterprises.next()) {
      const [id, name, snapshot, industryClass, division, nicheSince, foundedOn] = step.value as [
        string,
        string,
        ...(string | number | null)[],
      ];
      const fiscalYear = (snapshot as number | null) ?? lastClosed;
      const factsDate = fiscalYear >= lastClosed ? today : `${fiscalYear}-12-31`;
      const yearEnd = `${fiscalYear}-12-31`;
      let failed = false;
      slots.clear();
      facts.each(id, (row) => {
        const wanted = targets.get(row[1] as string);
        const text = row[3] as string;
        if (!wanted || text === 'null') return;
        for (const { slot, offset } of wanted) {
          if (row[2] !== (offset === null ? null : fiscalYear + offset)) continue;
          try {
            slots.setText(slot, text === 'true' ? true : text === 'false' ? false : unquoted(text));
          } catch {
            failed = true;
          }
        }
      });
      figures.each(id, (row) => {
        const back = fiscalYear - (row[1] as number);
        if (back < 0 || back > 2) return;
        for (let c = 0; c < columns.length; c++) {
          const value = row[c + 2] as number | null;
          const column = columns[c] as (typeof columns)[number];
          const slot = column.slots[back];
          if (value !== null && slot !== undefined) slots.setNumber(slot, value, column.money ? 10_000 : 1);
        }
      });
      for (const [slot, since] of [
        [niche, nicheSince],
        [age, foundedOn],
      ] as const) {
        if (slot < 0 || !since) continue;
        const spent = monthsTo(String(since), yearEnd);
        if (spent >= 0) slots.setNumber(slot, spent, 12);
      }
      for (const state of states) {
        state.mine = false;
        state.valid = false;
      }
      titles.each(id, (row) => {
        const valid = validOn(
          { issuedOn: row[2] as string | null, expiresOn: row[3] as string | null },
          factsDate,
        );
        for (let t = 0; t < titleSlots.length; t++) {
          if (!titleSlots[t]?.kinds.includes(row[1] as TitleKind)) continue;
          const state = states[t] as TitleState;
          state.mine = true;
          state.valid ||= valid;
        }
      });
      for (let t = 0; t < titleSlots.length; t++) {
        const { slot } = titleSlots[t] as { slot: number };
        if (states[t]?.valid) slots.setFlag(slot, true);
        else if (states[t]?.mine && slots.kind[slot] === 0) slots.setFlag(slot, false);
      }
      impliedFacts(slots);
      slots.derive();
      const code =
        /^\d{3,4}/.exec(String(industryClass ?? ''))?.[0] ?? (division as string | null) ?? undefined;
      let top = 0;
      for (let rung = 0; rung < held.length; rung++) {
        const slot = held[rung] as number;
        if (slots.value(slot)?.kind === 'flag' && slots.n[slot] === 1) top = rung + 1;
      }
      yield { id, name, fiscalYear, industryCode: code, held: top, failed };
    }
  } finally {
    // Whoever stops early leaves no query open behind.
    enterprises.return?.();
    for (const cursor of [figures, facts, titles]) cursor.close();
  }
}

/** '"0.383"' → '0.383'; texts with escapes take the general way. */
function unquoted(json: string): string {
  if (json.includes('\\')) return String(JSON.parse(json));
  return json.slice(1, -1);
}

/** Answers that follow from others a person gave, as on the interactive path. */
function impliedFacts(slots: Slots): void {
  const level = slots.slot('rd_institution_level');
  const institution = slots.slot('has_provincial_plus_rd_institution');
  if (level >= 0 && institution >= 0 && slots.kind[institution] === 0 && slots.kind[level] === 4) {
    const word = slots.n[level];
    if (word === slots.word('national') || word === slots.word('provincial'))
      slots.setFlag(institution, true);
  }
  const places = RANKS.map((kind) => {
    const rank = slots.slot(`sci_award_${kind}_3y_rank`);
    const value = slots.kind[rank] === 1 ? (slots.n[rank] as number) / (slots.d[rank] as number) : undefined;
    const won = slots.slot(`sci_award_${kind}_3y`);
    if (value !== undefined && won >= 0 && slots.kind[won] === 0) slots.setFlag(won, value !== 0);
    return value;
  });
  const both = slots.slot('sci_award_provincial_plus_3y_rank');
  const [a, b] = places;
  if (both < 0 || a === undefined || b === undefined || slots.kind[both] !== 0) return;
  const ranks = [a, b].filter((rank) => rank > 0);
  slots.setNumber(both, ranks.length > 0 ? Math.min(...ranks) : 0, 1);
}
