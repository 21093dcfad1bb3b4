import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CallResult, failure } from './shell-calls.ts';

export const MAX_LOGO = 1024 * 1024;

// Anything in an SVG that could run, load or hide something else. A logo needs none of it.
const ACTIVE_SVG =
  /<\s*(?:\w+:)?(?:script|foreignObject|iframe|embed|object|handler|listener)\b|\son\w+\s*=|javascript:|<!ENTITY|<\?xml-stylesheet|@import|(?:href|src)\s*=\s*["']?\s*(?!#|["']|data:image\/(?:png|jpe?g|webp)[;,])[^\s"'>]|url\(\s*["']?\s*(?!#|["']|data:image\/(?:png|jpe?g|webp)[;,])[^\s"')]/i;

/** Content type by the first bytes, never by the file's name; null when it is none of PNG, JPEG and SVG. */
export function imageType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/svg+xml' | null {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (head === '89504e470d0a1a0a') return 'image/png';
  if (head.startsWith('ffd8ff')) return 'image/jpeg';
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const prolog =
    /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:\w+:)?svg[\s>]/i;
  return prolog.test(text) ? 'image/svg+xml' : null;
}

/** True when an SVG has scripts, event handlers, entities or references outside itself. */
export function isActiveSvg(text: string): boolean {
  return ACTIVE_SVG.test(text) || ACTIVE_SVG.test(decodeReferences(text));
}

// Numbered references hide letters: "&#106;avascript:".
function decodeReferences(text: string): string {
  return text.replace(/&#(?:x([0-9a-f]+)|(\d+));?/gi, (whole, hex?: string, decimal?: string) => {
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** Reads a picture for use as a logo: at most 1 MB, PNG, JPEG or an SVG without anything active in it. */
export async function readLogo(
  path: string,
): Promise<CallResult<{ name: string; mime: string; bytes: Uint8Array<ArrayBuffer> }>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    await using file = await open(path);
    if ((await file.stat()).size > MAX_LOGO) return failure('too-large', 'errors.logoTooLarge');
    bytes = new Uint8Array(await file.readFile());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failure('file', 'errors.logoUnreadable', { message });
  }
  const mime = imageType(bytes);
  if (mime === null) return failure('invalid-input', 'errors.logoNotImage');
  if (mime === 'image/svg+xml' && isActiveSvg(Buffer.from(bytes).toString('utf8'))) {
    return failure('forbidden', 'errors.logoActive');
  }
  return { ok: true, value: { name: basename(path), mime, bytes } };
}
