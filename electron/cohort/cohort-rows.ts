import { comparison } from '../diagnosis/batch-compare.ts';
import type { Rules } from '../diagnosis/context.ts';
import type { Db } from '../library/open.ts';
import type { ProfileItem } from './cohort-data.ts';
import { either, type RowJudge, rowJudge, tiersInForce, type WantedTier } from './judge-rows.ts';
import { METRIC_FIELDS, metricReader } from './metrics.ts';

/** A title of the ladder with its dates as they are known. */
export interface RowTitle {
  readonly rung: 1 | 2 | 3;
  readonly issuedOn: string | null;
  readonly expiresOn: string | null;
  /** First and last day on which it counts as valid, as far as the dates say. */
  readonly from: string;
  readonly until: string;
}

/** The day a loose date can mean at the latest. */
export function latestDay(date: string): string {
  return date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date;
}

/** What is kept of one enterprise to count, compare and list a cohort. */
export interface CohortRow {
  readonly id: string;
  readonly name: string;
  readonly uscc: string | null;
  /** As the library knows it, else that of the district. */
  readonly city: string | null;
  readonly district: string | null;
  readonly section: string | null;
  readonly division: string | null;
  readonly size: string | null;
  readonly stage: string | null;
  readonly consultant: string | null;
  readonly tags: readonly string[];
  readonly sample: boolean;
  readonly fiscalYear: number;
  /** Highest title held and valid, 0–3, as the library screen says it. */
  readonly held: number;
  /** A fact that cannot be read; nothing can be said of its rungs then. */
  readonly failed: boolean;
  /** Verdict codes of every item of every tier in force today, as `CohortView.items` lists them. */
  readonly codes: Uint8Array;
  /** Verdict code of each rung, 1–3. */
  readonly rungs: Uint8Array;
  /** By METRICS; NaN = unknown. */
  readonly metrics: Float64Array;
  /** By the items of the portrait: 1 yes, 0 no, −1 unknown. */
  readonly profile: Int8Array;
  readonly titles: readonly RowTitle[];
  readonly updatedAt: string;
}

/** One item of a tier in force, and where its verdict stands in `codes`. */
export interface CohortItem {
  readonly rung: 1 | 2 | 3;
  readonly standard: string;
  readonly tier: string;
  readonly item: string;
  readonly kind: 'base' | 'gates' | 'direct' | 'exclusions';
}

/** A whole library as it stands on a day. */
export interface CohortView {
  readonly today: string;
  readonly rows: readonly CohortRow[];
  readonly items: readonly CohortItem[];
  readonly tiers: readonly (WantedTier & { readonly rung: 1 | 2 | 3 })[];
}

const RUNG_OF: Readonly<Record<string, 1 | 2 | 3>> = {
  tech_sme: 1,
  innovative: 1,
  srdi: 2,
  little_giant: 3,
  key_little_giant: 3,
};

interface Extra {
  readonly uscc: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly section: string | null;
  readonly division: string | null;
  readonly consultant: string | null;
  readonly tags: readonly string[];
  readonly sample: boolean;
  readonly updatedAt: string;
  readonly size: string | null;
  readonly stage: string | null;
}

/** What the reference data say of places and industries. */
export interface Places {
  /** The city of an enterprise by what its record says: one name for each city, null where nothing tells. */
  cityOf(city: string | null, district: string | null): string | null;
  /** The section of an industry division. */
  sectionOf(division: string): string | null;
}

/** What the judging does not read: place, industry, size and stage, in order of the enterprise. */
function* extras(db: Db, places: Places): Generator<[string, Extra]> {
  const known = new Map<string, readonly string[]>([['[]', []]]);
  // The same few lists of tags occur again and again.
  const tagsOf = (json: string) => {
    const tags = known.get(json) ?? (JSON.parse(json) as string[]);
    if (known.size < 10_000) known.set(json, tags);
    return tags;
  };
  const rows = db
    .prepare(
      `SELECT e.id, e.uscc, e.district, e.industry_section, e.industry_division, e.consultant, e.is_sample,
              e.updated_at, s.size_class, s.stage, e.city, e.tags
         FROM enterprise e LEFT JOIN standing s ON s.enterprise_id = e.id
        WHERE e.archived_at IS NULL ORDER BY e.id`,
    )
    .raw(true)
    .iterate() as unknown as Iterable<unknown[]>;
  for (const r of rows) {
    const text = (i: number) => (r[i] as string | null) || null;
    yield [
      r[0] as string,
      {
        uscc: text(1),
        city: places.cityOf(text(10), text(2)),
        district: text(2),
        section: text(3),
        division: text(4),
        consultant: text(5),
        tags: tagsOf(r[11] as string),
        sample: r[6] === 1,
        updatedAt: r[7] as string,
        size: text(8),
        stage: text(9),
      },
    ];
  }
}

