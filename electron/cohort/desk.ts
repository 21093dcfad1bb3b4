import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rules } from '../diagnosis/context.ts';
import { type LeverPack, leverPackShape } from '../diagnosis/lever-schema.ts';
import { type Ruleset, rulesetOf } from '../diagnosis/ruleset.ts';
import { readFile } from '../library/enterprise-file.ts';
import { type Db, openReadOnly } from '../library/open.ts';
import {
  type Districts,
  districtsShape,
  type Industries,
  industriesShape,
} from '../library/reference-schema.ts';
import { Refusal } from '../library/refusal.ts';
import { cityReader } from './city-targets.ts';
import { type CohortData, readCohortData } from './cohort-data.ts';
import { type MatchContext, matcher } from './cohort-match.ts';
import { type CohortRow, type CohortView, readCohort } from './cohort-rows.ts';
import type { AskedCondition, Screened, ScreeningQuestion, ScreeningSummary } from './cohort-shapes.ts';
import { pacer } from './pace.ts';
import { cheapestOf, type RungRoutes, routesOf } from './row-routes.ts';
import { inOrder, screenerFor, screeningTiers } from './screening.ts';

export interface DeskSetup {
  readonly libraryPath: string;
  readonly rules: Rules;
  /** Folder of the product's read-only data. */
  readonly folder: string;
}

/** How a long piece of work reports and is ended. */
export interface Work {
  readonly today: string;
  cancelled(): boolean;
  progress(done: number, total: number): void;
}

export interface Screening {
  readonly summary: ScreeningSummary;
  /** In the order of `inOrder`. */
  readonly rows: readonly Screened[];
}

/** How many screenings are kept at hand; the oldest is let go first. */
const KEPT = 4;

const cancelled = () => new Refusal('library', 'batchCancelled');

/**
 * What a cohort is looked at with: reads a library, never writes, and keeps what it read until the library changes, so
 * that every number and the list behind it come from the same reading.
 */
export class CohortDesk {
  readonly data: CohortData;
  readonly industries: Industries;
  readonly districts: Districts;
  readonly ruleset: Ruleset;
  readonly levers: LeverPack;
  readonly #setup: DeskSetup;
  #view: { stamp: string; view: CohortView } | undefined;
  #reading: { stamp: string; view: Promise<CohortView> } | undefined;
  readonly #routes = new Map<string, { key: string; last: number; steps: RungRoutes[] }>();
  readonly #screenings = new Map<string, Screening>();

  constructor(setup: DeskSetup) {
    this.#setup = setup;
    this.data = readCohortData(setup.folder);
    const json = (...path: string[]): unknown =>
      JSON.parse(readFileSync(join(setup.folder, ...path), 'utf8'));
    this.industries = industriesShape.parse(json('reference', 'industries.json'));
    this.districts = districtsShape.parse(json('reference', 'districts.json'));
    this.levers = leverPackShape.parse(json('measures', 'levers', 'levers.json'));
    this.ruleset = rulesetOf(setup.rules);
  }

  /** Opens the library for looking, for as long as `work` takes. */
  async looking<T>(work: (db: Db) => T | Promise<T>): Promise<T> {
    const db = openReadOnly(this.#setup.libraryPath);
    try {
      return await work(db);
    } finally {
      db.close();
    }
  }

  /** Changes with every write and every line of the library that is judged anew. */
  #stamp(db: Db, today: string): string {
    const one = (sql: string) => db.prepare(sql).pluck().get();
    const change = one('SELECT max(id) FROM change');
    const waiting = one("SELECT count(*) FROM standing WHERE rules_hash = ''");
    const firms = one('SELECT count(*) FROM enterprise');
    return `${today}|${change ?? 0}|${waiting}|${firms}`;
  }

  /** The library as it stands today, judged; read anew where it changed. */
  async view(work: Work): Promise<CohortView> {
    return this.looking(async (db) => {
      const stamp = this.#stamp(db, work.today);
      if (this.#view?.stamp === stamp) return this.#view.view;
      if (this.#reading?.stamp === stamp) return this.#reading.view;
      const reading = this.#read(db, work).then((view) => {
        this.#view = { stamp, view };
        return view;
      });
      this.#reading = { stamp, view: reading };
      try {
        return await reading;
      } finally {
        if (this.#reading?.view === reading) this.#reading = undefined;
      }
    });
  }

  async #read(db: Db, work: Work): Promise<CohortView> {
    const total = db
      .prepare('SELECT count(*) FROM enterprise WHERE archived_at IS NULL')
      .pluck()
      .get() as number;
    const sections = new Map(this.industries.divisions.map((d) => [d.code, d.section]));
    const step = pacer(total, work.cancelled, work.progress);
    db.exec('BEGIN');
    try {
      const view = await readCohort(
        db,
        this.#setup.rules,
        work.today,
        this.data.profile.items,
        { cityOf: cityReader(this.districts), sectionOf: (division) => sections.get(division) ?? null },
        step,
      );
      if (!view) throw cancelled();
      return view;
    } finally {
      db.exec('COMMIT');
    }
  }

