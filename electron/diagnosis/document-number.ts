import type { Text } from '../standards/schema.ts';

/**
 * A document's number for readers of both languages: in English as the clauses of its items write it, e.g.
 * "MIIT SME [2026] No. 2". Without a clause that begins with it the number stays as it is.
 */
export function documentNumber(number: string, items: readonly { readonly clause: Text }[]): Text {
  const clause = items.find((item) => item.clause.zh.startsWith(number))?.clause.en;
  return { zh: number, en: clause?.split(',')[0] ?? number };
}
