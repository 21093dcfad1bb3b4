import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallInput } from '../../electron/api.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { closeLibrary, openReadOnly } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { write } from '../../electron/library/write.ts';
import { startChild } from './service-child.ts';
import { libraryIn, NOW, proveShelf, scratch } from './step-story.ts';

/** An import cut off at moments spread evenly over its time: none or all of it. */
export async function importKills(times: number, say: (line: string) => void): Promise<number> {
  const rows = 400;
  const folder = scratch();
  const header = ['\u4f01\u4e1a\u540d\u79f0', '\u6240\u5728\u533a'].join(',');
  const table = [header, ...Array.from({ length: rows }, (_, i) => `Imported ${i},X`)].join('\n');
  const path = join(folder, 'table.csv');
  writeFileSync(path, table);
  const choices = {
    policy: 'fill',
    fields: {},
    faulty: 'row',
    out: [],
    part: [],
  } satisfies CallInput<'import.apply'>['choices'];
  const count = (data: string) => {
    const db = openReadOnly(libraryIn(data));
    try {
      assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
      return db.prepare('SELECT count(*) FROM enterprise').pluck().get() as number;
    } finally {
      db.close();
    }
  };
  try {
    let whole = 0;
    for (let turn = 0; turn <= times; turn += 1) {
      const data = join(folder, String(turn));
      const service = startChild(data);
      await service.ask('enterprise.create', { name: 'Before' });
      const opened = await service.ask('import.open', { path }, 'shell');
      const began = performance.now();
      const applying = service.ask('import.apply', { id: opened!.id, choices }).catch(() => null);
      if (turn === 0) {
        // Once without a kill, for how long it takes.
        await applying;
        whole = performance.now() - began;
        assert.equal(count(data), rows + 1);
      } else {
        const timer = setTimeout(() => service.child.kill('SIGKILL'), (whole * 1.1 * turn) / times);
        await applying;
        clearTimeout(timer);
      }
      service.child.kill('SIGKILL');
      await service.ended;
      const found = count(data);
      assert.ok(found === 1 || found === rows + 1, `${found} enterprises: half an import`);
      await proveShelf(data);
      rmSync(data, { recursive: true, force: true });
      if (turn % 20 === 19) say(`${turn + 1} imports cut off`);
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A bulk edit over many enterprises, taken back in a thread of the service, cut off at moments spread over its time. */
export async function undoKills(times: number, say: (line: string) => void): Promise<number> {
  const many = 400;
  const folder = scratch();
  const pristine = join(folder, 'pristine');
  const bulk = (data: string) => {
    const db = openReadOnly(libraryIn(data));
    try {
      assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
      return db.prepare("SELECT count(*) FROM enterprise WHERE district = 'bulk'").pluck().get() as number;
    } finally {
      db.close();
    }
  };
  try {
    const db = await openLibrary(libraryIn(pristine), NOW);
    const meta = { action: 'enterprise.create', actor: 'torture', now: NOW };
    const ids = write(db, meta, (tx) =>
      Array.from({ length: many }, (_, i) => createEnterprise(tx, { name: `Firm ${i}` })),
    );
    closeLibrary(db);
    const editor = startChild(pristine);
    await editor.ask('bulk.apply', {
      selection: { ids },
      operation: { do: 'edit', changes: { fields: { district: 'bulk' } } },
    });
    editor.child.kill('SIGKILL');
    await editor.ended;
    assert.equal(bulk(pristine), many);
    let whole = 0;
    for (let turn = 0; turn <= times; turn += 1) {
      const data = join(folder, String(turn));
      cpSync(pristine, data, { recursive: true });
      const service = startChild(data);
      await service.ready;
      const began = performance.now();
      const undoing = service.ask('undo.back', {}).catch(() => null);
      if (turn === 0) {
        await undoing;
        whole = performance.now() - began;
        assert.equal(bulk(data), 0);
      } else {
        const timer = setTimeout(() => service.child.kill('SIGKILL'), (whole * 1.1 * turn) / times);
        await undoing;
        clearTimeout(timer);
      }
      service.child.kill('SIGKILL');
      await service.ended;
      const found = bulk(data);
      assert.ok(found === 0 || found === many, `${found} enterprises: half a step taken back`);
      rmSync(data, { recursive: true, force: true });
      if (turn % 20 === 19) say(`${turn + 1} steps cut off`);
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
