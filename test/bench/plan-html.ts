import { GAPS_SIZE, RADAR_SIZE, renderChartSvg } from '../../electron/plan/charts.ts';
import { type DocumentInput, type DocumentModel, documentModel } from '../../electron/plan/document-model.ts';

const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Any part of the document as HTML: lists of equal rows as tables, texts as paragraphs. */
function html(value: unknown): string {
  if (typeof value === 'string') return value ? `<p>${safe(value)}</p>` : '';
  if (Array.isArray(value)) {
    if (
      value.length > 0 &&
      value.every((row) => Array.isArray(row) && row.every((c) => typeof c === 'string'))
    )
      return `<table>${value.map((row) => `<tr>${row.map((c: string) => `<td>${safe(c)}</td>`).join('')}</tr>`).join('')}</table>`;
    return value.map(html).join('');
  }
  if (value === null || typeof value !== 'object') return '';
  return Object.entries(value)
    .map(([key, part]) =>
      key === 'heading' && typeof part === 'string'
        ? `<h2>${safe(part)}</h2>`
        : key === 'title' && typeof part === 'string'
          ? `<h3>${safe(part)}</h3>`
          : html(part),
    )
    .join('');
}

/** The parts of the document that all contenders print. */
export function printedSections(model: DocumentModel): unknown[] {
  const { cover, essentials, portrait, verdicts, measures, timeline, goals, calendar } = model;
  const { unknown, policies, checklist, materials, statement } = model;
  const front = [cover, essentials, portrait, verdicts, measures, timeline.rows];
  return [...front, goals, calendar, unknown, policies, checklist, materials, statement];
}

/** The content of the full plan for a browser to print: the same words and charts, plainly set. */
export function planHtml(input: DocumentInput, fontUrl: { regular: string; bold: string }): string {
  const model = documentModel(input);
  const { charts } = model;
  const radar = renderChartSvg(charts.radar.option, ...RADAR_SIZE);
  const gaps = charts.gaps ? renderChartSvg(charts.gaps.option ?? {}, ...GAPS_SIZE) : '';
  return `<!doctype html><html lang="${model.meta.lang}"><head><meta charset="utf-8"><title>${safe(model.meta.title)}</title><style>
@font-face { font-family: Paper; src: url(${fontUrl.regular}); }
@font-face { font-family: Paper; font-weight: bold; src: url(${fontUrl.bold}); }
@page { size: A4; margin: 25mm 20mm 21mm; }
body { font: 9.5pt/1.6 Paper; } table { width: 100%; border-collapse: collapse; } td { border-bottom: .5pt solid #d5dce0; padding: 4pt; }
h2 { font-size: 15pt; break-after: avoid; } h3 { font-size: 10pt; break-after: avoid; } p { margin: 3pt 0; }
</style></head><body>${printedSections(model).map(html).join('')}${radar}${gaps}</body></html>`;
}
