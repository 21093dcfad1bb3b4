import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Sample,
  sampleFigure,
  sampleShape,
  wanTextToYuan,
  yearlyFactIds,
} from '../../electron/library/sample-schema.ts';
import { type FigureColumn, moneyColumns } from '../../electron/library/shapes.ts';
import { factCatalogueShape } from '../../electron/standards/fact-schema.ts';

const folder = join(import.meta.dirname, '../../resources/samples');
const files = readdirSync(folder).filter((f) => f.endsWith('.json'));
const raw = new Map(
  files.map((f): [string, unknown] => [
    f.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, f), 'utf8')),
  ]),
);

function load(name: string): Sample {
  return sampleShape.parse(raw.get(name));
}
function stored(name: string, year: number, column: FigureColumn): number | undefined {
  const figure = load(name).figures.find((f) => f.year === year)?.values[column];
  return figure && sampleFigure(column, figure.value);
}
function fact(name: string, id: string, year: number | null = null) {
  return load(name).facts.find((f) => f.factId === id && f.year === year)?.value;
}

describe('every sample', () => {
  test('there are eight', () => {
    expect([...raw.keys()].sort()).toEqual([
      'changjin-guangzi',
      'dongwei-bandao',
      'haimo-keji',
      'hongying-zhineng',
      'liyuan-xinxi',
      'weichuang-guangdian',
      'xingtu-xinke',
      'zhonghaida',
    ]);
  });

  test.each([...raw.keys()])('%s follows the schema, sources included', (name) => {
    expect(sampleShape.safeParse(raw.get(name)).error?.issues ?? []).toEqual([]);
  });

  test.each([...raw.keys()])('%s invents no credit code and leaves the unknown absent', (name) => {
    const { profile } = load(name);
    expect(profile.uscc).toBeUndefined();
    expect(Object.values(profile)).not.toContain(null);
  });

  test.each([...raw.keys()])('%s: every used source is named, every named source is used', (name) => {
    const sample = load(name);
    const used = new Set<string | null>([
      ...Object.values(sample.profileSources),
      ...sample.titles.map((t) => t.source),
      ...sample.figures.flatMap((f) => Object.values(f.values).map((v) => v.source)),
      ...sample.facts.map((f) => f.source),
      ...sample.remarks.map((r) => r.source),
    ]);
    used.delete(null);
    expect([...used].sort()).toEqual(Object.keys(sample.sources).sort());
  });

  test.each([...raw.keys()])('%s: published ratios agree with published parts within rounding', (name) => {
    const sample = load(name);
    const parts: Record<string, [FigureColumn, FigureColumn]> = {
      rd_ratio: ['rdExpense', 'revenue'],
      debt_ratio: ['totalLiabilities', 'totalAssets'],
      main_ratio: ['mainRevenue', 'revenue'],
    };
    for (const { factId, year, value } of sample.facts) {
      const pair = parts[factId];
      const values = sample.figures.find((f) => f.year === year)?.values;
      const part = pair && values?.[pair[0]];
      const whole = pair && values?.[pair[1]];
      if (!part || !whole) continue;
      // 0.01 percentage points: the sources print two decimals.
      expect(
        Math.abs(Number(part.value) / Number(whole.value) - Number(value)),
        `${factId} ${year}`,
      ).toBeLessThan(1e-4);
    }
  });
});

