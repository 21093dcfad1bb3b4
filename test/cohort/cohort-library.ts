import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CohortDesk, type Work } from '../../electron/cohort/desk.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { closeLibrary, type Db } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { putStanding } from '../../electron/library/standing.ts';
import { seeded } from '../../electron/library/synthetic-firms.ts';
import { standingOf } from '../../electron/service/judge.ts';
import { readResources } from '../../electron/service/resources.ts';
import { generate } from '../bench/generate.ts';

export const resourcesDir = join(import.meta.dirname, '../../resources');
export const TODAY = '2026-11-24';

const DISTRICTS = ['江岸区', '洪山区', '东湖新技术开发区', '江夏区', null] as const;
const SECTION_OF: Record<string, string> = { '65': 'I', '51': 'F' };

/** A library of synthetic firms with places and standings, in a folder of its own. */
export async function cohortLibrary(size: number, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-cohort-'));
  const db = await openLibrary(join(folder, 'library.sqlite'), new Date(`${TODAY}T00:00:00Z`));
  generate(db, size, seed, 2025);
  const random = seeded(seed + 1);
  const place = db.prepare('UPDATE enterprise SET district = ?, industry_section = ? WHERE id = ?');
  const ids = db.prepare('SELECT id, industry_division FROM enterprise').raw(true).all() as [
    string,
    string,
  ][];
  db.transaction(() => {
    for (const [id, division] of ids) {
      const district = DISTRICTS[Math.floor(random() * DISTRICTS.length)] ?? null;
      place.run(district, random() < 0.7 ? (SECTION_OF[division] ?? 'C') : null, id);
    }
  })();
  judgeStandings(db);
  return {
    folder,
    db,
    ids: ids.map(([id]) => id),
    clear() {
      if (db.open) closeLibrary(db);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes the library lines of every enterprise, as the service does. */
export function judgeStandings(db: Db): void {
  const { rules, rulesHash } = readResources(resourcesDir);
  const ids = db.prepare('SELECT id FROM enterprise').pluck().all() as string[];
  db.transaction(() => {
    for (const id of ids) {
      const file = readFile(db, id);
      putStanding(db, file, standingOf(file, rules, { today: TODAY, rulesHash }));
    }
  })();
}

/** The desk on a library without its thread, and work that nobody cancels. */
export function deskOn(folder: string, today = TODAY) {
  const { rules } = readResources(resourcesDir);
  const desk = new CohortDesk({ libraryPath: join(folder, 'library.sqlite'), rules, folder: resourcesDir });
  const work: Work = { today, cancelled: () => false, progress: () => undefined };
  return { desk, work, rules };
}
