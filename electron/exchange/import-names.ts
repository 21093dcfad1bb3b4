import { nameKey } from '../library/names.ts';

const MARKS = /[()[\]{}<>《》〈〉「」“”"'’‘·.,，。、_\-—]/g;
const SUFFIXES = /(?:股份有限责任公司|有限责任公司|股份有限公司|股份公司|有限公司|集团公司|公司|集团)+$/;
const known = new Map<string, string>();

/**
 * A firm's name for comparing: one width, no spaces, no brackets or marks. "武汉（光谷）芯片 有限公司" and
 * "武汉光谷芯片有限公司" are the same.
 */
export function identityKey(name: string): string {
  let key = known.get(name);
  if (key === undefined) {
    key = nameKey(name).replace(MARKS, '');
    // The memory serves one import; it must not grow with every file ever opened.
    if (known.size > 300_000) known.clear();
    known.set(name, key);
  }
  return key;
}

/** The name without what firms change when they restructure: 有限公司, 股份有限公司, 集团. */
export function looseKey(name: string): string {
  const key = identityKey(name);
  const short = key.replace(SUFFIXES, '');
  return short.length >= 2 ? short : key;
}
