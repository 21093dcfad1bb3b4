import { basename } from 'node:path';
import type { Rules } from '../diagnosis/context.ts';
import { type Diagnosis, diagnosisShape, type Judged } from '../diagnosis/shapes.ts';
import { canBeStored } from '../exchange/case-check.ts';
import type { OpenCase } from '../exchange/case-read.ts';
import { caseOfPlan, checkCarried } from '../exchange/plan-read.ts';
import type { VerifiedPlan } from '../exchange/verified-plan.ts';
import { prepared, userVersion } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { CARRIED_NAME } from '../plan/carried.ts';
import {
  MANIFEST_NAME,
  type Manifest,
  manifestShape,
  SNAPSHOT_NAME,
  snapshotHash,
} from '../plan/manifest.ts';
import { pdfBytes, readPdf } from '../plan/read-pdf.ts';
import { pagesDiffer } from '../plan/verify-pages.ts';
import type { CheckName, Verified } from '../plan/verify-shapes.ts';
import type { Context, Handlers } from './context.ts';
import { rerun } from './diagnose-enterprise.ts';
import { jsonDifferences } from './differences.ts';
import { type HeldCase, holdCase, shownCase } from './open-case.ts';
import { storedRules } from './stored-rules.ts';

type Check = Verified['checks'][number];

