import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openReadOnly } from '../../electron/library/open.ts';
import { type Part, seeded } from './parts.ts';
import { type ServiceChild, startChild } from './service-child.ts';

/** What was acknowledged: by a place in the library, the newest value whose answer came, and those that may be there. */
interface Written {
  acknowledged: number | null;
  /** Sent, not answered before the kill: either is right. */
  open: number[];
}

type Log = Map<string, Written>;

const YEARS = [2022, 2023, 2024, 2025];

/** Writes figures and drafts, several calls under way at once, until the process is gone. */
async function load(
  service: ServiceChild,
  ids: readonly string[],
  log: Log,
  random: () => number,
): Promise<number> {
  let sent = 0;
  let value = Math.floor(random() * 1e6) * 1000;
  const one = async (lane: number) => {
    while (service.child.connected) {
      // Each lane has its own places, so that the order of two values of one place is known.
      const id = ids[(Math.floor(random() * ids.length) * 4 + lane) % ids.length]!;
      const year = YEARS[lane]!;
      const place = `${id} ${year}`;
      value += 1;
      const mine = value;
      const entry = log.get(place) ?? { acknowledged: null, open: [] };
      log.set(place, entry);
      entry.open.push(mine);
      sent += 1;
      const answer = await service.ask('figures.set', {
        enterpriseId: id,
        years: [{ year, values: { revenue: mine, staffTotal: mine % 1000 } }],
      });
      if (answer === null) return;
      entry.acknowledged = mine;
      entry.open = [];
    }
  };
  await Promise.all(YEARS.map((_, lane) => one(lane)));
  return sent;
}

/** Reads the library behind the service's back: whole, and every acknowledged value there. Returns how many were looked at. */
function check(library: string, log: Log, what: string): number {
  const db = openReadOnly(library);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', what);
    assert.deepEqual(db.pragma('foreign_key_check'), [], what);
    const read = db.prepare('SELECT revenue, staff_total FROM figure WHERE enterprise_id = ? AND year = ?');
    for (const [place, { acknowledged, open }] of log) {
      const [id, year] = place.split(' ');
      const row = read.get(id, Number(year)) as { revenue: number; staff_total: number } | undefined;
      if (acknowledged === null && row === undefined) continue;
      assert.ok(row, `${what}: ${place} is gone`);
      assert.ok(
        row.revenue === acknowledged || open.includes(row.revenue),
        `${what}: ${place} holds ${row.revenue}, acknowledged was ${acknowledged}`,
      );
      assert.equal(row.staff_total, row.revenue % 1000, `${what}: half an edit at ${place}`);
      const entry = log.get(place)!;
      entry.acknowledged = row.revenue;
      entry.open = [];
    }
    // Every stored value has its entry in the change log.
    const orphans = db
      .prepare(
        `SELECT count(*) FROM figure f WHERE NOT EXISTS
           (SELECT 1 FROM change c WHERE c.enterprise_id = f.enterprise_id AND c.entity = 'figure'
              AND c.entity_id = CAST(f.year AS TEXT) AND json_extract(c.fields, '$.revenue.new') = f.revenue)`,
      )
      .pluck()
      .get();
    assert.equal(orphans, 0, `${what}: values without an entry in the log`);
    return log.size;
  } finally {
    db.close();
  }
}

/** kill -9 of the real service at random moments while several edits are under way, against a log of what was acknowledged. */
export const serviceKills: Part = {
  name: 'service-kills',
  proves:
    'kill -9 of the service under a writing load: no acknowledged edit is lost, no half edit, integrity ok',
  async run({ short, seed, say }) {
    const random = seeded(seed);
    const dataDir = mkdtempSync(join(tmpdir(), 'cultivar-kills-'));
    const library = join(dataDir, 'library.sqlite');
    const kills = short ? 4 : 1000;
    const log: Log = new Map();
    const ids: string[] = [];
    let sent = 0;
    let looked = 0;
    let atStart = 0;
    try {
      const first = startChild(dataDir);
      for (let i = 0; i < 12; i += 1)
        ids.push((await first.ask('enterprise.create', { name: `Firm ${i}` }))!.id);
      first.child.kill('SIGKILL');
      await first.ended;
      for (let kill = 1; kill <= kills; kill += 1) {
        const service = startChild(dataDir);
        const early = random() < 0.1;
        if (early) {
          // While the library is being opened: recovery of the log of the run before is cut off as well.
          atStart += 1;
          await pause(random() * 600);
          service.child.kill('SIGKILL');
        } else {
          await service.ready;
          const working = load(service, ids, log, random);
          await pause(5 + random() * (random() < 0.2 ? 900 : 150));
          service.child.kill('SIGKILL');
          sent += await working;
        }
        await service.ended;
        looked += check(library, log, `kill ${kill}`);
        if (kill % 100 === 0) say(`${kill} kills, ${sent} edits sent`);
      }
      return {
        kills,
        'of them while opening': atStart,
        'edits sent': sent,
        'values compared after kills': looked,
        'acknowledged edits lost': 0,
      };
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
