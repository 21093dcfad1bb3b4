import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  Header,
  ImageRun,
  type IStylesOptions,
  LevelFormat,
  LineRuleType,
  convertMillimetersToTwip as mm,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TabStopType,
  TextRun,
} from 'docx';
import { type DocumentModel, documentModel } from './document-model.ts';
import { gap, HAIR, paragraph, QUIET, runs, small, TEXT_WIDTH, table } from './docx-parts.ts';
import {
  charts,
  essentials,
  measures,
  papers,
  portrait,
  schedule,
  statement,
  verdicts,
} from './docx-sections.ts';
import { GlyphOutlines } from './glyph-outlines.ts';
import { imageSize } from './image-size.ts';
import { SNAPSHOT_NAME } from './manifest.ts';
import type { DocumentInput } from './model-words.ts';
import { word } from './words.ts';

const INK = '1F2A31';
/** One point of nothing, as a PNG. */
const CLEAR = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);
/** Fonts that Word, WPS and LibreOffice have or replace well. */
const FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' };

function stylesOf(accent: string, locale: 'zh' | 'en'): IStylesOptions {
  const colour = accent.replace('#', '').toUpperCase();
  const headingStyle = (size: number, color: string, before: number) => ({
    run: { font: FONT, size, bold: true, color },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  });
  const own = (id: string, name: string, size: number, color: string, bold = false) => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    run: { size, color, bold },
    paragraph: { spacing: { before: 0, after: 40 } },
  });
  return {
    default: {
      document: {
        run: {
          font: FONT,
          size: 20,
          color: INK,
          language: { value: locale === 'en' ? 'en-GB' : 'zh-CN', eastAsia: 'zh-CN' },
        },
        paragraph: { spacing: { before: 0, after: 100, line: 300, lineRule: LineRuleType.AUTO } },
      },
      title: headingStyle(48, INK, 0),
      heading1: headingStyle(30, colour, 360),
      heading2: headingStyle(24, INK, 240),
      heading3: headingStyle(21, INK, 200),
      listParagraph: { paragraph: { spacing: { before: 0, after: 40 } } },
    },
    paragraphStyles: [
      own('Small', 'Small', 16, QUIET),
      own('TableText', 'Table Text', 18, INK),
      own('TableHead', 'Table Head', 17, colour, true),
      own('TableSmall', 'Table Small', 15, QUIET),
    ],
  };
}

function logoOf(input: DocumentInput, alt: string): Paragraph[] {
  const { logo } = input.settings;
  const data = logo && Buffer.from(logo.base64, 'base64');
  const size = logo && data && imageSize(data, logo.mime);
  if (!logo || !data || !size) return [];
  const scale = Math.min(170 / size.width, 60 / size.height);
  const shown = {
    transformation: { width: size.width * scale, height: size.height * scale },
    altText: { name: alt, title: alt, description: alt },
  };
  // Readers that do not know SVG show nothing in its place.
  const picture =
    logo.mime === 'image/svg+xml'
      ? new ImageRun({ type: 'svg', data, fallback: { type: 'png', data: CLEAR }, ...shown })
      : new ImageRun({ type: logo.mime === 'image/png' ? 'png' : 'jpg', data, ...shown });
  return [new Paragraph({ alignment: AlignmentType.RIGHT, children: [picture] })];
}

function cover(model: DocumentModel, input: DocumentInput): FileChild[] {
  const { cover: c, running, house } = model;
  const colour = model.accent.replace('#', '').toUpperCase();
  return [
    ...logoOf(input, running.name),
    ...(house.firm ? [paragraph(house.firm, {}, { bold: true, color: colour, size: 26 })] : []),
    ...(house.tagline ? [paragraph(house.tagline, {}, { color: QUIET, size: 19 })] : []),
    paragraph(c.kicker, { spacing: { before: 1200, after: 1600 } }, { bold: true, color: colour, size: 22 }),
    new Paragraph({ heading: 'Title', children: runs(c.firm) }),
    paragraph(c.name, { spacing: { before: 120, after: c.note ? 600 : 3200 } }, { color: colour, size: 38 }),
    ...(c.note ? [paragraph(c.note, { spacing: { before: 0, after: 1600 } })] : []),
    table(
      null,
      c.facts.map((fact) => [fact.label, fact.value]),
      [1, 3],
    ),
    gap(),
    small(c.rehearsal),
    ...(running.notice ? [paragraph(running.notice, {}, { color: 'B3432F', size: 17 })] : []),
    new Paragraph({ pageBreakBefore: true, spacing: { before: 0, after: 0, line: 20 }, children: [] }),
  ];
}

function headerOf({ running }: DocumentModel): Header {
  return new Header({
    children: [
      new Paragraph({
        style: 'Small',
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
        border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: HAIR, space: 3 } },
        children: [...runs(running.firm), new TextRun({ children: ['\t'] }), ...runs(running.name)],
      }),
      ...(running.notice ? [small(running.notice)] : []),
    ],
  });
}

function footerOf({ running }: DocumentModel): Footer {
  const [before = '', between = '', after = ''] = running.page;
  return new Footer({
    children: [
      new Paragraph({
        style: 'Small',
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
        border: { top: { style: BorderStyle.SINGLE, size: 4, color: HAIR, space: 3 } },
        children: [
          ...runs(running.rehearsal),
          new TextRun({
            children: ['\t', before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after],
          }),
        ],
      }),
    ],
  });
}

/** A file of Word ends with a paragraph; a table in the last place would be taken for damage. */
function ending(children: readonly FileChild[]): FileChild[] {
  return children.at(-1) instanceof Table ? [...children, gap()] : [...children];
}

/**
 * The full plan as a DOCX: the same words as the PDF, with real styles, headings, lists, tables, charts as pictures with
 * alternative texts, header and footer; `font` draws the words in the pictures. It does not carry the check-up; only the PDF can be verified.
 */
export async function planDocx(input: DocumentInput, font: Uint8Array): Promise<Uint8Array> {
  const letters = new GlyphOutlines(font);
  const model = documentModel(input);
  const unverified = word(input.locale, 'docxSnapshot');
  const said = model.statement.paragraphs.filter(
    (text) => !text.replaceAll('\u200b', '').includes(SNAPSHOT_NAME),
  );
  const full = { ...model, statement: { ...model.statement, paragraphs: [...said, unverified] } };
  const bullet = {
    level: 0,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left: mm(6), hanging: mm(5) } } },
  };
  const document = new Document({
    title: model.meta.title,
    creator: model.meta.author.join(', '),
    description: model.meta.subject,
    styles: stylesOf(model.accent, input.locale),
    numbering: {
      config: [
        { reference: 'points', levels: [{ ...bullet, format: LevelFormat.BULLET, text: '•' }] },
        { reference: 'steps', levels: [{ ...bullet, format: LevelFormat.DECIMAL, text: '%1.' }] },
      ],
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: {
              top: mm(26),
              bottom: mm(22),
              left: mm(20),
              right: mm(20),
              header: mm(12),
              footer: mm(10),
            },
          },
        },
        headers: {
          default: headerOf(full),
          first: new Header({ children: [new Paragraph({ children: [] })] }),
        },
        footers: { default: footerOf(full), first: footerOf(full) },
        children: ending([
          ...cover(full, input),
          ...essentials(full),
          ...portrait(full),
          ...charts(full, input, letters),
          ...verdicts(full),
          ...measures(full),
          ...schedule(full),
          ...papers(full),
          ...statement(full),
        ]),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
