import i18next from 'i18next';
import type { ApiError } from '../../electron/api.ts';
import { CallError } from '../api.ts';

/** Details as the placeholders of a message: field names become their labels, lists are joined. */
function placeholders(details: ApiError['details']): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(details ?? {})) {
    const text = Array.isArray(value)
      ? value.join(', ')
      : value !== null && typeof value === 'object'
        ? JSON.stringify(value)
        : String(value ?? '');
    filled[name] = name === 'field' || name === 'path' || name === 'column' ? fieldLabel(text) : text;
  }
  return filled;
}

const labels = [
  'library:field.',
  'common:figure.',
  'library:title_.',
  'library:ip.',
  'library:history.part.',
  'settings:',
];

/** The label of a field (profile, yearly figure, title, IP right, settings) by its name in the contract. */
export function fieldLabel(name: string): string {
  const last = name.split('.').findLast((part) => /^[a-z]\w*$/i.test(part)) ?? name;
  const key = labels.map((group) => group + last).find((candidate) => i18next.exists(candidate));
  return key ? i18next.t(key) : i18next.t('thisEntry');
}

/** The message of a failed call in the current language. Service errors are in errors.json, the shell's in shell.json. */
export function errorText(error: unknown): string {
  if (!(error instanceof CallError)) return i18next.t('unexpected');
  const { key, details } = error.error;
  const bare = key.replace(/^errors\./, '');
  const places = [
    `errors:${key}`,
    `errors:${bare}`,
    `exchange:error.${bare}`,
    `shell:${key}`,
    `shell:errors.${bare}`,
  ];
  for (const candidate of places) {
    if (i18next.exists(candidate)) return i18next.t(candidate, placeholders(details));
  }
  return i18next.t('unexpected');
}
