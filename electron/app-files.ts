import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';

/** Where the page lives; the only origin the window ever shows. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'cultivar';
export const APP_START = `${APP_SCHEME}://${APP_HOST}/index.html`;

const NONCE_PLACEHOLDER = '__NONCE__';

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * True for addresses of the product's own page. Node gives custom schemes the origin "null", so the parts are
 * compared, never a prefix of the text.
 */
export function isOwnUrl(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url);
    return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
  } catch {
    return false;
  }
}

/** The file under `root` an address names, or null for everything that is not a file name below `root`. */
export function resolveAppFile(root: string, url: string): string | null {
  if (!isOwnUrl(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\') || path.endsWith('/')) return null;
  const file = join(root, path);
  const inside = relative(root, file);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file;
}

/** The policy sent with every answer. The nonce is for the style elements antd writes; nothing is "unsafe". */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Answers one request to the app:// scheme out of `root`: GET only, read-only, 404 for anything else than a file. */
export async function answerAppRequest(root: string, request: Request): Promise<Response> {
  const nonce = randomBytes(18).toString('base64');
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
  if (request.method !== 'GET') return new Response(null, { status: 405, headers });
  const file = resolveAppFile(root, request.url);
  const content = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || content === null) return new Response(null, { status: 404, headers });
  const type = CONTENT_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
  const body =
    extname(file) === '.html' ? content.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : content;
  return new Response(body as BodyInit, { status: 200, headers: { ...headers, 'Content-Type': type } });
}