test('the figures are the published ones, in yuan and persons', () => {
  expect(stored('xingtu-xinke', 2018, 'revenue')).toBe(198_136_400);
  expect(stored('xingtu-xinke', 2018, 'rdExpense')).toBe(28_342_800);
  expect(stored('xingtu-xinke', 2016, 'netProfit')).toBe(4_609_800);
  expect(stored('xingtu-xinke', 2018, 'totalAssets')).toBe(292_183_800);

  expect(stored('liyuan-xinxi', 2009, 'revenue')).toBe(170_552_900);
  expect(stored('liyuan-xinxi', 2009, 'mainRevenue')).toBe(170_552_900);
  expect(stored('liyuan-xinxi', 2009, 'rdExpense')).toBe(5_385_700);
  expect(stored('liyuan-xinxi', 2007, 'totalLiabilities')).toBe(21_693_000);
  expect(stored('liyuan-xinxi', 2009, 'staffTotal')).toBe(117);
  expect(stored('liyuan-xinxi', 2009, 'rdStaff')).toBe(27);

  expect(stored('dongwei-bandao', 2020, 'revenue')).toBe(308_787_400);
  expect(stored('dongwei-bandao', 2018, 'mainRevenue')).toBe(152_835_200);
  expect(stored('dongwei-bandao', 2020, 'rdExpense')).toBe(15_993_600);
  expect(stored('dongwei-bandao', 2020, 'staffTotal')).toBe(53);

  expect(stored('hongying-zhineng', 2021, 'revenue')).toBe(502_482_400);
  expect(stored('hongying-zhineng', 2021, 'totalLiabilities')).toBe(153_614_500);
  expect(stored('hongying-zhineng', 2018, 'netProfit')).toBe(32_513_500);

  expect(stored('zhonghaida', 2009, 'revenue')).toBe(178_523_800);
  expect(stored('zhonghaida', 2009, 'rdExpense')).toBe(13_223_400);
  expect(stored('zhonghaida', 2007, 'totalAssets')).toBe(66_481_100);

  expect(stored('haimo-keji', 2009, 'mainRevenue')).toBe(111_589_500);
  expect(stored('haimo-keji', 2007, 'revenue')).toBe(85_980_800);
  expect(stored('haimo-keji', 2009, 'rdStaff')).toBe(43);

  expect(stored('changjin-guangzi', 2024, 'revenue')).toBe(192_000_000);
  expect(stored('changjin-guangzi', 2024, 'netProfit')).toBe(75_755_900);

  expect(stored('weichuang-guangdian', 2025, 'revenue')).toBe(176_630_000);
  expect(stored('weichuang-guangdian', 2025, 'netProfit')).toBe(-11_705_600);
  expect(stored('weichuang-guangdian', 2025, 'netAssets')).toBe(430_851_300);
});

test('ratios are exact fractions', () => {
  expect(fact('xingtu-xinke', 'rd_ratio', 2018)).toBe('0.143');
  expect(fact('liyuan-xinxi', 'debt_ratio', 2009)).toBe('0.3388');
  expect(fact('dongwei-bandao', 'main_ratio', 2018)).toBe('0.9996');
  expect(fact('dongwei-bandao', 'market_share_domestic')).toBe('0.086');
  expect(fact('hongying-zhineng', 'revenue_cagr2', 2021)).toBe('0.4195');
  expect(fact('zhonghaida', 'market_share_domestic')).toBe('0.163');
  expect(fact('haimo-keji', 'main_ratio', 2007)).toBe('0.6095');
  expect(fact('weichuang-guangdian', 'debt_ratio', 2025)).toBe('0.383');
});

test('half-years, quarters and later dates are not taken for a fiscal year', () => {
  const every = [...raw.keys()].flatMap((name) =>
    load(name).figures.flatMap((f) => Object.values(f.values).map((v) => v.value)),
  );
  for (const value of [
    '4905.65',
    '72.92',
    '1512.81',
    '24830.66',
    '11456.99',
    '32082.43',
    '1650.12',
    '10239.75',
    '4472.99',
  ]) {
    expect(every).not.toContain(value);
  }
  for (const [name, column] of [
    ['xingtu-xinke', 'staffTotal'],
    ['xingtu-xinke', 'rdStaff'],
    ['dongwei-bandao', 'rdStaff'],
    ['zhonghaida', 'staffTotal'],
  ] as const) {
    expect(stored(name, load(name).fiscalYear, column)).toBeUndefined();
  }
});

test('doubtful claims are remarks, not facts', () => {
  // One lower bound for three years, and a product's share of main business revenue.
  for (const name of ['xingtu-xinke', 'zhonghaida', 'changjin-guangzi']) {
    expect(load(name).facts.map((f) => f.factId)).not.toContain('main_ratio');
  }
  // A count of invention patents is not a count of class I IP of the leading product.
  for (const name of raw.keys()) {
    expect(load(name).facts.filter((f) => f.factId.startsWith('ip'))).toEqual([]);
  }
  // A firm's own count of world services is not its national niche share.
  expect(fact('haimo-keji', 'market_share_domestic')).toBeUndefined();
  // The parent company's R&D series is named but not used.
  expect(load('liyuan-xinxi').remarks.some((r) => r.zh.includes('452.25'))).toBe(true);
  for (const code of ['300184', '688261', '300177', '300084']) {
    const sample = [...raw.keys()].map(load).find((s) => s.remarks.some((r) => r.zh.includes(code)));
    expect(sample?.profile.stockCode).toBeUndefined();
  }
});

