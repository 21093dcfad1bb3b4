import { join } from 'node:path';
import { loadStandards } from '../../electron/standards/loader.ts';
import type { Standard, Tier } from '../../electron/standards/schema.ts';

/** The packs that ship. */
export const packFolder = join(import.meta.dirname, '../../resources/standards');
export const loaded = loadStandards(packFolder);

export function standard(id: string): Standard {
  const found = loaded.standards.get(id);
  if (!found) throw new Error(`${id} did not load: ${JSON.stringify(loaded.faults)}`);
  return found.standard;
}

export function tier(standardId: string, tierId: string): Tier {
  const found = standard(standardId).tiers.find((t) => t.id === tierId);
  if (!found) throw new Error(`${standardId} has no tier ${tierId}`);
  return found;
}
