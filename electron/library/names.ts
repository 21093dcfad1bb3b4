import { pinyin } from 'pinyin-pro';

/** How texts are compared when searching: one width, lower case, without spaces at the ends. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/** A firm's name as it is compared with others: "武汉（光谷）" and "武汉(光谷) " are the same firm. */
export function nameKey(name: string): string {
  return fold(name).replace(/\s+/g, '');
}

/**
 * A name in pinyin without tones, run together, and its initials: "兴图ABC" → "xingtuabc" and "xtabc". Signs and
 * spaces are left out; ü is written v, as it is typed.
 */
export function pinyinOf(name: string): { full: string; initials: string } {
  let full = '';
  let initials = '';
  for (const { origin, pinyin: sound, isZh } of pinyin(fold(name), { toneType: 'none', type: 'all' })) {
    const syllable = isZh ? sound.replaceAll('ü', 'v') : /[\p{L}\p{N}]/u.test(origin) ? origin : '';
    full += syllable;
    initials += isZh ? syllable.charAt(0) : syllable;
  }
  return { full, initials };
}
