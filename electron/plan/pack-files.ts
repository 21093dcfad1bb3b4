import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Text, textShape } from '../standards/schema.ts';

/** A pack or entry that could not be used: the file, the path of the fault inside it, and what is wrong. */
export interface PackFault {
  readonly file: string;
  readonly path: string;
  readonly message: string;
  /** stray: usable, but it names a condition that no standard has. */
  readonly kind?: 'stray';
}

/** A pack that was read: what it is called and how much of it is used. */
export interface LoadedPack {
  /** Path of the file. */
  readonly file: string;
  readonly kind: 'measures' | 'policies';
  readonly id: string | null;
  readonly title: Text | null;
  readonly ids: readonly string[];
}

interface Loose {
  readonly schema?: unknown;
  readonly id?: unknown;
  readonly title?: unknown;
  readonly measures?: unknown;
  readonly policies?: unknown;
}

/** Ids become parts of plan item ids, which are at most 60 characters. */
const LONGEST_ID = 57;

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Reads the entries of every pack in a folder; an entry that does not fit is reported and left out. */
export function readEntries<T extends { id: string }>(
  folder: string,
  schema: string,
  key: 'measures' | 'policies',
  shape: {
    safeParse(
      input: unknown,
    ):
      | { success: true; data: T }
      | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
  },
  faults: PackFault[],
  packs: LoadedPack[] = [],
): Map<string, T> {
  const found = new Map<string, T>();
  for (const file of jsonFiles(folder)) {
    const fault = (path: string, message: string) => faults.push({ file, path, message });
    let pack: Loose;
    try {
      const parsed: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
      if (typeof parsed !== 'object' || parsed === null) throw new TypeError('not an object');
      pack = parsed;
    } catch (error) {
      fault('', (error as Error).message);
      continue;
    }
    const entries = pack[key];
    if (pack.schema !== schema || !Array.isArray(entries)) {
      fault(pack.schema === schema ? key : 'schema', `expected ${schema} with a list "${key}"`);
      continue;
    }
    const ids: string[] = [];
    entries.forEach((entry: unknown, index) => {
      const result = shape.safeParse(entry);
      if (!result.success) {
        const issue = result.error.issues[0];
        fault([key, index, ...(issue?.path ?? [])].map(String).join('.'), issue?.message ?? 'invalid');
      } else if (result.data.id.length > LONGEST_ID)
        fault(`${key}.${index}.id`, `longer than ${LONGEST_ID} characters`);
      else if (found.has(result.data.id))
        fault(`${key}.${index}.id`, `the id ${result.data.id} is used twice`);
      else {
        found.set(result.data.id, result.data);
        ids.push(result.data.id);
      }
    });
    const title = textShape.safeParse(pack.title);
    packs.push({
      file,
      kind: key,
      id: typeof pack.id === 'string' ? pack.id : null,
      title: title.success ? title.data : null,
      ids,
    });
  }
  return found;
}