describe('against the fact catalogue', () => {
  const file = join(import.meta.dirname, '../../resources/standards/facts.json');
  const catalogue = factCatalogueShape.parse(JSON.parse(readFileSync(file, 'utf8'))).facts;

  test('the yearly facts are the same', () => {
    const stored = new Set(catalogue.filter((f) => f.origin === 'yearly').map((f) => f.stored));
    expect([...stored].sort()).toEqual([...yearlyFactIds].sort());
  });

  test.each([...raw.keys()])('%s answers questions that exist, with words that exist', (name) => {
    for (const { factId, year, value } of load(name).facts) {
      if (year !== null) continue;
      const definition = catalogue.find((f) => f.id === factId);
      expect(definition?.origin, factId).toBe('answer');
      expect(typeof value === 'boolean', factId).toBe(definition?.type === 'bool');
      if (definition?.options) expect(definition.options.map((o) => o.value)).toContain(value);
    }
  });
});

test('what the researcher derived is declared', () => {
  const sample = load('hongying-zhineng');
  const last = sample.figures.at(-1)?.values;
  expect(last?.totalAssets?.basis).toBe('declared');
  expect(last?.rdExpense?.basis).toBe('declared');
  expect(last?.staffTotal?.basis).toBe('declared');
  expect(last?.revenue?.basis).toBe('documented');
});

test('titles carry their dates where the source gives them', () => {
  const xingtu = load('xingtu-xinke').titles.map((t) => [t.kind, t.issuedOn, t.expiresOn]);
  expect(xingtu).toEqual([
    ['hightech', '2014-10-14', '2017-10-14'],
    ['hightech', '2017-11-30', '2020-11-30'],
  ]);
  const hongying = load('hongying-zhineng').titles;
  expect(hongying.find((t) => t.kind === 'little_giant')?.issuedOn).toBe('2021-08');
  expect(hongying.find((t) => t.kind === 'srdi')).toMatchObject({ issuedOn: null, expiresOn: null });
});

describe('amounts', () => {
  test.each([
    ['19813.64', 198_136_400],
    ['0.0001', 1],
    ['-1170.56', -11_705_600],
    ['5', 50_000],
    ['1.10000', 11_000],
    ['-0', 0],
  ])('%s 万元 is %d yuan', (text, yuan) => {
    expect(wanTextToYuan(text)).toBe(yuan);
  });
  test.each(['0.00001', '1,000', '1e4', '', ' 5', '９', '1.'])('%j is refused', (text) => {
    expect(() => wanTextToYuan(text)).toThrow();
  });
  test('no published amount is lost in the conversion', () => {
    for (const name of raw.keys()) {
      for (const { year, values } of load(name).figures) {
        for (const column of moneyColumns) {
          const text = values[column]?.value;
          if (text === undefined) continue;
          const yuan = stored(name, year, column) ?? Number.NaN;
          expect((yuan / 10_000).toFixed(4)).toBe(Number(text).toFixed(4));
        }
      }
    }
  });
});

describe('a damaged sample is refused', () => {
  const change = (edit: (sample: Sample) => void) => {
    const sample = structuredClone(load('weichuang-guangdian'));
    edit(sample);
    return sampleShape.safeParse(sample).error?.issues.map((i) => i.path.join('.')) ?? [];
  };
  test('a source that is not named', () => {
    expect(change((s) => Object.assign(s.facts[0] ?? {}, { source: 'hearsay' }))).toEqual(['facts.0.source']);
  });
  test('a profile field without a source', () => {
    expect(change((s) => delete s.profileSources.niche)).toEqual(['profileSources.niche']);
  });
  test('a year after the snapshot', () => {
    expect(change((s) => Object.assign(s, { fiscalYear: 2024 }))).toContain('figures.1.year');
  });
  test('a number where decimal text belongs', () => {
    const path = 'figures.1.values.revenue.value';
    expect(change((s) => Object.assign(s.figures[1]?.values.revenue ?? {}, { value: 17663 }))).toEqual([
      path,
    ]);
    expect(change((s) => Object.assign(s.figures[1]?.values.revenue ?? {}, { value: '-1' }))).toEqual([path]);
  });
  test('a declared figure without a note', () => {
    expect(change((s) => delete s.figures[0]?.values.revenue?.note)).toEqual(['figures.0.values.revenue']);
  });
  test('a yearly fact without its year', () => {
    expect(change((s) => Object.assign(s.facts[0] ?? {}, { year: null }))).toEqual(['facts.0']);
  });
});
