import { exactText, fraction } from '../diagnosis/exact.ts';
import type { AsOf, FactSheet, SheetEntry } from '../diagnosis/shapes.ts';
import type { FactCatalogue } from '../standards/fact-schema.ts';
import type { EnterpriseFile, FigureColumn, Figures, Title, TitleKind } from './shapes.ts';

/** Yearly columns and the sheet fields they become; `years` counts back from the last closed fiscal year (y1). */
export const COLUMNS: readonly { column: FigureColumn; field: string; years: number; money: boolean }[] = [
  { column: 'revenue', field: 'revenue', years: 3, money: true },
  { column: 'mainRevenue', field: 'main_rev', years: 3, money: true },
  { column: 'rdExpense', field: 'rd_expense', years: 2, money: true },
  { column: 'equityNew', field: 'equity_new', years: 3, money: true },
  { column: 'totalAssets', field: 'assets', years: 1, money: true },
  { column: 'totalLiabilities', field: 'liabilities', years: 1, money: true },
  { column: 'netProfit', field: 'net_profit', years: 1, money: true },
  { column: 'sales', field: 'sales', years: 1, money: true },
  { column: 'totalCost', field: 'total_cost', years: 1, money: true },
  { column: 'cashOperating', field: 'cash_operating', years: 1, money: true },
  { column: 'cashInvesting', field: 'cash_investing', years: 1, money: true },
  { column: 'cashFinancing', field: 'cash_financing', years: 1, money: true },
  { column: 'staffTotal', field: 'staff_total', years: 1, money: false },
  { column: 'rdStaff', field: 'rd_staff', years: 1, money: false },
  { column: 'techStaff', field: 'tech_staff', years: 1, money: false },
];

/** Titles that prove a field; any valid one of them makes it true. */
export const TITLE_FIELDS: readonly { field: string; kinds: readonly TitleKind[] }[] = [
  {
    field: 'title_tech_innovative_valid',
    kinds: ['tech_sme', 'innovative', 'srdi', 'little_giant', 'key_little_giant'],
  },
  { field: 'title_srdi_valid', kinds: ['srdi', 'little_giant', 'key_little_giant'] },
  { field: 'title_little_giant_valid', kinds: ['little_giant', 'key_little_giant'] },
  { field: 'honor_hightech_valid', kinds: ['hightech'] },
  { field: 'honor_national_tech_innovation_valid', kinds: ['national_tech_innovation'] },
  { field: 'honor_ip_advantage_valid', kinds: ['ip_advantage'] },
  { field: 'honor_ip_demonstration_valid', kinds: ['ip_demonstration'] },
  { field: 'is_single_champion', kinds: ['single_champion'] },
];

function moneyText(yuan: number): string {
  return exactText(fraction(yuan, 10_000));
}

/** Last day a loose date can mean: a title "to 2026-04" is good to the end of that month. */
function latestDay(date: string): string {
  if (date.length === 4) return `${date}-12-31`;
  return date.length === 7 ? `${date}-31` : date;
}

/**
 * Whether a title is valid on a day: yes, no, or not known. Without an expiry date, the usual three years from issue
 * are not assumed; it counts as held unless it was issued later.
 */
export function validOn(title: Pick<Title, 'issuedOn' | 'expiresOn'>, day: string): boolean {
  if (title.issuedOn && title.issuedOn.slice(0, 10) > day) return false;
  return title.expiresOn === null || latestDay(title.expiresOn) >= day;
}

function titleEntries(titles: readonly Title[], asOf: AsOf, sheet: FactSheet): void {
  for (const { field, kinds } of TITLE_FIELDS) {
    const mine = titles.filter((title) => kinds.includes(title.kind));
    const valid = mine.find((title) => validOn(title, asOf.factsDate));
    if (valid)
      sheet[field] = { value: true, year: null, basis: valid.basis, source: valid.source ?? valid.name };
    else if (mine.length > 0 && !(field in sheet)) {
      const last = mine[mine.length - 1] as Title;
      sheet[field] = { value: false, year: null, basis: last.basis, source: last.source ?? last.name };
    }
  }
}

function figureEntries(figures: readonly Figures[], asOf: AsOf, sheet: FactSheet): void {
  for (const { column, field, years, money } of COLUMNS) {
    for (let back = 1; back <= years; back++) {
      const year = asOf.fiscalYear - back + 1;
      const row = figures.find((f) => f.year === year);
      const value = row?.values[column];
      if (value === null || value === undefined) continue;
      const backing = row?.backing[column];
      const entry: SheetEntry = {
        value: money ? moneyText(value) : String(value),
        year,
        basis: backing?.basis ?? 'declared',
        source: backing?.source ?? null,
      };
      sheet[money ? `${field}_y${back}_wan` : `${field}_y${back}`] = entry;
    }
  }
}

