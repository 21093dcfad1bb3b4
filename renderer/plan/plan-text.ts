import type { Plan } from './plan-store.ts';

export type Text = { zh: string; en: string };
export type PlanItem = Plan['content']['items'][number];
export type Language = 'zh' | 'en';

/** Texts whose other edition takes over what is typed, by field: the language that began them in this window. */
const followed = new Map<string, Language>();

/**
 * A text changed in one language. The other edition keeps its own words. Where it has none it takes over what is typed,
 * for as long as it is the same, so that nothing new is missing from it; words of a person in the other language are
 * never written over. `field` tells the texts apart.
 */
export function changeText(field: string, text: Text, language: Language, value: string): Text {
  const other = language === 'zh' ? 'en' : 'zh';
  if (text[other] === '') followed.set(field, language);
  const follows = text[other] === '' || (text[other] === text[language] && followed.get(field) === language);
  return { ...text, [language]: value, ...(follows ? { [other]: value } : {}) };
}

/** An item whose text a person changed in one language. */
export function markEdited(item: PlanItem, language: Language): PlanItem['edited'] {
  return item.edited.includes(language) ? item.edited : [...item.edited, language];
}

/** The language whose edition still has the original text, or null. */
export function staleLanguage(item: PlanItem): Language | null {
  if (item.edited.length !== 1) return null;
  return item.edited[0] === 'zh' ? 'en' : 'zh';
}
