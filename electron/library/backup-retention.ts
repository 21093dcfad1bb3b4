/** Why a backup was made. */
export const backupReasons = [
  'daily',
  'hourly',
  'migrate',
  'import',
  'merge',
  'restore',
  'bulk',
  'manual',
  'protect',
] as const;
export type BackupReason = (typeof backupReasons)[number];

/** A backup as retention sees it: its place in the order in which backups were made, and why it was made. */
export interface Kept {
  readonly sequence: number;
  readonly why: BackupReason;
}

/** How many of each kind stay: the newest ones, counted by their number and never by a clock. */
const NEWEST: Readonly<Record<BackupReason, number>> = {
  hourly: 24,
  daily: 14,
  migrate: 5,
  import: 10,
  merge: 10,
  restore: 10,
  bulk: 10,
  manual: 20,
  protect: 5,
};
/** About a month's working days: of each so many daily backups one stays for longer … */
export const DAYS_OF_A_MONTH = 20;
/** … and the newest so many of these. */
export const MONTHS = 12;

/**
 * The backups that are no longer needed. The rule, in words: of each kind the newest stay (24 hourly, 14 daily, 5 before
 * a new format, 10 before each of import, merge, restore and bulk edit, 5 before encryption is turned on or off, 20 made
 * by hand); of the daily ones also every twentieth, the newest twelve of them: about a year. The newest backup of all always stays. Only the numbers count,
 * which rise with each backup: a clock set forward or back, or a copied file, cannot make a good backup look old.
 * `ordinal` says the how-manieth daily backup one is, as it was counted when it was made.
 */
export function outlived<B extends Kept & { readonly ordinal: number | null }>(backups: readonly B[]): B[] {
  const newestFirst = [...backups].sort((a, b) => b.sequence - a.sequence);
  const keep = new Set<B>(newestFirst.slice(0, 1));
  for (const why of backupReasons) {
    const mine = newestFirst.filter((backup) => backup.why === why);
    for (const backup of mine.slice(0, NEWEST[why])) keep.add(backup);
  }
  const months = newestFirst.filter(
    ({ why, ordinal }) => why === 'daily' && ordinal !== null && ordinal % DAYS_OF_A_MONTH === 1,
  );
  for (const backup of months.slice(0, MONTHS)) keep.add(backup);
  return newestFirst.filter((backup) => !keep.has(backup));
}
