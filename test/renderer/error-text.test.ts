import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { CallError } from '../../renderer/api.ts';
import { errorText } from '../../renderer/components/error-text.ts';
import common from '../../resources/i18n/en/common.json' with { type: 'json' };
import errors from '../../resources/i18n/en/errors.json' with { type: 'json' };
import library from '../../resources/i18n/en/library.json' with { type: 'json' };
import settings from '../../resources/i18n/en/settings.json' with { type: 'json' };
import shell from '../../resources/i18n/en/shell.json' with { type: 'json' };

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    defaultNS: 'common',
    resources: { en: { common, errors, library, settings, shell } },
    interpolation: { escapeValue: false },
  });
});

const said = (key: string, details?: Record<string, unknown>) =>
  errorText(new CallError({ code: 'invalid-input', key, ...(details ? { details } : {}) }));

test('a refusal names the field by its label, not by its key', () => {
  expect(said('dateInvalid', { path: 'changes.foundedOn' })).toContain('“Founded”');
  expect(said('figureNegative', { column: 'rdExpense', year: 2018 })).toBe(
    '“R&D expense” of 2018 cannot be below zero.',
  );
  expect(said('textTooLong', { path: 'title.issuer', maximum: 200, length: 201 })).toContain('“Issued by”');
  expect(said('wrongShape', { path: 'years.0.somethingElse' })).toContain('this entry');
});

test('errors of the shell are found in its own texts', () => {
  expect(said('errors.logoTooLarge')).toBe(shell.errors.logoTooLarge);
});

test('an unknown key or a fault of our own becomes a sentence, never a key', () => {
  expect(said('no.such.key')).toBe(common.unexpected);
  expect(errorText(new TypeError('x is undefined'))).toBe(common.unexpected);
});