  /** What conditions need beside the rows. */
  matching(): MatchContext {
    return {
      profile: this.data.profile.items.map((item) => item.id),
      routeYear: (id, rung) => {
        const steps = this.#routes.get(id)?.steps;
        const step = steps?.find((s) => s.rung === rung);
        return step ? (step.options[0]?.year ?? null) : undefined;
      },
    };
  }

  /** The rows of a view that a condition asks for. */
  chosen(view: CohortView, condition: AskedCondition): CohortRow[] {
    return view.rows.filter(matcher(condition, view, this.matching()));
  }

  /** The ways up of an enterprise to a rung; worked out once for as long as neither it nor the day changes. */
  routes(db: Db, row: CohortRow, last: number, today: string, applicationDate: string): RungRoutes[] {
    const key = `${row.updatedAt}|${row.held}|${today}|${applicationDate}`;
    const place = today === applicationDate ? row.id : `${row.id} later`;
    const known = this.#routes.get(place);
    if (known?.key === key && known.last >= last) return known.steps;
    const steps = row.failed
      ? []
      : routesOf(readFile(db, row.id), {
          ruleset: this.ruleset,
          levers: this.levers,
          today,
          applicationDate,
          held: row.held,
          last,
        });
    this.#routes.set(place, { key, last, steps });
    return steps;
  }

  /** The ways up of all rows to a rung, by id. Throws a Refusal where it is cancelled. */
  async allRoutes(rows: readonly CohortRow[], last: number, work: Work): Promise<Map<string, RungRoutes[]>> {
    const step = pacer(rows.length, work.cancelled, work.progress);
    return this.looking(async (db) => {
      const found = new Map<string, RungRoutes[]>();
      for (const row of rows) {
        found.set(row.id, this.routes(db, row, last, work.today, work.today));
        if (!(await step(found.size))) throw cancelled();
      }
      return found;
    });
  }

  /** Screens the library and keeps the result under `id`. Throws a Refusal where it is cancelled. */
  async screen(id: string, question: ScreeningQuestion, work: Work): Promise<ScreeningSummary> {
    const view = await this.view(work);
    const { among, ...asked }: AskedCondition = question.condition ?? {};
    const matching = this.chosen(view, among ? { ...asked, among } : asked);
    const candidates = new Map(
      matching.filter((row) => row.held < question.rung).map((row): [string, CohortRow] => [row.id, row]),
    );
    const { judge, screen } = screenerFor(this.#setup.rules, question, work.today);
    const rows: Screened[] = [];
    let failed = 0;
    const step = pacer(candidates.size, work.cancelled, work.progress);
    await this.looking(async (db) => {
      let done = 0;
      const walk = judge.rows(db);
      try {
        for (const batch of walk) {
          const row = candidates.get(batch.id);
          if (!row) continue;
          done++;
          if (batch.failed || judge.tiers.length === 0) failed++;
          else {
            const screened = screen(row);
            if (question.routes) {
              const options =
                this.routes(db, row, question.rung, work.today, question.date).find(
                  (s) => s.rung === question.rung,
                )?.options ?? [];
              const [earliest] = options;
              const cheapest = cheapestOf(options);
              screened.route = earliest && cheapest ? { earliest, cheapest } : null;
            }
            rows.push(screened);
          }
          if (!(await step(done))) throw cancelled();
        }
      } finally {
        walk.return(undefined);
      }
    });
    rows.sort(inOrder);
    const count = (reach: Screened['reach']) => rows.filter((row) => row.reach === reach).length;
    const within = rows.filter((row) => row.route).length;
    const summary: ScreeningSummary = {
      // What is kept names the choice, not every enterprise that it stood for.
      question: question.condition ? { ...question, condition: asked } : question,
      today: work.today,
      tiers: screeningTiers(this.#setup.rules, question).flatMap((name) => {
        const tier = this.ruleset.find(name.standard, name.tier);
        return tier
          ? [
              {
                ...name,
                number: tier.standard.document.number,
                title: tier.tier.title,
                annex: tier.tier.annex,
              },
            ]
          : [];
      }),
      matching: matching.length,
      holding: matching.length - candidates.size,
      failed,
      counts: { sure: count('sure'), possible: count('possible'), impossible: count('impossible') },
      routed: question.routes ? { within, none: rows.length - within } : null,
    };
    this.keep(id, { summary, rows });
    return summary;
  }

  /** Keeps a screening at hand, also one that was read back from the library. */
  keep(id: string, screening: Screening): void {
    this.#screenings.delete(id);
    this.#screenings.set(id, screening);
    const [oldest] = this.#screenings.keys();
    if (this.#screenings.size > KEPT && oldest !== undefined) this.#screenings.delete(oldest);
  }

  /** A screening at hand. Throws a Refusal where it was let go. */
  screening(id: string): Screening {
    const found = this.#screenings.get(id);
    if (!found) throw new Refusal('not-found', 'screeningGone');
    return found;
  }
}
