import { type CallName, calls } from '../api.ts';
import type { Call } from '../call.ts';
import { type Db, prepared } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { idShape } from '../library/shapes.ts';

/** Where the one enterprise that guests may see is kept, so that a restart in their presence does not show the others. */
export const GUEST_KEY = 'internal.guest';

/** The enterprise that may be seen while guests watch; null = privacy mode is off. */
export function guestOf(db: Db): string | null {
  const row = prepared(db, 'SELECT value FROM setting WHERE key = ?').get(GUEST_KEY);
  const value: unknown = row ? JSON.parse(String(row.value)) : null;
  return typeof value === 'string' ? value : null;
}

function ownerOf(db: Db, table: 'plan' | 'diagnosis' | 'change' | 'attachment', id: unknown): unknown {
  if (typeof id !== 'string' && typeof id !== 'number') return null;
  return prepared(db, `SELECT enterprise_id AS owner FROM ${table} WHERE id = ?`).get(id)?.owner;
}

/** A refusal without the name of another enterprise ("this credit code belongs to …"). */
export function hushed(db: Db, error: unknown): unknown {
  if (!(error instanceof Refusal) || !('holder' in error.details) || guestOf(db) === null) return error;
  const { holderId: _, ...details } = error.details;
  return new Refusal(error.code, error.key, { ...details, holder: '\u2026' });
}

/** Which enterprises a call is about, as far as its input tells; none where it is about all of them. */
function subjects(db: Db, name: string, input: Record<string, unknown>): unknown[] {
  const [place] = name.split('.');
  if (name.startsWith('plan.batch.')) return [];
  const found: unknown[] = [];
  if ('enterpriseId' in input) found.push(input.enterpriseId);
  else if (place === 'enterprise' && 'id' in input) found.push(input.id);
  if (place === 'plan')
    for (const [key, value] of Object.entries(input))
      if (key !== 'enterpriseId' && idShape.safeParse(value).success) found.push(ownerOf(db, 'plan', value));
  if (place === 'diagnosis' && 'id' in input) found.push(ownerOf(db, 'diagnosis', input.id));
  if (place === 'evidence' && 'id' in input) found.push(ownerOf(db, 'attachment', input.id));
  if (name === 'history.restore') found.push(ownerOf(db, 'change', input.changeId));
  return found;
}

/**
 * While guests watch only the enterprise they came for is answered for: whatever is about another one, about several or
 * about the whole library is refused, also where the window would ask by mistake.
 */
export function guestRefusal(db: Db, name: CallName, input: unknown): Refusal | null {
  const guest = guestOf(db);
  const call: Call = calls[name];
  if (guest === null || call.guests) return null;
  const asked = (input ?? {}) as Record<string, unknown>;
  // Charts are drawn of what the window holds; only with an id do they read the library.
  if (name === 'diagnosis.charts' && asked.enterpriseId === undefined) return null;
  const about = subjects(db, name, asked);
  return about.length > 0 && about.every((id) => id === guest)
    ? null
    : new Refusal('forbidden', 'guestsWatch');
}
