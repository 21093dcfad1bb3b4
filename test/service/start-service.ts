import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type ApiError, type CallInput, type CallName, type CallOutput, calls } from '../../electron/api.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { createService, type ServiceOptions } from '../../electron/service/service.ts';
import { dump } from '../library/scratch.ts';

export const resourcesDir = join(import.meta.dirname, '../../resources');

/** A service on a folder of its own, gone after the test (or `atEnd`); every answer is checked against the contract. */
export function startService(
  options: Partial<ServiceOptions> = {},
  atEnd: (clear: () => Promise<void>) => void = onTestFinished,
) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'cultivar-service-'));
  const events: [string, unknown][] = [];
  const service = createService({
    dataDir,
    resourcesDir,
    now: () => new Date('2026-06-15T04:00:00Z'),
    emit: (name, payload) => events.push([name, payload]),
    actor: 'tester',
    ...options,
  });
  atEnd(async () => {
    await service.close();
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    service,
    dataDir,
    events,
    /** The answer of a call that must succeed. */
    async ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const result = await service.call(name, input, calls[name].from);
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
      const checked = calls[name].output.safeParse(result.value);
      expect(checked.error?.issues ?? []).toEqual([]);
      return result.value as CallOutput<N>;
    },
    /** The error of a call that must fail. */
    async refusal(name: string, input: unknown, origin: 'window' | 'shell' = 'window'): Promise<ApiError> {
      const result = await service.call(name, input, origin);
      if (result.ok) throw new Error(`${name} succeeded`);
      return result.error;
    },
    /** Everything the library holds, read from the file behind the service's back. */
    content(): Record<string, unknown[]> {
      const db = new Database(join(dataDir, 'library.sqlite'), { readonly: true });
      try {
        return dump(db);
      } finally {
        db.close();
      }
    },
  };
}
