import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { messages } from './messages.ts';

export type Locale = 'zh-CN' | 'en';

/** Starts the languages; `locale` is the saved setting. A missing text is reported on the console and never shown as its key. */
export async function startI18n(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: messages,
    ns: Object.keys(messages[locale] ?? {}),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
    parseMissingKeyHandler: (key: string) => {
      console.error(`Missing text: ${i18next.language} ${key}`);
      return '…';
    },
  });
  document.documentElement.lang = locale;
  document.title = i18next.t('appName');
}

/** Switches the language of the page. */
export async function changeLocale(locale: Locale): Promise<void> {
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  document.title = i18next.t('appName');
}

/** Picks the current language of a bilingual text that came from the service. */
export function pick(text: { zh: string; en: string }): string {
  return i18next.language === 'en' ? text.en : text.zh;
}

/** The language for calls that take one ('zh' or 'en'). */
export function shortLocale(): 'zh' | 'en' {
  return i18next.language === 'en' ? 'en' : 'zh';
}
