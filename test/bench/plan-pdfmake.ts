import pdfmake from 'pdfmake';
import { GAPS_SIZE, RADAR_SIZE, renderChartSvg } from '../../electron/plan/charts.ts';
import { type DocumentInput, documentModel } from '../../electron/plan/document-model.ts';
import { printedSections } from './plan-html.ts';

type Node = Record<string, unknown>;

/** Any part of the document for pdfmake: lists of equal rows as tables, texts as paragraphs; as plan-html.ts does. */
function nodes(value: unknown): Node[] {
  if (typeof value === 'string') return value ? [{ text: value, margin: [0, 2, 0, 2] }] : [];
  if (Array.isArray(value)) {
    const rows = value.length > 0 && value.every((row) => Array.isArray(row));
    if (rows && value.every((row: unknown[]) => row.every((cell) => typeof cell === 'string'))) {
      const width = Math.max(...value.map((row: string[]) => row.length));
      if (width === 0) return [];
      const body = value.map((row: string[]) => Array.from({ length: width }, (_, i) => row[i] ?? ''));
      return [{ table: { widths: Array(width).fill('*'), body }, layout: 'lightHorizontalLines' }];
    }
    return value.flatMap(nodes);
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string' && (key === 'heading' || key === 'title')
      ? [{ text: part, bold: true, fontSize: key === 'heading' ? 15 : 10, margin: [0, 8, 0, 4] }]
      : nodes(part),
  );
}

/** Prints with pdfmake, with these two font files. */
export function pdfmakePrinter(regular: string, bold: string): (input: DocumentInput) => Promise<Uint8Array> {
  const font = { normal: regular, bold, italics: regular, bolditalics: bold };
  // Our charts name the fonts of the window first.
  pdfmake.setFonts({ Paper: font });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  return async (input) => {
    const model = documentModel(input);
    const drawn = (svg: string) => ({
      svg: svg.replaceAll(/font-family:[^;"]*/g, 'font-family:Paper'),
      width: 480,
    });
    const content = [
      ...printedSections(model).flatMap(nodes),
      drawn(renderChartSvg(model.charts.radar.option, ...RADAR_SIZE)),
      ...(model.charts.gaps ? [drawn(renderChartSvg(model.charts.gaps.option ?? {}, ...GAPS_SIZE))] : []),
    ];
    const document = pdfmake.createPdf({
      pageSize: 'A4',
      pageMargins: [57, 71, 57, 60],
      info: { title: model.meta.title },
      defaultStyle: { font: 'Paper', fontSize: 9.5, lineHeight: 1.3 },
      content,
    });
    return new Uint8Array(await document.getBuffer());
  };
}
