import { statSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { writeWhole } from '../exchange/whole-file.ts';
import { zipWriter } from '../exchange/zip.ts';
import { lastChange, rowCounts } from '../library/backup.ts';
import { listBackups } from '../library/backup-shelf.ts';
import type { checkStatusShape, damageShape } from '../library/check-call-shapes.ts';
import { freeBytes, libraryBytes } from '../library/disk-space.ts';
import { mendLine, mendRecord, mendText } from '../library/mend.ts';
import { prepared, userVersion } from '../library/open.ts';
import { readSafetyState } from '../library/safety-state.ts';
import type { Context, Handlers } from './context.ts';
import { recentErrors } from './recent-errors.ts';
import { inTurn } from './writing.ts';

const DAY = 86_400_000;

function status({ db, safety, audit, now }: Context): z.output<typeof checkStatusShape> {
  const newest = listBackups(safety.shelf).find(({ manifest }) => manifest !== null)?.manifest ?? null;
  const [drill] = readSafetyState(safety.shelf).drills;
  const since = newest?.last?.id ?? 0;
  const row = prepared(db, 'SELECT count(*) AS n FROM change WHERE id > ?').get(since);
  return {
    running: audit.state.running,
    last: audit.state.last,
    failed: audit.state.failed,
    backup: {
      at: newest?.at ?? null,
      changesSince: Number(row?.n),
      days: newest ? Math.max(0, Math.floor((now().getTime() - Date.parse(newest.at)) / DAY)) : null,
      fault: safety.state.fault !== null || safety.state.secondFault !== null,
      drill: drill ? { at: drill.at, ok: drill.ok } : null,
    },
  };
}

/** Technical facts for support. Numbers, versions and kinds only: no name, no text, no path, no account. */
function supportFiles(context: Context): Record<string, unknown> {
  const { db, access, safety, packs, settings, libraryPath } = context;
  const { locale, theme } = settings();
  const state = readSafetyState(safety.shelf);
  return {
    'about.json': {
      product: packageJson.version,
      node: process.versions.node,
      electron: process.versions.electron ?? null,
      system: { platform: platform(), release: release(), arch: arch() },
      processors: cpus().length,
      memory: totalmem(),
      locale,
      theme,
      at: context.now().toISOString(),
    },
    'library.json': {
      format: userVersion(db),
      bytes: libraryBytes(libraryPath),
      free: freeBytes(safety.shelf),
      rows: rowCounts(db),
      lastChangeAt: lastChange(db)?.at ?? null,
      actions: prepared(
        db,
        'SELECT action, count(*) AS count FROM change GROUP BY action ORDER BY action',
      ).all(),
      pageSize: db.pragma('page_size', { simple: true }),
      pages: db.pragma('page_count', { simple: true }),
      freePages: db.pragma('freelist_count', { simple: true }),
      readOnly: access.readOnly?.reason ?? null,
      cloud: access.cloud?.id ?? null,
    },
    'check.json': status(context),
    'backups.json': {
      second: state.second !== null,
      fault: safety.state.fault?.key ?? null,
      drills: state.drills.map(({ sequence, at, ok, milliseconds }) => ({ sequence, at, ok, milliseconds })),
      backups: listBackups(safety.shelf).map(({ sequence, why, bytes, manifest }) => ({
        sequence,
        why,
        bytes,
        at: manifest?.at ?? null,
        format: manifest?.version ?? null,
        rows: manifest?.counts ?? null,
      })),
    },
    'standards.json': packs.map(({ id, hash }) => ({ id, hash })),
    'errors.json': recentErrors(),
  };
}

/** The places found by the last check, with the names people know them by. */
function damage({ db, audit }: Context): z.output<typeof damageShape>[] {
  return audit.damage().map((one) => {
    const name = one.enterpriseId
      ? prepared(db, 'SELECT name FROM enterprise WHERE id = ?').get(one.enterpriseId)?.name
      : null;
    return {
      kind: one.kind,
      enterpriseId: one.enterpriseId,
      enterprise: (name as string | undefined) ?? null,
      entity: one.kind === 'line' ? 'log' : one.entity,
      entityId: one.kind === 'line' ? String(one.changeId) : one.entityId,
      field: one.kind === 'field' ? one.field : null,
      stored: one.kind === 'field' ? one.stored : null,
      logged: one.kind === 'field' ? one.logged : null,
      changeId: one.kind === 'line' ? one.changeId : null,
    };
  });
}

/** The quiet audit, and the bundle for support. */
export const checkHandlers = {
  'check.status': status,

  async 'check.run'(context) {
    await context.audit.run();
    return status(context);
  },

  'check.damage': damage,

  async 'check.mend'(context, input) {
    const { db, safety } = context;
    await inTurn(db, () =>
      context.write('check.mend', (tx) => {
        if (input.kind === 'field') mendRecord(tx, input.of, input.take);
        else if (input.kind === 'line') mendLine(tx, input.changeId, safety.shelf);
        else mendText(tx, input.entity, input.entityId, safety.shelf);
      }),
    );
    for (const topic of ['library', 'enterprise', 'plan', 'settings'] as const)
      context.emit('changed', { topic });
    await context.audit.run();
    return damage(context);
  },

  async 'support.write'(context, { path }) {
    const files = supportFiles(context);
    await writeWhole(path, (write) => {
      const zip = zipWriter((bytes) => write(bytes));
      for (const [name, content] of Object.entries(files))
        zip.add(name, Buffer.from(JSON.stringify(content, null, 1), 'utf8'));
      zip.end();
    });
    return { path, bytes: statSync(path).size };
  },
} satisfies Partial<Handlers>;
