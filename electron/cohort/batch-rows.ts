import { FLAG, NUMBER, type Parsed, type Slots, WORD } from '../diagnosis/batch-slots.ts';
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

/** Enterprises read at a time: what belongs to them comes in one answer a table, which costs a fraction of row by row. */
const CHUNK = 256;
/** Between the parts of an answer and between answers, where SQLite joins them: neither can stand in JSON. */
const [UNIT, RECORD] = ['\u001f', '\u001e'];
/** Answers and titles differ little from firm to firm: what was read once is known. Bounded for libraries where they do. */
const REMEMBERED = 200_000;

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
  const columns = COLUMNS.map(({ column, field, years, money }) => ({
    sql: snake(column),
    money,
    slots: Array.from({ length: years }, (_, i) =>
      slots.slot(money ? `${field}_y${i + 1}_wan` : `${field}_y${i + 1}`),
    ),
  })).filter((c) => c.slots.some((slot) => slot >= 0));
  const readFacts = factReader(slots, targetsOf(catalogue, slots));
  const readTitles = titleReader(slots);
  const implied = impliedFacts(slots);
  const held = TITLES.map((field) => slots.slot(field));
  const [niche, age] = [slots.slot('years_in_niche'), slots.slot('firm_age_years')];
  const lastClosed = Number(today.slice(0, 4)) - 1;
  const spent = monthsBefore();
  const query = (sql: string) => db.prepare(sql).raw(true);
  // The open query keeps one state of the library for all that is read, however long the walk takes.
  const enterprises = query(
    `SELECT id, name, snapshot_year, industry_class, industry_division, niche_since, founded_on
       FROM enterprise WHERE archived_at IS NULL ORDER BY id`,
  ).iterate() as unknown as Iterator<Head>;
  const of = 'WHERE enterprise_id >= ? AND enterprise_id <= ?';
  const figures = query(
    `SELECT enterprise_id, year, ${columns.map((c) => c.sql).join(', ')} FROM figure ${of} ORDER BY enterprise_id`,
  );
  const joined = (parts: readonly string[]) => `group_concat(${parts.join(' || char(31) || ')}, char(30))`;
  const facts = query(
    `SELECT enterprise_id, ${joined(['fact_id', "ifnull(year, '')", 'value'])} FROM fact ${of} GROUP BY enterprise_id`,
  );
  const titles = query(
    `SELECT enterprise_id, ${joined(['kind', "ifnull(issued_on, '')", "ifnull(expires_on, '')"])}
       FROM title ${of} GROUP BY enterprise_id`,
  );
  try {
    for (let heads = take(enterprises); heads.length > 0; heads = take(enterprises)) {
      const range = [heads[0]?.[0], heads.at(-1)?.[0]] as const;
      const [years, answers, held3] = [figures, facts, titles].map((q) => q.all(...range) as unknown[][]) as [
        unknown[][],
        unknown[][],
        unknown[][],
      ];
      let [y, a, t] = [0, 0, 0];
      for (const [id, name, snapshot, industryClass, division, nicheSince, foundedOn] of heads) {
        const fiscalYear = snapshot ?? lastClosed;
        const yearEnd = `${fiscalYear}-12-31`;
        slots.clear();
        // Lines of enterprises that are archived stand between those that are read.
        while (a < answers.length && (answers[a]?.[0] as string) < id) a++;
        const failed =
          answers[a]?.[0] === id && !readFacts((answers[a] as unknown[])[1] as string, fiscalYear);
        while (y < years.length && (years[y]?.[0] as string) < id) y++;
        for (; y < years.length && years[y]?.[0] === id; y++) {
          const row = years[y] as unknown[];
          const back = fiscalYear - (row[1] as number);
          if (back < 0 || back > 2) continue;
          for (let c = 0; c < columns.length; c++) {
            const value = row[c + 2] as number | null;
            if (value === null) continue;
            const column = columns[c] as (typeof columns)[number];
            const slot = column.slots[back];
            if (slot !== undefined) slots.setNumber(slot, value, column.money ? 10_000 : 1);
          }
        }
        if (niche >= 0 && nicheSince) {
          const months = spent(nicheSince, yearEnd);
          if (months >= 0) slots.setNumber(niche, months, 12);
        }
        if (age >= 0 && foundedOn) {
          const months = spent(foundedOn, yearEnd);
          if (months >= 0) slots.setNumber(age, months, 12);
        }
        while (t < held3.length && (held3[t]?.[0] as string) < id) t++;
        if (held3[t]?.[0] === id)
          readTitles((held3[t] as unknown[])[1] as string, fiscalYear >= lastClosed ? today : yearEnd);
        implied();
        slots.derive();
        let top = 0;
        for (let rung = 0; rung < held.length; rung++) {
          const slot = held[rung] as number;
          if (slots.kind[slot] === FLAG && slots.n[slot] === 1) top = rung + 1;
        }
        yield { id, name, fiscalYear, industryCode: industryOf(industryClass, division), held: top, failed };
      }
    }
  } finally {
    // Whoever stops early leaves no query open behind.
    enterprises.return?.();
  }
}

type Head = [
  id: string,
  name: string,
  snapshot: number | null,
  industryClass: string | null,
  division: string | null,
  nicheSince: string | null,
  foundedOn: string | null,
];

