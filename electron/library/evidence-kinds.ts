/** What a file is, told by its first bytes and, where these say too little, by its ending. */
export interface Kind {
  readonly mime: string;
  /** Opened by the system's own program on request. Others can be saved and are never started from here. */
  readonly opens: boolean;
  /** Shown as a small picture. */
  readonly picture: boolean;
}

const starts = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
const text = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.subarray(from, to));

const office: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  ofd: 'application/ofd',
  doc: 'application/msword',
  wps: 'application/msword',
  xls: 'application/vnd.ms-excel',
  et: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  dps: 'application/vnd.ms-powerpoint',
};
const plain: Record<string, string> = { txt: 'text/plain', csv: 'text/csv' };

function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function mimeOf(name: string, head: Uint8Array): string {
  const ending = endingOf(name);
  if (starts(head, 0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (text(head, 0, 4) === 'GIF8') return 'image/gif';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'image/webp';
  if (text(head, 0, 2) === 'BM') return 'image/bmp';
  if (starts(head, 0x49, 0x49, 0x2a, 0) || starts(head, 0x4d, 0x4d, 0, 0x2a)) return 'image/tiff';
  if (text(head, 4, 8) === 'ftyp' && /^(hei|mif1)/.test(text(head, 8, 12))) return 'image/heic';
  if (text(head, 0, 5) === '%PDF-') return 'application/pdf';
  const zip = starts(head, 0x50, 0x4b, 3, 4);
  const compound = starts(head, 0xd0, 0xcf, 0x11, 0xe0);
  if ((zip || compound) && office[ending]) return office[ending];
  if (zip) return 'application/zip';
  if (plain[ending] && !head.includes(0)) return plain[ending];
  return 'application/octet-stream';
}

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);
const OPENS = new Set([
  ...PICTURES,
  'image/tiff',
  'image/heic',
  'application/pdf',
  ...Object.values(office),
  ...Object.values(plain),
]);

/** What a file is. `head`: its first bytes. */
export function kindOf(name: string, head: Uint8Array): Kind {
  return ofMime(mimeOf(name, head));
}

/** What can be done with a file of a type. */
export function ofMime(mime: string): Kind {
  return { mime, opens: OPENS.has(mime), picture: PICTURES.has(mime) };
}

/** Endings under which a file of a type may be handed to the system: an honest one, whatever the name said. */
const ENDINGS: Record<string, readonly string[]> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/bmp': ['bmp'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  ...Object.fromEntries(
    Object.values(office).map((mime) => [
      mime,
      Object.entries(office).flatMap(([ending, other]) => (other === mime ? [ending] : [])),
    ]),
  ),
  'text/plain': ['txt'],
  'text/csv': ['csv'],
};

/** A name for the opened copy whose ending is one of its type. */
export function openedName(name: string, mime: string): string {
  const endings = ENDINGS[mime] ?? [];
  const [first = 'bin'] = endings;
  return endings.includes(endingOf(name)) ? name : `${name}.${first}`;
}

/**
 * A file name as it is kept and offered again: the last part of whatever path it came as, without signs that systems or
 * readers misread (separators, control signs, marks that turn the direction of writing), at most 150 characters.
 */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - ending.length);
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `${stem}_` : stem;
  return `${[...safe].slice(0, 150 - ending.length).join('')}${ending}` || 'file';
}
