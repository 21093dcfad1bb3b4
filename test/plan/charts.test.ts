import { describe, expect, test } from 'vitest';
import {
  chartOptions,
  closenessText,
  GAPS_SIZE,
  measurableItems,
  RADAR_SIZE,
  renderChartSvg,
} from '../../electron/plan/charts.ts';
import { champion, diagnosisOf, firm, sample, struggling } from './plan-fixture.ts';

const cases = [
  ['struggling', struggling()],
  ['champion', champion()],
  ['unknown', firm({ name: '空' })],
  ['sample', sample('zhonghaida')],
] as const;

interface Bar {
  value: number;
  label: { formatter: string };
}
function bars(option: Record<string, unknown>): { names: string[]; data: Bar[] } {
  const { data: names } = option.yAxis as { data: string[] };
  return { names, data: (option.series as { data: Bar[] }[])[0]!.data };
}

describe.each(cases)('%s', (_, file) => {
  const diagnosis = diagnosisOf(file);
  test.each(['zh', 'en'] as const)('options in %s survive the way to the window as JSON', (locale) => {
    for (const dark of [false, true]) {
      const charts = chartOptions(diagnosis, locale, dark, file);
      expect(JSON.parse(JSON.stringify(charts))).toEqual(charts);
      expect(JSON.stringify(charts)).not.toMatch(/undefined|NaN/);
    }
  });
});

test('each measurable item has its bar, the met ones full, the unknown ones labelled', () => {
  const diagnosis = diagnosisOf(struggling());
  const { names, data } = bars(chartOptions(diagnosis, 'zh', false).gaps);
  const of = (id: string) => names.indexOf(measurableItems(diagnosis).find((i) => i.id === id)!.title.zh);
  expect(data[of('S26-2c')]!.value).toBeLessThan(100);
  expect(data[of('S26-1')]!.value).toBe(100);
  const unknown = bars(chartOptions(diagnosisOf(firm({ name: '空' })), 'zh', false).gaps);
  expect(unknown.data.length).toBeGreaterThan(0);
  expect(new Set(unknown.data.map((d) => d.label.formatter))).toEqual(new Set(['待补数据']));
});

test('a hair below the line is not shown as 100 %', () => {
  const unmet = measurableItems(diagnosisOf(struggling())).find((i) => i.verdict === 'unmet')!;
  expect(closenessText({ ...unmet, closeness: 0.9999 }, 'zh')).toBe('99%');
});

test('figures are drawn only where there are any, in the unit of the language', () => {
  expect(chartOptions(diagnosisOf(struggling()), 'zh', false).figures).toBeUndefined();
  const empty = firm({ name: '空' });
  expect(chartOptions(diagnosisOf(empty), 'zh', false, empty).figures).toBeUndefined();
  const value = (locale: 'zh' | 'en') => {
    const { figures } = chartOptions(diagnosisOf(struggling()), locale, false, struggling());
    return (figures!.series as { data: number[] }[])[0]!.data.at(-1);
  };
  expect(value('zh')).toBe(1180);
  expect(value('en')).toBe(11.8);
});

describe('on paper', () => {
  const { gaps } = chartOptions(diagnosisOf(struggling()), 'zh', false);

  test('a chart becomes an SVG whose labels are text in the font of the document', () => {
    const svg = renderChartSvg(gaps, 480, 340);
    expect(svg).toMatch(/^<svg/);
    expect(svg).toContain('资产负债率');
    expect(svg).toContain('Noto Sans SC');
  });

  test.each(['zh', 'en'] as const)(
    'labels in %s stay inside the picture and do not cover each other',
    (locale) => {
      for (const file of [struggling(), champion(), firm({ name: '空' })]) {
        const charts = chartOptions(diagnosisOf(file), locale, false);
        for (const [option, size] of [
          [charts.radar, [480, 340]],
          [charts.gaps, [480, 340]],
          [charts.radar, RADAR_SIZE],
          [charts.gaps, GAPS_SIZE],
        ] as const) {
          const [width, height] = size;
          const boxes = labelBoxes(renderChartSvg(option, width, height));
          expect(boxes.length).toBeGreaterThan(4);
          for (const [i, box] of boxes.entries()) {
            expect(box.left, box.text).toBeGreaterThanOrEqual(-1);
            expect(box.right, box.text).toBeLessThanOrEqual(width + 1);
            expect(box.bottom, box.text).toBeLessThanOrEqual(height + 1);
            for (const other of boxes.slice(i + 1)) {
              const apart =
                box.right <= other.left ||
                other.right <= box.left ||
                box.bottom <= other.top ||
                other.bottom <= box.top;
              expect(apart, `${box.text} / ${other.text}`).toBe(true);
            }
          }
        }
      }
    },
  );
});

/** Where each label is drawn, by a rough width: a Chinese character is as wide as the type is high, others a little under half. */
function labelBoxes(svg: string) {
  const found = [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)];
  return found.map(([, attributes = '', escaped = '']) => {
    const text = escaped.replaceAll(/&\w+;/g, '&').trim();
    const read = (pattern: RegExp) => pattern.exec(attributes)?.[1];
    const size = Number(read(/font-size:\s*([\d.]+)px/) ?? 12);
    const [x = 0, y = 0] = (read(/translate\(([\d. -]+)\)/) ?? '0 0').split(' ').map(Number);
    const ownX = Number(read(/\sx="([\d.-]+)"/) ?? 0);
    const ownY = Number(read(/\sy="([\d.-]+)"/) ?? 0);
    const width = [...text].reduce((w, c) => w + (/[\u2e80-\uffef]/.test(c) ? size : size * 0.47), 0);
    const anchor = read(/text-anchor="(\w+)"/) ?? 'start';
    const left = x + ownX - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0);
    return { text, left, right: left + width, top: y + ownY - size * 0.4, bottom: y + ownY + size * 0.4 };
  });
}