function json(bytes: Uint8Array | undefined): unknown {
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The rules a snapshot was made with, or the names of those that are not at hand. */
function rulesOf(context: Context, manifest: Manifest, diagnosis: Diagnosis): Rules | string[] {
  const now = new Set(context.packs.map((pack) => `${pack.id}:${pack.hash}`));
  const { packs } = manifest;
  if (packs.length === 0) {
    const routes = diagnosis.rungs.flatMap((rung) => rung.routes);
    const hashes = new Map([...context.rules.standards.values()].map((s) => [s.standard.id, s.hash]));
    const missing = routes.filter((route) => hashes.get(route.standard) !== route.hash);
    return missing.length === 0 ? context.rules : [...new Set(missing.map((route) => route.standard))];
  }
  const missing = packs.filter((pack) => !now.has(`${pack.id}:${pack.hash}`));
  if (missing.length === 0 && packs.length === now.size) return context.rules;
  try {
    return storedRules(context.db, packs);
  } catch (error) {
    if (error instanceof Refusal) return missing.length > 0 ? missing.map((pack) => pack.id) : ['—'];
    throw error;
  }
}

/** The hashes of the standards as printed must be those of the rules it is run with. */
function standardsDiffer(diagnosis: Diagnosis, rules: Rules): string[] {
  const hashes = new Map([...rules.standards.values()].map((s) => [s.standard.id, s.hash]));
  const routes = diagnosis.rungs.flatMap((rung) => rung.routes);
  return [...new Set(routes.filter((r) => hashes.get(r.standard) !== r.hash).map((r) => r.standard))];
}

function itemsOf(diagnosis: Diagnosis): Map<string, Judged> {
  const all = new Map<string, Judged>();
  for (const rung of diagnosis.rungs)
    for (const route of rung.routes)
      for (const item of route.items)
        all.set(`${rung.rung} ${route.standard} ${route.tier} ${item.id}`, item);
  return all;
}

function changedItems(printed: Diagnosis, again: Diagnosis): Verified['changed'] {
  const now = itemsOf(again);
  const side = ({ verdict, formula }: Judged) => ({ verdict, formula });
  return [...itemsOf(printed)].flatMap(([key, item]) => {
    const other = now.get(key);
    const same =
      other && jsonDifferences(side(item), side(other)).length === 0 && item.gap?.zh === other.gap?.zh;
    return same
      ? []
      : [{ title: item.title, clause: item.clause, printed: side(item), again: other ? side(other) : null }];
  });
}

function runAgain(diagnosis: Diagnosis, rules: Rules): { check: Check; changed: Verified['changed'] } {
  let again: Diagnosis;
  try {
    again = JSON.parse(JSON.stringify(rerun(diagnosis, rules))) as Diagnosis;
  } catch {
    // Facts that no check-up of ours could hold.
    return { check: { check: 'rerun', state: 'differs', details: ['given'] }, changed: [] };
  }
  // A newer engine that gives the same verdicts is no difference.
  const differences = jsonDifferences({ ...diagnosis, engine: '' }, { ...again, engine: '' });
  return {
    check: { check: 'rerun', state: differences.length === 0 ? 'ok' : 'differs', details: differences },
    changed: changedItems(diagnosis, again),
  };
}

function libraryCheck(context: Context, manifest: Manifest): { check: Check; here: Verified['here'] } {
  const has = (table: 'enterprise' | 'plan', id: string) =>
    prepared(context.db, `SELECT 1 FROM ${table} WHERE id = ?`).get(id) ? id : null;
  const row = prepared(context.db, 'SELECT snapshot_hash AS hash FROM diagnosis WHERE id = ?').get(
    manifest.diagnosis.id,
  ) as { hash: string } | undefined;
  const state = !row ? 'none' : row.hash === manifest.diagnosis.sha256 ? 'ok' : 'differs';
  return {
    check: { check: 'library', state, details: [] },
    here: { enterpriseId: has('enterprise', manifest.enterprise.id), planId: has('plan', manifest.plan.id) },
  };
}

interface Looked {
  readonly verified: Verified;
  /** What a genuine plan carries. */
  readonly read: OpenCase | null;
}

function verify(
  context: Context,
  file: string,
  attachments: Readonly<Record<string, Uint8Array>>,
  pages: readonly string[],
): Looked {
  const nowhere = { enterpriseId: null, planId: null };
  const bare: Verified = {
    file,
    result: 'foreign',
    manifest: null,
    asOf: null,
    checks: [],
    changed: [],
    here: nowhere,
  };
  const raw = json(attachments[SNAPSHOT_NAME]);
  const snapshot = diagnosisShape.safeParse(raw);
  const manifest = manifestShape.safeParse(json(attachments[MANIFEST_NAME])).data ?? null;
  if (!attachments[SNAPSHOT_NAME] && !attachments[MANIFEST_NAME]) return { verified: bare, read: null };
  const attached = (check: CheckName, state: Check['state'], details: string[] = []): Check => ({
    check,
    state,
    details,
  });
  if (!snapshot.success || !manifest) {
    const broken = [...(snapshot.success ? [] : [SNAPSHOT_NAME]), ...(manifest ? [] : [MANIFEST_NAME])];
    const checks = [attached('attachments', 'differs', broken)];
    return { verified: { ...bare, result: 'differs', manifest, checks }, read: null };
  }
  const diagnosis = snapshot.data;
  const same = snapshotHash(raw) === manifest.diagnosis.sha256;
  const checks: Check[] = [attached('attachments', 'ok'), attached('snapshot', same ? 'ok' : 'differs')];
  const rules = rulesOf(context, manifest, diagnosis);
  let changed: Verified['changed'] = [];
  if (Array.isArray(rules)) {
    checks.push(attached('standards', 'none', rules), attached('rerun', 'none'));
  } else {
    const other = standardsDiffer(diagnosis, rules);
    checks.push(attached('standards', other.length === 0 ? 'ok' : 'differs', other));
    const again = runAgain(diagnosis, rules);
    checks.push(again.check);
    changed = again.changed;
  }
  const unlike = pagesDiffer(diagnosis, manifest, pages);
  checks.push(attached('pages', unlike.length === 0 ? 'ok' : 'differs', unlike));
  const { check, here } = libraryCheck(context, manifest);
  const wanted = new Set(manifest.packs.map((pack) => pack.hash));
  const source = {
    manifest,
    diagnosis,
    snapshot: JSON.stringify(raw),
    catalogue: Array.isArray(rules) ? context.rules.facts : rules.facts,
    packs: context.packs.filter((pack) => wanted.has(pack.hash)),
    known: check.state === 'ok',
  };
  const carried = Array.isArray(rules) ? 'none' : checkCarried(attachments[CARRIED_NAME], source);
  const state = typeof carried === 'string' ? carried : 'ok';
  checks.push(attached('carried', state), check);
  const differs = checks.some(({ state }) => state === 'differs');
  const result = differs ? 'differs' : Array.isArray(rules) ? 'unchecked' : 'genuine';
  const verified: Verified = { ...bare, result, manifest, asOf: diagnosis.asOf, checks, changed, here };
  return {
    verified,
    read: result === 'genuine' && carried !== 'differs' ? caseOfPlan(carried, source) : null,
  };
}

/**
 * Verifies a plan's PDF. A genuine one is held open with what it carries, to be taken in like a package. Throws a Refusal
 * for a file that cannot be read. Nothing is stored.
 */
export async function verifyPlan(
  context: Context,
  { path, bytes }: { path: string; bytes: Uint8Array },
): Promise<VerifiedPlan> {
  const { attachments, pages } = await readPdf(bytes);
  const { verified, read } = verify(context, basename(path), attachments, pages);
  // A plan of a newer version may carry what cannot be stored here.
  if (!read || read.manifest.libraryFormat > userVersion(context.db) || !read.firms.every(canBeStored))
    return { ...verified, offer: null };
  const held: HeldCase = { kind: 'plan', path, bytes: null, sealed: false, read };
  return { ...verified, offer: await shownCase(context, holdCase(context, held), held) };
}

/** Verifying plans that were exported before. Nothing is stored. */
export const verifyHandlers = {
  async 'plan.verifyFile'(context, { path }) {
    return verifyPlan(context, { path, bytes: await pdfBytes(path) });
  },
} satisfies Partial<Handlers>;
