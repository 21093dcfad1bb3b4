import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { prepared } from '../library/open.ts';
import { addSample, holdsName } from '../library/samples.ts';
import { setSettings } from '../library/settings.ts';
import { account } from './account.ts';
import type { Handlers } from './context.ts';
import { referenceOf } from './resources.ts';

/** What concerns the product as a whole: information, settings, reference data, samples. */
export const appCalls = {
  'app.info'({ db, access, resources }) {
    const samples = resources.samples();
    const row = prepared(db, 'SELECT count(*) AS n FROM enterprise').get();
    return {
      version: packageJson.version,
      libraryPath: join(access.folder, 'library.sqlite'),
      enterprises: row?.n as number,
      samplesAvailable: samples.length,
      account: account(),
      samplesLoaded: samples.every((sample) => holdsName(db, sample.profile.name)),
      faults: resources.faults(),
      notices: [],
    };
  },

  'settings.get'({ settings }) {
    return settings();
  },

  'settings.set'(context, changes) {
    context.write('settings.set', (tx) => setSettings(tx, changes));
    context.emit('changed', { topic: 'settings' });
    return context.settings();
  },

  'reference.get'({ resources }) {
    return referenceOf(resources);
  },

  'samples.load'({ db, resources, rules, write, emit }) {
    const samples = resources.samples();
    const missing = samples.filter((sample) => !holdsName(db, sample.profile.name));
    write('samples.load', (tx) => missing.map((sample) => addSample(tx, sample, rules.facts)), {
      grouped: true,
    });
    if (missing.length > 0) emit('changed', { topic: 'library' });
    return { added: missing.length, skipped: samples.length - missing.length };
  },
} satisfies Partial<Handlers>;
