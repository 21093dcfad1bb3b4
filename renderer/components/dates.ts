import i18next from 'i18next';

/** A moment (ISO text) as local date and time in the page's language. Text that is no date comes back as it is. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(i18next.language, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date);
}

/** A moment (ISO text) as local date. */
export function formatDay(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(i18next.language, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(date);
}

/**
 * Reads a typed day, month or year into YYYY, YYYY-MM or YYYY-MM-DD: "2018", "2018/6", "2018.06.30", "20180630", and
 * with the Chinese signs for year, month, day. Empty text is null; text that is no such date is undefined.
 */
export function parseLooseDate(text: string): string | null | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[\u5e74\u6708/.]/g, '-')
    .replace(/\u65e5$/, '')
    .replace(/\s+/g, '')
    .replace(/-+$/, '');
  if (plain === '') return null;
  const match =
    /^(\d{4})(?:-?(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (!match) return undefined;
  const [, year, month, day] = match;
  if (!month) return year;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  const upToMonth = `${year}-${month.padStart(2, '0')}`;
  if (!day) return upToMonth;
  const full = `${upToMonth}-${day.padStart(2, '0')}`;
  const date = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full) ? full : undefined;
}

/** Whether a date (YYYY, YYYY-MM or YYYY-MM-DD) has not begun on this computer. */
export function isAhead(date: string): boolean {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return date > `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`.slice(0, date.length);
}
