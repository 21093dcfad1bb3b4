import en from '../../resources/i18n/en/route.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/route.json' with { type: 'json' };
import type { Text } from '../standards/schema.ts';

export type RouteWord = keyof typeof zh;
type Part = Text | string | number;

function fill(template: string, parts: Record<string, Part>, language: 'zh' | 'en'): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    return part === undefined ? '' : typeof part === 'object' ? part[language] : String(part);
  });
}

/** A sentence of the route, the comparison of standards or the impact, in both languages. */
export function tell(key: RouteWord, parts: Record<string, Part> = {}): Text {
  return { zh: fill(zh[key], parts, 'zh'), en: fill(en[key], parts, 'en') };
}
