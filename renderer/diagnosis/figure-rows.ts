import type { CallInput } from '../../electron/api.ts';
import type { Fact } from './topics.ts';

export type FigureColumn = keyof CallInput<'figures.set'>['years'][number]['values'];

/** The yearly figures in the groups of the grid. */
export const figureGroups: readonly { id: string; columns: readonly FigureColumn[] }[] = [
  { id: 'income', columns: ['revenue', 'mainRevenue', 'mainCost', 'sales', 'exports'] },
  { id: 'costs', columns: ['rdExpense', 'sellingExpense', 'adminExpense', 'totalCost'] },
  { id: 'profit', columns: ['totalProfit', 'netProfit', 'taxesPaid'] },
  { id: 'balance', columns: ['totalAssets', 'totalLiabilities', 'netAssets', 'bankLoans'] },
  { id: 'funding', columns: ['equityNew', 'valuation'] },
  { id: 'cash', columns: ['cashOperating', 'cashInvesting', 'cashFinancing'] },
  { id: 'staff', columns: ['staffTotal', 'rdStaff', 'techStaff'] },
];

/** The rows of the grid from top to bottom. */
export const figureColumns: readonly FigureColumn[] = figureGroups.flatMap((group) => group.columns);

const staff: readonly FigureColumn[] = ['staffTotal', 'rdStaff', 'techStaff'];
const mayBeNegative: readonly FigureColumn[] = [
  'netProfit',
  'totalProfit',
  'netAssets',
  'taxesPaid',
  'cashOperating',
  'cashInvesting',
  'cashFinancing',
];

/** Whether a column counts persons; all others are amounts. */
export function isStaff(column: FigureColumn): boolean {
  return staff.includes(column);
}

/** Whether a figure may be below zero, as a profit may. */
export function canBeNegative(column: FigureColumn): boolean {
  return mayBeNegative.includes(column);
}

/** Names of the fact sheet and the columns they come from. */
const byPrefix: Record<string, FigureColumn> = {
  revenue: 'revenue',
  main_rev: 'mainRevenue',
  rd_expense: 'rdExpense',
  equity_new: 'equityNew',
  assets: 'totalAssets',
  liabilities: 'totalLiabilities',
  net_profit: 'netProfit',
  sales: 'sales',
  total_cost: 'totalCost',
  cash_operating: 'cashOperating',
  cash_investing: 'cashInvesting',
  cash_financing: 'cashFinancing',
  staff_total: 'staffTotal',
  rd_staff: 'rdStaff',
  tech_staff: 'techStaff',
};

/** Computed facts and the column that is looked at first when they are missing. */
const firstPart: Record<string, string> = {
  main_ratio_y1: 'main_rev_y1',
  main_rev_growth_y1: 'main_rev_y1',
  main_rev_growth_y2: 'main_rev_y2',
  main_rev_growth_avg2: 'main_rev_y1',
  revenue_cagr2: 'revenue_y1',
  rd_expense_avg2_wan: 'rd_expense_y2',
  rd_expense_sum2_wan: 'rd_expense_y2',
  rd_ratio_y1: 'rd_expense_y1',
  rd_ratio_y2: 'rd_expense_y2',
  debt_ratio_y1: 'liabilities_y1',
  net_margin_y1: 'net_profit_y1',
  equity_new_2y_wan: 'equity_new_y1',
  equity_new_3y_wan: 'equity_new_y1',
  rd_staff_ratio_y1: 'rd_staff_y1',
  tech_staff_ratio_y1: 'tech_staff_y1',
  rd_to_sales_y1: 'sales_y1',
  rd_to_cost_y1: 'total_cost_y1',
};

/** The cell of the grid in which a fact of the sheet is entered, or null where it is none of the yearly figures. */
export function cellOfField(
  field: string,
  fiscalYear: number,
): { column: FigureColumn; year: number } | null {
  const match = /^(\w+?)_y([1-9])(?:_wan)?$/.exec(firstPart[field] ?? field);
  const column = match && byPrefix[match[1]!];
  return column ? { column, year: fiscalYear + 1 - Number(match[2]) } : null;
}

/** Grey rows under the grid: computed ratios by how many years they lie back (0 = the last closed year). */
export const derivedRows: readonly { id: string; fields: Record<number, string> }[] = [
  { id: 'mainRatio', fields: { 0: 'main_ratio_y1' } },
  { id: 'mainGrowth', fields: { 0: 'main_rev_growth_y1', 1: 'main_rev_growth_y2' } },
  { id: 'revenueGrowth', fields: { 0: 'revenue_cagr2' } },
  { id: 'rdRatio', fields: { 0: 'rd_ratio_y1', 1: 'rd_ratio_y2' } },
  { id: 'debtRatio', fields: { 0: 'debt_ratio_y1' } },
  { id: 'netMargin', fields: { 0: 'net_margin_y1' } },
  { id: 'rdStaffRatio', fields: { 0: 'rd_staff_ratio_y1' } },
  { id: 'techStaffRatio', fields: { 0: 'tech_staff_ratio_y1' } },
];

/** Where the question of a fact stands: its topic, and the field that gets the cursor. */
export function placeOfField(
  field: string,
  facts: readonly Fact[],
  fiscalYear: number,
): { topic: Fact['topic']; focus: string } | null {
  const fact = facts.find((known) => known.id === field);
  const cell = cellOfField(field, fiscalYear);
  if (cell && fact?.type !== 'score') return { topic: 'figures', focus: `${cell.year} ${cell.column}` };
  if (field === 'eval_score_best2') return { topic: 'figures', focus: 'eval_score_y0' };
  return fact ? { topic: fact.topic, focus: fact.id } : null;
}
