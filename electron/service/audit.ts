import type { z } from 'zod';
import type { checkStatusShape } from '../library/check-call-shapes.ts';
import type { Damage } from '../library/record-proof.ts';
import type { SelfChecked } from '../library/self-check.ts';
import type { Safety } from './safety.ts';

/** A check a while after the start, then twice a working day. */
const FIRST = 2 * 60_000;
/** Sooner where the library was not closed, so that nobody works long with what a changed byte made of it. */
const SOON = 20_000;
const EVERY = 4 * 60 * 60_000;

type Last = z.output<typeof checkStatusShape>['last'];

export interface Audit {
  readonly state: { readonly running: boolean; readonly last: Last; readonly failed: boolean };
  /** Where records and log were found to differ: content, for the window only. */
  damage(): readonly Damage[];
  /** Looks through the library; a check under way is joined. */
  run(): Promise<void>;
  stop(): void;
}

export interface AuditOptions {
  readonly safety: Safety;
  readonly libraryPath: string;
  /** The file is the one that was closed. */
  readonly proved: boolean;
  readonly now: () => Date;
  readonly changed: () => void;
  /** Has what can be made again from the records made again. */
  readonly repair: () => void;
}

/** Audits the library quietly in a thread of its own. */
export function keepAudited({ safety, libraryPath, proved, now, changed, repair }: AuditOptions): Audit {
  const state: { running: boolean; last: Last; failed: boolean } = {
    running: false,
    last: null,
    failed: false,
  };
  let damage: readonly Damage[] = [];
  let under: Promise<void> | null = null;
  let stopped = false;

  async function check(): Promise<void> {
    state.running = true;
    changed();
    const began = performance.now();
    try {
      const found = await safety.run<SelfChecked>({ do: 'self-check', library: libraryPath });
      damage = found.damage;
      state.last = {
        at: now().toISOString(),
        milliseconds: Math.round(performance.now() - began),
        findings: [...found.findings],
        looked: found.looked,
      };
      state.failed = false;
      if (found.findings.some(({ key }) => key === 'standingMissing')) repair();
    } catch (error) {
      if (!stopped) {
        console.error('The library was not checked:', (error as Error).message);
        state.failed = true;
      }
    } finally {
      state.running = false;
      under = null;
      if (!stopped) changed();
    }
  }
  const run = () => {
    under ??= check();
    return under;
  };
  const first = setTimeout(() => void run(), proved ? FIRST : SOON);
  const timer = setInterval(() => void run(), EVERY);
  first.unref();
  timer.unref();
  return {
    state,
    damage: () => damage,
    run,
    stop() {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
