import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findHeader } from '../../electron/exchange/find-header.ts';
import { findTarget, headerIndex, readHeader } from '../../electron/exchange/import-headers.ts';
import { proposeMapping } from '../../electron/exchange/import-mapping.ts';
import { headerWords, importTargets } from '../../electron/exchange/import-targets.ts';
import type { Table } from '../../electron/exchange/sheet-table.ts';
import { factCatalogueShape } from '../../electron/standards/fact-schema.ts';

const facts = factCatalogueShape.parse(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'standards', 'facts.json'), 'utf8'),
  ),
);
const targets = importTargets(facts);
const index = headerIndex(targets, facts);

function propose(table: Table) {
  const header = findHeader(table, index);
  const data = table.rows.slice(header.row + header.rows);
  const mapping = proposeMapping(header, data, targets, index, 2025);
  return {
    header,
    mapping,
    short: mapping.columns.map(({ target, year, unit }) =>
      [target, year, unit].filter((x) => x !== null).join(' '),
    ),
  };
}

describe('a header says field, year and unit', () => {
  test.each([
    ['2025年营业收入(万元)', 'figure:revenue', 2025, 'wan'],
    ['营业收入2024', 'figure:revenue', 2024, null],
    ['Revenue 2025 (10k CNY)', 'figure:revenue', 2025, 'wan'],
    ['Revenue 2025 (CNY million)', 'figure:revenue', 2025, 'million'],
    ['研发费用（元）', 'figure:rdExpense', null, 'yuan'],
    ['２０２５年度 研发费用：万元', 'figure:rdExpense', 2025, 'wan'],
    ['*统一社会信用代码', 'profile:uscc', null, null],
    ['1、企业名称', 'profile:name', null, null],
    ['资产负债率（%）', 'fact:debt_ratio', null, 'percent'],
    ['2024年末资产总额(亿元)', 'figure:totalAssets', 2024, 'yi'],
    ['从业人员（人）', 'figure:staffTotal', null, null],
    ['R&D expense', 'figure:rdExpense', null, null],
    ['高新技术企业证书有效期', 'title:hightech:expiresOn', null, null],
    ['注册资本（万元人民币）', 'profile:registeredCapital', null, 'wan'],
  ])('%s', (header, id, year, unit) => {
    const parts = readHeader(header);
    expect(findTarget(index, parts)).toEqual({ id, sure: true });
    expect([parts.year, parts.unit]).toEqual([year, unit]);
  });

  test('last year and the year before are counted from the last closed one', () => {
    expect(readHeader('上年度营业收入')).toMatchObject({ base: '营业收入', relative: 0 });
    expect(readHeader('前年营业收入')).toMatchObject({ base: '营业收入', relative: -1 });
    expect(readHeader('本年度专精特新发展评价得分').relative).toBe(1);
  });

  test('every fact is found by its Chinese and English label', () => {
    const stored = facts.facts.filter((f) => ['answer', 'yearly'].includes(f.origin));
    for (const fact of stored) {
      for (const label of [fact.label.zh, fact.label.en])
        expect(findTarget(index, readHeader(label))?.id, label).toBe(`fact:${fact.stored ?? fact.id}`);
    }
  });

  test('all words of the data file name targets that exist, none of them twice', () => {
    for (const id of Object.keys(headerWords.fields)) expect(targets.has(id), id).toBe(true);
    const words = Object.values(headerWords.fields)
      .flat()
      .map((w) => w.toLowerCase());
    expect(words.filter((w, i) => words.indexOf(w) !== i)).toEqual([]);
  });
});

describe('finding the header', () => {
  test('titles above it are skipped, the unit of the sheet is taken from there', () => {
    const { header, mapping, short } = propose({
      rows: [
        ['武汉市专精特新企业培育库', null, null, null],
        ['填报单位：某局', null, '单位：元', null],
        [null, null, null, null],
        ['序号', '企业名称', '营业收入', '净利润'],
        [1, '甲公司', 100, 5],
      ],
      merges: [{ top: 0, left: 0, bottom: 0, right: 3 }],
    });
    expect(header.row).toBe(3);
    expect(mapping.unit).toBe('yuan');
    expect(short).toEqual(['', 'profile:name', 'figure:revenue', 'figure:netProfit']);
  });

  test('a header of two rows, merged across and down', () => {
    const { header, short } = propose({
      rows: [
        ['企业名称', '营业收入（万元）', null, '研发费用（万元）', null],
        [null, '2024年', '2025年', '2024年', '2025年'],
        ['甲公司', 1, 2, 3, 4],
      ],
      merges: [
        { top: 0, left: 0, bottom: 1, right: 0 },
        { top: 0, left: 1, bottom: 0, right: 2 },
        { top: 0, left: 3, bottom: 0, right: 4 },
      ],
    });
    expect(header.rows).toBe(2);
    expect(short).toEqual([
      'profile:name',
      'figure:revenue 2024 wan',
      'figure:revenue 2025 wan',
      'figure:rdExpense 2024 wan',
      'figure:rdExpense 2025 wan',
    ]);
  });

  test('a row of units under the header', () => {
    const { header, short } = propose({
      rows: [
        ['企业名称', '2025营业收入', '职工总数', '资产负债率'],
        [null, '亿元', '人', '%'],
        ['甲公司', 1.2, 80, 38.3],
      ],
      merges: [],
    });
    expect(header.rows).toBe(2);
    expect(short).toEqual([
      'profile:name',
      'figure:revenue 2025 yi',
      'figure:staffTotal',
      'fact:debt_ratio percent',
    ]);
  });

  test('percents: 0.03 under a percent header is 3 %, and 3 without one is too', () => {
    const of = (header: string, cells: (number | string)[]) =>
      propose({ rows: [['企业名称', header], ...cells.map((c, i) => [`企业${i}`, c])], merges: [] }).mapping
        .columns[1]?.unit;
    expect(of('研发费用占比(%)', [0.03, 0.12])).toBe('fraction');
    expect(of('研发费用占比(%)', [3, 12])).toBe('percent');
    expect(of('研发费用占比', [3, 12])).toBe('percent');
    expect(of('研发费用占比', ['0.03'])).toBe('fraction');
    expect(of('主营业务收入增长率', [1.5, 0.2])).toBe('fraction');
  });

  test('the same field twice is mapped once', () => {
    const { short } = propose({
      rows: [
        ['企业名称', '电话', '联系电话'],
        ['甲', '1', '2'],
      ],
      merges: [],
    });
    expect(short).toEqual(['profile:name', 'profile:contactPhone', '']);
  });
});
