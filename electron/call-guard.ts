import { isOwnUrl } from './app-files.ts';

/** The part of Electron's WebFrameMain the check needs. */
interface Frame {
  readonly url: string;
}

/** About 16 MB of JSON text; the largest honest input, an imported sheet, is far below it. */
export const MAX_INPUT = 16 * 1024 * 1024;

/**
 * True when a call comes from the page itself: the frame is still there, it is the window's main frame, and it
 * shows our own origin. Frames inside the page and foreign documents are refused.
 */
export function isTrustedSender(senderFrame: Frame | null, mainFrame: Frame): boolean {
  return senderFrame !== null && senderFrame === mainFrame && isOwnUrl(senderFrame.url);
}

/** True when `value` would be longer than `limit` characters as JSON text; stops counting as soon as it is. */
export function isTooLarge(value: unknown, limit: number = MAX_INPUT): boolean {
  let left = limit;
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0 && left >= 0) {
    const next = open.pop();
    if (typeof next === 'string') left -= next.length + 2;
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) left -= next.byteLength;
    else if (next instanceof Map || next instanceof Set) open.push([...next]);
    else if (typeof next === 'object' && next !== null && !seen.has(next)) {
      seen.add(next);
      left -= 2;
      if (Array.isArray(next)) {
        left -= next.length;
        if (left >= 0) for (const item of next) open.push(item);
      } else {
        for (const [key, item] of Object.entries(next)) {
          left -= key.length + 4;
          open.push(item);
        }
      }
    } else left -= 8;
  }
  return left < 0;
}