/** Full months between two loose dates, the earlier taken at its latest day: never more time than is proved. */
export function monthsBetween(from: string, to: string): number {
  const start = latestDay(from);
  const [y1 = 0, m1 = 0, d1 = 0] = start.split('-').map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number);
  // Starting on the first of a month and ending on its last day makes a full month.
  return (y2 - y1) * 12 + (m2 - m1) + (d2 + 1 >= d1 ? 0 : -1) + (d1 === 1 && d2 >= 28 ? 1 : 0);
}

function profileEntries(file: EnterpriseFile, asOf: AsOf, sheet: FactSheet): void {
  const { enterprise } = file;
  const yearEnd = `${asOf.fiscalYear}-12-31`;
  const entry = (value: string): SheetEntry => ({ value, year: null, basis: 'declared', source: null });
  if (enterprise.nicheSince) {
    const months = monthsBetween(enterprise.nicheSince, yearEnd);
    if (months >= 0)
      sheet.years_in_niche = { ...entry(exactText(fraction(months, 12))), year: asOf.fiscalYear };
  }
  if (enterprise.foundedOn) {
    const months = monthsBetween(enterprise.foundedOn, yearEnd);
    if (months >= 0)
      sheet.firm_age_years = { ...entry(exactText(fraction(months, 12))), year: asOf.fiscalYear };
  }
  const code = /^\d{3,4}/.exec(enterprise.industryClass ?? '')?.[0] ?? enterprise.industryDivision;
  if (code) sheet.industry_code = entry(`code_${code}`);
}

/** Answers that follow from others a person gave: the level of an institution says whether it is provincial. */
function impliedEntries(sheet: FactSheet): void {
  const level = sheet.rd_institution_level;
  const imply = (field: string, from: SheetEntry, value: boolean) => {
    sheet[field] ??= { value, year: from.year, basis: 'derived', source: from.source };
  };
  if (level) {
    // "None" or a low level of the listed institution does not disprove another one, so only yes is implied.
    if (level.value === 'national' || level.value === 'provincial')
      imply('has_provincial_plus_rd_institution', level, true);
  }
  for (const kind of ['national', 'provincial']) {
    const rank = sheet[`sci_award_${kind}_3y_rank`];
    if (rank) imply(`sci_award_${kind}_3y`, rank, rank.value !== '0');
  }
  const [national, provincial] = [sheet.sci_award_national_3y_rank, sheet.sci_award_provincial_3y_rank];
  if (national && provincial && !sheet.sci_award_provincial_plus_3y_rank) {
    const ranks = [national, provincial].map((e) => Number(e.value)).filter((rank) => rank > 0);
    const best = ranks.length > 0 ? Math.min(...ranks) : 0;
    sheet.sci_award_provincial_plus_3y_rank = {
      value: String(best),
      year: null,
      basis: 'derived',
      source: null,
    };
  }
}

/**
 * The flat fact sheet of one enterprise as of a fiscal year: given facts only (ratios and sums are computed by the
 * diagnosis). Answers win over what titles and dates imply only where the record is silent; a stored null ("unknown
 * for now") stays unknown. Amounts in 万元 as exact text, ratios as fractions.
 */
export function buildFactSheet(file: EnterpriseFile, catalogue: FactCatalogue, asOf: AsOf): FactSheet {
  const sheet: FactSheet = {};
  const stored = new Map(file.facts.map((fact) => [`${fact.factId}@${fact.year ?? ''}`, fact]));
  for (const fact of catalogue.facts) {
    const year = fact.origin === 'yearly' ? asOf.fiscalYear + (fact.offset ?? 0) : null;
    const record = stored.get(`${fact.stored ?? fact.id}@${year ?? ''}`);
    if (!record || record.value === null || fact.origin === 'option') continue;
    sheet[fact.id] = { value: record.value, year, basis: record.basis, source: record.source };
  }
  const scoreBefore = stored.get(`eval_score@${asOf.fiscalYear}`);
  if (scoreBefore && scoreBefore.value !== null) {
    const { value, basis, source } = scoreBefore;
    sheet.eval_score_y1 = { value, year: asOf.fiscalYear, basis, source };
  }
  figureEntries(file.figures, asOf, sheet);
  profileEntries(file, asOf, sheet);
  titleEntries(file.titles, asOf, sheet);
  impliedEntries(sheet);
  return sheet;
}