function take(rows: Iterator<Head>): Head[] {
  const taken: Head[] = [];
  while (taken.length < CHUNK) {
    const step = rows.next();
    if (step.done) break;
    taken.push(step.value);
  }
  return taken;
}

function industryOf(industryClass: string | null, division: string | null): string | undefined {
  const code = industryClass === null ? undefined : /^\d{3,4}/.exec(industryClass)?.[0];
  return code ?? division ?? undefined;
}

function monthsBefore(): (from: string, to: string) => number {
  const known = new Map<string, Map<string, number>>();
  return (from, to) => {
    let own = known.get(to);
    if (!own) {
      own = new Map();
      known.set(to, own);
    }
    let months = own.get(from);
    if (months === undefined) {
      months = monthsBetween(from, to);
      if (own.size < REMEMBERED) own.set(from, months);
    }
    return months;
  };
}

/** Puts the answers of an enterprise, joined to one text, into their slots; false where one cannot be read. */
function factReader(slots: Slots, targets: Targets): (text: string, fiscalYear: number) => boolean {
  /** What one answer does in a year: nothing, values into slots, or null = cannot be read. */
  type Puts = readonly { readonly slot: number; readonly parsed: Parsed }[] | null;
  const years = new Map<number, Map<string, Puts>>();
  const read = (answer: string, fiscalYear: number): Puts => {
    const [field, year, text] = answer.split(UNIT) as [string, string, string];
    if (text === 'null') return [];
    const stored = year === '' ? null : Number(year);
    try {
      return (targets.get(field) ?? [])
        .filter(({ offset }) => stored === (offset === null ? null : fiscalYear + offset))
        .map(({ slot }) => ({
          slot,
          parsed: slots.parse(text === 'true' ? true : text === 'false' ? false : unquoted(text)),
        }));
    } catch {
      return null;
    }
  };
  return (joined, fiscalYear) => {
    let known = years.get(fiscalYear);
    if (!known) {
      known = new Map();
      years.set(fiscalYear, known);
    }
    let readable = true;
    for (let from = 0; from < joined.length; ) {
      const end = joined.indexOf(RECORD, from);
      const answer = joined.slice(from, end < 0 ? undefined : end);
      from = end < 0 ? joined.length : end + 1;
      let puts = known.get(answer);
      if (puts === undefined) {
        puts = read(answer, fiscalYear);
        if (known.size < REMEMBERED) known.set(answer, puts);
      }
      if (puts === null) readable = false;
      else
        for (let i = 0; i < puts.length; i++)
          slots.put((puts[i] as { slot: number }).slot, (puts[i] as { parsed: Parsed }).parsed);
    }
    return readable;
  };
}

/** Puts the titles of an enterprise, joined to one text, into their slots: valid on the day, or held once. */
function titleReader(slots: Slots): (text: string, day: string) => void {
  const fields = TITLE_FIELDS.map(({ field, kinds }) => ({ slot: slots.slot(field), kinds })).filter(
    ({ slot }) => slot >= 0,
  );
  const days = new Map<string, Map<string, { slots: readonly number[]; valid: boolean }>>();
  return (joined, day) => {
    let known = days.get(day);
    if (!known) {
      known = new Map();
      days.set(day, known);
    }
    for (const title of joined.split(RECORD)) {
      let meaning = known.get(title);
      if (!meaning) {
        const [kind, issued, expires] = title.split(UNIT) as [TitleKind, string, string];
        meaning = {
          slots: fields.filter(({ kinds }) => kinds.includes(kind)).map(({ slot }) => slot),
          valid: validOn({ issuedOn: issued || null, expiresOn: expires || null }, day),
        };
        if (known.size < REMEMBERED) known.set(title, meaning);
      }
      for (const slot of meaning.slots) {
        if (meaning.valid) slots.setFlag(slot, true);
        // A title that has run out says no only where nothing else is known.
        else if (slots.kind[slot] === 0) slots.setFlag(slot, false);
      }
    }
  };
}

/** '"0.383"' → '0.383'; texts with escapes take the general way. */
function unquoted(json: string): string {
  if (json.includes('\\')) return String(JSON.parse(json));
  return json.slice(1, -1);
}

/** Answers that follow from others a person gave, as on the interactive path. */
function impliedFacts(slots: Slots): () => void {
  const level = slots.slot('rd_institution_level');
  const institution = slots.slot('has_provincial_plus_rd_institution');
  const high = [slots.word('national'), slots.word('provincial')];
  const awards = RANKS.map((kind) => ({
    rank: slots.slot(`sci_award_${kind}_3y_rank`),
    won: slots.slot(`sci_award_${kind}_3y`),
  }));
  const both = slots.slot('sci_award_provincial_plus_3y_rank');
  return () => {
    if (level >= 0 && institution >= 0 && slots.kind[institution] === 0 && slots.kind[level] === WORD) {
      if (high.includes(slots.n[level] as number)) slots.setFlag(institution, true);
    }
    let [known, least] = [0, 0];
    for (const { rank, won } of awards) {
      if (slots.kind[rank] !== NUMBER) continue;
      known++;
      const place = (slots.n[rank] as number) / (slots.d[rank] as number);
      if (won >= 0 && slots.kind[won] === 0) slots.setFlag(won, place !== 0);
      if (place > 0 && (least === 0 || place < least)) least = place;
    }
    if (known === RANKS.length && both >= 0 && slots.kind[both] === 0) slots.setNumber(both, least, 1);
  };
}
