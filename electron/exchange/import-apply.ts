import { v7 as uuid } from 'uuid';
import { readFile } from '../library/enterprise-file.ts';
import { createEnterprise, updateEnterprise } from '../library/enterprises.ts';
import { setFacts } from '../library/facts.ts';
import { setFigures } from '../library/figures.ts';
import { type Db, prepared } from '../library/open.ts';
import type { FigureValues, Profile, TitleKind } from '../library/shapes.ts';
import { putStanding, type Standing } from '../library/standing.ts';
import { saveTitle } from '../library/titles.ts';
import { type Tx, write } from '../library/write.ts';
import type { FactCatalogue } from '../standards/fact-schema.ts';
import type { Check, CheckedDraft } from './import-check.ts';
import type { Step } from './import-plan.ts';
import { recordingTx } from './import-records.ts';
import { headerWords } from './import-targets.ts';

export interface ApplyOptions {
  readonly check: Check;
  readonly catalogue: FactCatalogue;
  /** Name of the file, for people. */
  readonly source: string;
  readonly actor: string;
  readonly now: Date;
  /** Called now and then before the commit; throwing ends the import with nothing stored. */
  progress(done: number, total: number): void;
}

export interface Applied {
  readonly batchId: string;
  readonly touched: readonly string[];
}

/** Not judged yet: the line is listed at once and judged when the import is safe. */
const WAITING: Standing = {
  sizeClass: null,
  stage: null,
  currentRung: 0,
  nextRung: null,
  rungs: [],
  counts: { met: 0, unmet: 0, unknown: 0, manual: 0 },
  rulesHash: '',
  goodUntil: '9999-12-31',
};

/** Puts the list lines of enterprises whose data just changed; those that are gone lose theirs. */
export function markWaiting(db: Db, ids: Iterable<string>): void {
  for (const id of ids) {
    if (prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id))
      putStanding(db, readFile(db, id), WAITING);
  }
}

function profileOf(steps: readonly Step[]): Partial<Profile> {
  const profile: Record<string, unknown> = {};
  for (const { target, value } of steps) if (target.group === 'profile') profile[target.field] = value;
  return profile as Partial<Profile>;
}

function storeRecords(tx: Tx, id: string, { plan }: CheckedDraft, options: ApplyOptions): void {
  const backing = { basis: 'declared', source: options.source } as const;
  const years = new Map<number, Record<string, number>>();
  for (const { target, year, value } of plan.set) {
    if (target.group !== 'figures' || year === null) continue;
    years.set(year, { ...years.get(year), [target.field]: value as number });
  }
  if (years.size > 0)
    setFigures(
      tx,
      id,
      [...years].map(([year, values]) => ({ year, values: values as FigureValues, backing })),
    );
  const facts = plan.set.filter((step) => step.target.group === 'facts');
  if (facts.length > 0)
    setFacts(
      tx,
      id,
      facts.map(({ target, year, value }) => ({
        factId: target.field,
        year,
        value: value as string | boolean,
        ...backing,
      })),
      options.catalogue,
    );
  for (const [kind, title] of plan.titles) {
    const parts = plan.set.filter((step) => step.target.id.startsWith(`title:${kind}:`));
    if (parts.length === 0) continue;
    saveTitle(tx, id, {
      ...(title ?? {
        kind: kind as TitleKind,
        name: headerWords.titleNames[kind] ?? kind,
        number: null,
        issuer: null,
        issuedOn: null,
        expiresOn: null,
        ...backing,
      }),
      ...Object.fromEntries(parts.map(({ target, value }) => [target.field, value as string])),
    });
  }
}

function storeDraft(tx: Tx, checked: CheckedDraft, options: ApplyOptions): string {
  const { draft, plan } = checked;
  const profile = profileOf(plan.set);
  if (plan.id === null) {
    const id = createEnterprise(tx, { ...profile, name: draft.name ?? '' });
    storeRecords(tx, id, checked, options);
    return id;
  }
  if (Object.keys(profile).length > 0) updateEnterprise(tx, plan.id, profile);
  storeRecords(tx, plan.id, checked, options);
  return plan.id;
}

/**
 * Stores a checked import in one transaction, with what is needed to take it back. All of it or nothing: a Refusal of
 * the library, a failure, or `progress` throwing leaves the library as it was.
 */
export function applyImport(db: Db, options: ApplyOptions): Applied {
  const { check, actor, now, source } = options;
  const batchId = uuid();
  const touchedIds: string[] = [];
  write(
    db,
    {
      action: 'import.apply',
      actor,
      now,
      grouped: true,
      after: (touched) => {
        markWaiting(db, touched);
        touchedIds.push(...touched);
      },
    },
    (plain) => {
      const { tx, changes } = recordingTx(plain);
      prepared(
        db,
        `INSERT INTO import_batch (id, at, actor, source, added, changed, same, failed)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(batchId, tx.at, actor, source, check.added, check.changed, check.same, check.failedRows.size);
      const work = check.drafts.filter(({ plan }) => plan.id === null || plan.set.length > 0);
      for (const [done, checked] of work.entries()) {
        if (done % 50 === 0) options.progress(done, work.length);
        storeDraft(tx, checked, options);
      }
      const keep = prepared(
        db,
        'INSERT INTO import_item (batch_id, enterprise_id, records) VALUES (?, ?, ?)',
      );
      for (const [id, records] of changes) keep.run(batchId, id, JSON.stringify(records));
      options.progress(work.length, work.length);
    },
  );
  return { batchId, touched: touchedIds };
}