function titlesOf(db: Db): Map<string, RowTitle[]> {
  const found = new Map<string, RowTitle[]>();
  const rows = db
    .prepare('SELECT enterprise_id, kind, issued_on, expires_on FROM title ORDER BY enterprise_id')
    .raw(true)
    .iterate() as unknown as Iterable<[string, string, string | null, string | null]>;
  for (const [id, kind, issuedOn, expiresOn] of rows) {
    const rung = RUNG_OF[kind];
    if (!rung) continue;
    const list = found.get(id) ?? [];
    const until = expiresOn === null ? '9999-12-31' : latestDay(expiresOn);
    list.push({ rung, issuedOn, expiresOn, from: issuedOn ?? '', until });
    found.set(id, list);
  }
  return found;
}

function profileReader(judge: RowJudge, items: readonly ProfileItem[]) {
  const tests = items.map(({ when, onlyProves }) => {
    if ('section' in when)
      return (section: string | null) => (section === null ? -1 : section === when.section ? 1 : 0);
    const compare = comparison(when, judge.slots);
    return () => {
      const code = compare();
      return code >= 3 ? 1 : code === 0 && !onlyProves ? 0 : -1;
    };
  });
  return (section: string | null) => Int8Array.from(tests, (test) => test(section));
}

/** What a walk through a library may need: rest between firms, and to be told to end. */
export type Step = (done: number) => boolean | Promise<boolean>;

/**
 * Reads and judges every enterprise that is not archived, once, as of `today`. `places` gives the section
 * of an industry division and the city of a district where the record has none. undefined when `step` says to end.
 */
export async function readCohort(
  db: Db,
  rules: Rules,
  today: string,
  profile: readonly ProfileItem[],
  places: Places,
  step: Step = () => true,
): Promise<CohortView | undefined> {
  const inForce = tiersInForce(rules, today);
  const wanted = inForce.flatMap(({ rung, tiers }) => tiers.map((tier) => ({ ...tier, rung })));
  const fields = [...METRIC_FIELDS, ...profile.flatMap(({ when }) => ('field' in when ? [when.field] : []))];
  const judge = rowJudge(rules, wanted, today, { fields });
  const rungOf = (standard: string, tier: string) =>
    wanted.find((w) => w.standard === standard && w.tier === tier)?.rung ?? 1;
  const tiers = judge.tiers.map((batch) => ({
    batch,
    rung: rungOf(batch.tier.standard.id, batch.tier.tier.id),
  }));
  const items = tiers.flatMap(({ batch, rung }) =>
    batch.items.map(
      ({ id, kind }): CohortItem => ({
        rung,
        standard: batch.tier.standard.id,
        tier: batch.tier.tier.id,
        item: id,
        kind,
      }),
    ),
  );
  const metrics = metricReader(judge.slots);
  const profiles = profileReader(judge, profile);
  const titles = titlesOf(db);
  const rows: CohortRow[] = [];
  const more = extras(db, places);
  const walk = judge.rows(db);
  try {
    for (const row of walk) {
      const [id, extra] = more.next().value as [string, Extra];
      if (id !== row.id) throw new Error('the library changed while it was read');
      const section = extra.section ?? (extra.division ? places.sectionOf(extra.division) : null);
      const codes = new Uint8Array(items.length).fill(row.failed ? 1 : 0);
      const rungs = new Uint8Array(3).fill(1);
      if (!row.failed) {
        const found: number[][] = [[], [], []];
        let at = 0;
        for (const { batch, rung } of tiers) {
          found[rung - 1]?.push(batch.run());
          codes.set(batch.codes, at);
          at += batch.codes.length;
        }
        for (let r = 0; r < 3; r++) rungs[r] = either(found[r] as number[]);
      }
      rows.push({
        id,
        name: row.name,
        ...extra,
        section,
        fiscalYear: row.fiscalYear,
        held: row.held,
        failed: row.failed,
        codes,
        rungs,
        metrics: metrics(),
        profile: profiles(section),
        titles: titles.get(id) ?? [],
      });
      if (!(await step(rows.length))) return undefined;
    }
  } finally {
    walk.return(undefined);
    more.return(undefined);
  }
  return { today, rows, items, tiers: wanted };
}

/** Whether a dated title of at least this rung was valid on a day (YYYY-MM-DD). */
export function heldOn(row: CohortRow, rung: number, day: string): boolean {
  return row.titles.some((title) => title.rung >= rung && title.from <= day && title.until >= day);
}
