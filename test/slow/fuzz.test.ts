import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CallName, calls } from '../../electron/api.ts';
import { startService } from '../service/start-service.ts';

type Schema = Record<string, unknown> & { type?: string; properties?: Record<string, Schema> };

/** Calls that end the session, wait for a person, or take the library away from the test that runs. */
const APART = /^(rescue\.|backup\.restore$|access\.(reopen|past)$|backup\.drill$)/;
const HOSTILE = [
  '',
  ' ',
  "'; DROP TABLE enterprise; --",
  '../../etc/passwd',
  'con',
  '#{panic("x")} $x$ @a *b*',
  '\u202e\u0000\ud800',
  '\u{20bb7}\u{1f600}'.repeat(50),
  'x'.repeat(5000),
  '=1+1',
  '__proto__',
  'NaN',
];

/** Inputs a call; more by hand: FUZZ=100. */
const RUNS = Number(process.env.FUZZ ?? 4);

let clear: () => Promise<void> = () => Promise.resolve();
let running: ReturnType<typeof startService>;
let folder: string;
let ids: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-fuzz-'));
  running = startService({}, (end) => {
    clear = end;
  });
  await running.ask('samples.load', {});
  const { rows } = await running.ask('library.list', {});
  ids = rows.map((row) => row.id);
  const plan = await running.ask('plan.create', { enterpriseId: ids[0] as string });
  ids.push(plan.id, plan.diagnosisId);
});
afterAll(async () => {
  await clear();
  rmSync(folder, { recursive: true, force: true });
});

const strings = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary' }),
);

/** Values that have the shape a call asks for, and now and then do not. */
function shaped(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  // A file the call may write or read lies in the test's own folder.
  if (/^(paths?|folder)$/i.test(name)) return fc.integer().map((n) => join(folder, `f${n}`));
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  const wrong = fc.oneof(fc.anything({ maxDepth: 2 }), strings);
  const right = (): fc.Arbitrary<unknown> => {
    if (options) return fc.oneof(...options.map((one) => shaped(one, name)));
    if ('const' in schema) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
    switch (schema.type) {
      case 'object': {
        const wanted = Object.entries(schema.properties ?? {});
        const required = (schema.required ?? []) as string[];
        const parts = fc.record(Object.fromEntries(wanted.map(([key, one]) => [key, shaped(one, key)])), {
          requiredKeys: required,
        } as never);
        if (wanted.length > 0) return parts;
        return fc.dictionary(strings, fc.anything({ maxDepth: 1 }), { maxKeys: 3 });
      }
      case 'array':
        return fc.array(shaped((schema.items as Schema) ?? {}, name), { maxLength: 4 });
      case 'string': {
        if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid());
        if (schema.format === 'date') return fc.constantFrom('2026-06-15', '1949-10-01', '2199-12-31');
        return strings;
      }
      case 'integer':
      case 'number':
        return fc.oneof(
          fc.constantFrom(0, 1, 2, 2025, -1, 1e13),
          fc.integer({ min: Number(schema.minimum ?? -1e6), max: Number(schema.maximum ?? 1e6) }),
        );
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.anything({ maxDepth: 2 });
    }
  };
  return fc.oneof({ arbitrary: right(), weight: 30 }, { arbitrary: wrong, weight: 1 });
}

const names = (Object.keys(calls) as CallName[]).filter((name) => !APART.test(name));

describe('whatever a call is asked, it answers with data and harms nothing', () => {
  test.each(names)('%s', async (name) => {
    const schema = z.toJSONSchema(calls[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;
    const { service } = running;
    await fc.assert(
      fc.asyncProperty(shaped(schema), async (input) => {
        const answer = await service.call(name, input, 'shell');
        if (answer.ok) return;
        const { code, key } = answer.error;
        expect([name, code, key]).not.toContain('internal');
        expect(typeof key).toBe('string');
      }),
      {
        numRuns: /^(plan\.(render|export|create|batch)|cohort\.|case\.apply|export\.)/.test(name) ? 1 : RUNS,
      },
    );
  });

  test('and the library is whole afterwards', async () => {
    const { ask } = running;
    const { rows } = await ask('library.list', {});
    expect(rows.length).toBeGreaterThan(0);
    const made = await ask('backup.make', {});
    expect(made).toBeTruthy();
  });
});
