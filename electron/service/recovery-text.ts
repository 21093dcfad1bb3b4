import en from '../../resources/i18n/en/protection.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/protection.json' with { type: 'json' };

/** What is written into the file that keeps a recovery key: the key, what it is for and for which library. */
export function recoveryText(recovery: string, locale: 'zh' | 'en', folder: string): string {
  const words = (locale === 'en' ? en : zh).file;
  return [words.title, '', recovery, '', words.use, words.keep, '', `${words.library}${folder}`, ''].join(
    '\r\n',
  );
}
