import {
  AlignmentType,
  BorderStyle,
  type FileChild,
  HeadingLevel,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

/** The text between the margins of an A4 page, in twentieths of a point. */
export const TEXT_WIDTH = 9638;
export const QUIET = '64717A';
export const HAIR = 'D5DCE0';
export const WASH = 'F4F7F8';
export const COLOURS: Readonly<Record<string, string>> = {
  met: '2C7A51',
  unmet: 'B3432F',
  unknown: '6A747B',
  manual: '5A5596',
  not_applicable: '98A2A8',
  ready: '2C7A51',
  partly: '5A5596',
  missing: 'B3432F',
  open: '6A747B',
};

/** Runs of one text; its line breaks stay line breaks. Places where paper may break a line are not needed in Word. */
export function runs(text: string, options: Omit<IRunOptions, 'text' | 'break'> = {}): TextRun[] {
  return text
    .replaceAll('\u200b', '')
    .split('\n')
    .map((line, at) => new TextRun({ ...options, text: line, ...(at > 0 ? { break: 1 } : {}) }));
}

/** A paragraph of text or of prepared runs. */
export function paragraph(
  text: string | readonly TextRun[],
  options: Omit<IParagraphOptions, 'text' | 'children'> = {},
  run: Omit<IRunOptions, 'text' | 'break'> = {},
): Paragraph {
  return new Paragraph({ ...options, children: typeof text === 'string' ? runs(text, run) : [...text] });
}

/** A heading of the document's structure: Word's navigation shows it. */
export function heading(level: 1 | 2 | 3, text: string): Paragraph {
  const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;
  return new Paragraph({ heading: levels[level - 1] ?? HeadingLevel.HEADING_3, children: runs(text) });
}

/** Small grey text. */
export function small(text: string, options: Omit<IParagraphOptions, 'text' | 'children'> = {}): Paragraph {
  return new Paragraph({ style: 'Small', ...options, children: runs(text) });
}

/** A list of points, or numbered steps; each `instance` counts from 1. */
export function bullets(texts: readonly string[], numbered = false, instance = 0): Paragraph[] {
  return texts.map(
    (text) =>
      new Paragraph({
        style: 'ListParagraph',
        numbering: { reference: numbered ? 'steps' : 'points', level: 0, ...(numbered ? { instance } : {}) },
        children: runs(text),
      }),
  );
}

export type Cell = string | readonly Paragraph[];

const line = { style: BorderStyle.SINGLE, size: 4, color: HAIR };
const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };

function cellOf(content: Cell, width: number, right: boolean, head: boolean): TableCell {
  const alignment = right ? AlignmentType.RIGHT : AlignmentType.LEFT;
  const children =
    typeof content === 'string'
      ? [new Paragraph({ style: head ? 'TableHead' : 'TableText', alignment, children: runs(content) })]
      : [...content];
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    ...(head ? { shading: { type: ShadingType.CLEAR, fill: WASH, color: 'auto' } } : {}),
    children: children.length > 0 ? children : [new Paragraph({ style: 'TableText' })],
  });
}

/** A table over the width of the text; `shares` are the widths of the columns. The head is repeated on each page. */
export function table(
  head: readonly string[] | null,
  rows: readonly (readonly Cell[])[],
  shares: readonly number[],
  right: readonly number[] = [],
): Table {
  const sum = shares.reduce((a, b) => a + b, 0);
  const widths = shares.map((share) => Math.round((share / sum) * TEXT_WIDTH));
  const row = (cells: readonly Cell[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: widths.map((width, at) => cellOf(cells[at] ?? '', width, right.includes(at), isHead)),
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: line,
      bottom: line,
      left: none,
      right: none,
      insideHorizontal: line,
      insideVertical: none,
    },
    rows: [...(head ? [row(head, true)] : []), ...rows.map((cells) => row(cells, false))],
  });
}

/** Word joins two tables that touch; and after a table the text needs room. */
export function gap(): FileChild {
  return new Paragraph({ spacing: { before: 0, after: 80 }, children: [] });
}
