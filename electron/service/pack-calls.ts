import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CallOutput } from '../api.ts';
import { Refusal } from '../library/refusal.ts';
import { dropOwnPolicy, listOwnPolicies, putOwnPolicy } from '../plan/own-policies.ts';
import type { Context, Handlers } from './context.ts';
import { listedPolicies } from './policies.ts';

function packsOf({ resources, access }: Context): CallOutput<'packs.list'> {
  const { packs, faults } = resources.ownPacks();
  const shipped = {
    measures: new Set(resources.shippedMeasures().map(({ id }) => id)),
    policies: new Set(resources.shippedPolicies().map(({ id }) => id)),
  };
  return {
    folder: access.folder,
    packs: packs.map(({ file, kind, id, title, ids }) => ({
      file: `${kind}/${basename(file)}`,
      kind,
      id,
      title,
      entries: ids.length,
      overrides: ids.filter((entry) => shipped[kind].has(entry)).length,
    })),
    faults: faults.map(({ file, path, message, kind }) => ({
      file: file.split(/[/\\]/).slice(-2).join('/'),
      path,
      message,
      stray: kind === 'stray',
    })),
  };
}

/** The name does not end in .json, so an example is never taken for a pack. */
const EXAMPLE = 'example.json.txt';

/** The first entries of a shipped pack as an example of the form. */
function exampleOf(folder: string, kind: 'measures' | 'policies', file: string): string {
  const pack = JSON.parse(readFileSync(join(folder, kind, file), 'utf8')) as Record<string, unknown[]>;
  const entries = (pack[kind] ?? [])
    .slice(0, 1)
    .map((entry) => ({ ...(entry as object), id: 'own-example' }));
  return `${JSON.stringify({ ...pack, id: 'own', [kind]: entries }, null, 2)}\n`;
}

function changed(context: Context): ReturnType<typeof listedPolicies> {
  context.emit('changed', { topic: 'settings' });
  return listedPolicies(context);
}

/** The consultancy's own policies, edited in the library, and its packs in the data folder. */
export const packHandlers = {
  'policies.list'(context) {
    return listedPolicies(context);
  },

  'policies.save'(context, { policy }) {
    const hidden = listOwnPolicies(context.db).get(policy.id)?.hidden ?? false;
    context.write('policies.save', (tx) => putOwnPolicy(tx, { id: policy.id, policy, hidden }));
    return changed(context);
  },

  'policies.hide'(context, { id, hidden }) {
    if (!listedPolicies(context).some(({ policy }) => policy.id === id))
      throw new Refusal('not-found', 'policyNotFound', { id });
    const policy = listOwnPolicies(context.db).get(id)?.policy ?? null;
    context.write('policies.hide', (tx) => {
      if (policy === null && !hidden) dropOwnPolicy(tx, id);
      else putOwnPolicy(tx, { id, policy, hidden });
    });
    return changed(context);
  },

  'policies.reset'(context, { id }) {
    context.write('policies.reset', (tx) => {
      if (!dropOwnPolicy(tx, id)) throw new Refusal('not-found', 'policyNotFound', { id });
    });
    return changed(context);
  },

  'packs.list'(context) {
    return packsOf(context);
  },

  'packs.reload'(context) {
    context.resources.reloadPacks();
    context.emit('changed', { topic: 'settings' });
    return packsOf(context);
  },

  'packs.prepare'(context) {
    const files = (['measures', 'policies'] as const).map((kind) => {
      const folder = join(context.access.folder, kind);
      const file = join(folder, EXAMPLE);
      const shipped = kind === 'measures' ? 'overall.json' : 'national.json';
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, exampleOf(context.resources.folder, kind, shipped), { flag: 'wx' });
      } catch (error) {
        // An example that is there may have been written in, so it stays.
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EEXIST') throw new Refusal('file', 'fileWrite', { reason: code ?? EXAMPLE });
      }
      return file;
    });
    return { files };
  },
} satisfies Partial<Handlers>;
