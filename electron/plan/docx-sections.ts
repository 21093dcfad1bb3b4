import { AlignmentType, type FileChild, ImageRun, LineRuleType, Paragraph, TextRun } from 'docx';
import { gapsPng, radarPng } from './chart-raster.ts';
import { closenessText, GAPS_SIZE, measurableItems, RADAR_SIZE, renderChartSvg } from './charts.ts';
import type { DocumentModel } from './document-model.ts';
import { bullets, COLOURS, gap, heading, paragraph, QUIET, runs, small, table } from './docx-parts.ts';
import type { GlyphOutlines } from './glyph-outlines.ts';
import { type DocumentInput, percentOf } from './model-words.ts';
import { word } from './words.ts';

type Verdict = { readonly key: string; readonly word: string };

const quiet = { color: QUIET };
const bold = { bold: true };
const verdictRun = (verdict: Verdict) =>
  runs(verdict.word, { bold: true, color: COLOURS[verdict.key] ?? QUIET });
const inCell = (...children: TextRun[]) => new Paragraph({ style: 'TableText', children });
const smallInCell = (text: string, color = QUIET) =>
  new Paragraph({ style: 'TableSmall', children: runs(text, { color }) });

/** The essentials: where the firm stands, and the way up. */
export function essentials({ essentials: e }: DocumentModel): FileChild[] {
  return [
    heading(1, e.heading),
    paragraph(e.summary),
    heading(2, e.ladderHeading),
    paragraph(e.says),
    table(
      null,
      e.ladder.map((rung) => [
        [inCell(...runs(rung.title, bold)), smallInCell(rung.state)],
        [inCell(...verdictRun(rung.verdict)), smallInCell(rung.counts)],
      ]),
      [3, 2],
    ),
    gap(),
    heading(2, e.decidesHeading),
    ...(e.decides.length === 0 ? [paragraph(e.decidesNone, {}, quiet)] : []),
    ...e.decides.flatMap((item) => [
      new Paragraph({
        keepNext: true,
        spacing: { before: 80, after: 0 },
        children: [...verdictRun(item.verdict), new TextRun('  '), ...runs(item.title, bold)],
      }),
      paragraph(item.text, { spacing: { before: 0, after: 0 } }),
      small(item.clause),
    ]),
  ];
}

/** The portrait: size class and life-cycle stage with their reasons, and the figures. */
export function portrait({ portrait: p }: DocumentModel): FileChild[] {
  const named = [p.size, p.stage].map((part) => [
    part.label,
    [
      inCell(...runs(part.value, bold)),
      smallInCell(part.reason),
      ...('clause' in part ? [smallInCell(String(part.clause))] : []),
    ],
  ]);
  return [
    heading(1, p.heading),
    table(null, [...named, ...p.rows.map((row) => [row.label, row.value])], [1, 3.6]),
    gap(),
    heading(2, p.figures.heading),
    ...(p.figures.rows.length === 0
      ? [paragraph(p.figures.none, {}, quiet)]
      : [
          small(p.figures.unit, { keepNext: true }),
          table(
            [p.figures.item, ...p.figures.years],
            p.figures.rows.map((row) => [row.label, ...row.cells]),
            [2, 1, 1, 1],
            [1, 2, 3],
          ),
          gap(),
        ]),
    heading(2, p.titles.heading),
    ...(p.titles.rows.length === 0
      ? [paragraph(p.titles.none, {}, quiet)]
      : [table(p.titles.columns, p.titles.rows, [3, 2, 1.4, 1.4]), gap()]),
    ...(p.remarks.length > 0 ? [heading(2, p.remarksHeading), ...bullets(p.remarks)] : []),
  ];
}

/** A chart as a picture: SVG where the reader knows it, else the same in points; what it says as alternative text. */
function picture(
  svg: string,
  png: Uint8Array,
  size: readonly [number, number],
  alt: string,
  name: string,
): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { before: 60, after: 60, line: 240, lineRule: LineRuleType.AUTO },
    children: [
      new ImageRun({
        type: 'svg',
        data: Buffer.from(svg),
        fallback: { type: 'png', data: Buffer.from(png) },
        transformation: { width: size[0], height: size[1] },
        altText: { name, title: name, description: alt },
      }),
    ],
  });
}

/** The charts as pictures with alternative texts. */
export function charts(
  { charts: c }: DocumentModel,
  input: DocumentInput,
  letters: GlyphOutlines,
): FileChild[] {
  const { diagnosis, settings, locale } = input;
  const out: FileChild[] = [heading(1, c.heading), heading(2, c.radar.title)];
  const [width, height] = RADAR_SIZE;
  const { accent } = settings;
  out.push(
    picture(
      renderChartSvg(c.radar.option, width, height),
      radarPng(diagnosis, { size: RADAR_SIZE, accent, locale, letters }),
      RADAR_SIZE,
      c.radar.alt,
      c.radar.title,
    ),
    small(c.radar.note),
    table(
      ['', word(locale, 'chartProved'), word(locale, 'chartPossible')],
      diagnosis.radar
        .filter((axis) => axis.items > 0)
        .map((axis) => [
          word(locale, `dimLong_${axis.dimension}`),
          percentOf(axis.proved),
          percentOf(axis.possible),
        ]),
      [3, 1, 1],
      [1, 2],
    ),
    gap(),
  );
  if (!c.gaps) return out;
  const [w, h] = GAPS_SIZE;
  out.push(
    heading(2, c.gaps.title),
    picture(
      renderChartSvg(c.gaps.option ?? {}, w, h),
      gapsPng(diagnosis, { size: GAPS_SIZE, accent, locale, letters }),
      GAPS_SIZE,
      c.gaps.alt,
      c.gaps.title,
    ),
    small(c.gaps.note),
    table(
      ['', word(locale, 'chartCloseness')],
      measurableItems(diagnosis)
        .slice(0, 10)
        .map((item) => [item.title[locale], closenessText(item, locale)]),
      [4, 1],
      [1],
    ),
    gap(),
  );
  return out;
}

/** Every gate and indicator with its verdict and clause. */
export function verdicts({ verdicts: v }: DocumentModel): FileChild[] {
  return [
    heading(1, v.heading),
    ...v.rungs.flatMap((rung) => [
      heading(2, rung.title),
      new Paragraph({
        keepNext: true,
        children: [...verdictRun(rung.verdict), ...runs(`  ${rung.reach}  ${rung.counts}`, quiet)],
      }),
      small(rung.by, { keepNext: true }),
      small(rung.reason, { keepNext: true }),
      ...(rung.score.length > 0 ? [paragraph(rung.score.join('  '), { keepNext: true }, bold)] : []),
      table(
        [v.columns.verdict, v.columns.item, v.columns.numbers, v.columns.grade],
        rung.rows.map((row) => [
          [inCell(...verdictRun(row.verdict))],
          [inCell(...runs(row.title, bold)), smallInCell(row.clause)],
          [
            inCell(...runs(row.numbers)),
            ...(row.gap ? [inCell(...runs(row.gap, { bold: true, color: COLOURS.unmet ?? QUIET }))] : []),
          ],
          [smallInCell(row.grade)],
        ]),
        [1, 2, 3, 1],
      ),
      gap(),
      ...(rung.base ? [small(rung.base)] : []),
      ...rung.others.map((other) => small(other)),
    ]),
  ];
}

/** The measures by short board, each with steps, owner and proof. */
export function measures({ measures: m }: DocumentModel): FileChild[] {
  if (m.groups.length === 0) return [heading(1, m.heading), paragraph(m.none, {}, quiet)];
  return [
    heading(1, m.heading),
    ...m.groups.flatMap((group) => [
      heading(2, [group.sign, group.title].filter(Boolean).join('  ')),
      ...group.cards.flatMap((card) => [
        heading(3, `${card.number}. ${card.title}${card.status === 'todo' ? '' : `  [${card.statusWord}]`}`),
        ...(card.reason ? [paragraph(card.reason)] : []),
        ...(card.metric
          ? [
              paragraph([
                ...runs(`${card.metric.label}  `, quiet),
                ...runs(`${card.metric.name}  `),
                ...runs(card.metric.from, { bold: true, color: COLOURS.unmet ?? QUIET }),
                ...runs(' → ', quiet),
                ...runs(card.metric.to, { bold: true, color: COLOURS.met ?? QUIET }),
              ]),
            ]
          : []),
        ...(card.facts.length > 0
          ? [
              paragraph(
                card.facts.flatMap((fact) => [
                  ...runs(`${fact.label}  `, quiet),
                  ...runs(`${fact.value}    `),
                ]),
              ),
            ]
          : []),
        ...(card.steps.length > 0
          ? [small(card.stepsLabel, { keepNext: true }), ...bullets(card.steps, true, card.number)]
          : []),
        ...card.lists.flatMap((list) => [small(list.label, { keepNext: true }), ...bullets(list.texts)]),
        ...(card.note ? [paragraph([...runs(`${card.note.label}  `, quiet), ...runs(card.note.text)])] : []),
        ...(card.serves ? [small(card.serves)] : []),
      ]),
    ]),
  ];
}

/** The phases, the calendar, and what is to be found out. */
export function schedule(model: DocumentModel): FileChild[] {
  const { timeline: t, calendar: c, unknown: u } = model;
  return [
    heading(1, t.heading),
    ...(t.says ? [paragraph(t.says)] : []),
    ...(t.carries ? [small(t.carries)] : []),
    ...(t.rows.length === 0
      ? [paragraph(t.none, {}, quiet)]
      : [
          table(
            null,
            t.rows.flatMap((row) => [
              ...(row.phase ? [[[inCell(...runs(row.phase, bold))], ''] as const] : []),
              [[inCell(...runs(`${row.number}. ${row.title}`))], row.when] as const,
            ]),
            [2.4, 1],
          ),
          gap(),
        ]),
    heading(1, c.heading),
    ...(c.rows.length === 0
      ? [paragraph(c.none, {}, quiet)]
      : [
          table(
            c.columns,
            c.rows.map((row) => [
              row.date,
              [
                inCell(...runs(row.title, bold)),
                smallInCell([row.says, row.source].filter(Boolean).join(' ')),
              ],
              [smallInCell(row.certainty, row.settled ? COLOURS.met : QUIET)],
            ]),
            [1.3, 3, 1],
          ),
          gap(),
        ]),
    heading(1, u.heading),
    ...(u.rows.length === 0
      ? [paragraph(u.none, {}, quiet)]
      : [small(u.intro, { keepNext: true }), table(u.columns, u.rows, [1.1, 0.6, 1, 1]), gap()]),
  ];
}

/** Policies, the checklist of materials, and the notes. */
export function papers(model: DocumentModel): FileChild[] {
  const { policies: p, checklist: k, materials: m, notes, closing } = model;
  return [
    heading(1, p.heading),
    ...(p.rows.length === 0 ? [paragraph(p.none, {}, quiet)] : [small(p.note)]),
    ...p.rows.flatMap((row) => [
      new Paragraph({
        keepNext: true,
        spacing: { before: 100, after: 0 },
        children: [
          ...runs(row.title, bold),
          ...runs(`  ${row.state}`, { bold: true, color: row.confirmed ? (COLOURS.met ?? QUIET) : '7A5A14' }),
          ...runs(`  ${row.category} · ${row.region}`, quiet),
        ],
      }),
      paragraph(row.content, { spacing: { before: 0, after: 0 } }),
      ...(row.uses ? [paragraph(runs(row.uses, bold), { spacing: { before: 0, after: 0 } })] : []),
      ...(row.general ? [small(row.general)] : []),
      small([row.document, row.source].filter(Boolean).join(' · ')),
    ]),
    ...(k.rows.length > 0
      ? [
          heading(1, k.heading),
          small([k.note, k.document].filter(Boolean).join(' '), { keepNext: true }),
          table(
            k.columns,
            k.rows.map((row) => [
              [inCell(...runs(row.text)), ...(row.for ? [smallInCell(row.for)] : [])],
              [inCell(...runs(row.word, { bold: true, color: COLOURS[row.state] ?? QUIET }))],
              [smallInCell(row.says)],
            ]),
            [2, 0.9, 1.6],
          ),
          gap(),
        ]
      : []),
    ...(m.rows.length > 0 || k.rows.length === 0 ? [heading(1, m.heading)] : []),
    ...(m.rows.length === 0
      ? k.rows.length === 0
        ? [paragraph(m.none, {}, quiet)]
        : []
      : [
          table(
            ['', ...m.columns],
            m.rows.map((row) => ['☐', row.text, row.uses]),
            [0.3, 4, 1],
          ),
          gap(),
        ]),
    ...(notes ? [heading(1, notes.heading), paragraph(notes.text)] : []),
    ...(closing ? [heading(1, closing.heading), paragraph(closing.text)] : []),
  ];
}

/** What the plan is and is not, with the standards it was made by. */
export function statement({ statement: s }: DocumentModel): FileChild[] {
  return [
    heading(1, s.heading),
    ...s.paragraphs.map((text) => paragraph(text)),
    heading(2, s.standards.heading),
    table(
      s.standards.columns,
      s.standards.rows.map((row) => row.map((cell) => [smallInCell(cell, '1F2A31')])),
      [2, 1.4, 1.3, 1.2, 0.9, 1.3],
    ),
    gap(),
    heading(2, s.grades.heading),
    table(
      null,
      s.grades.rows.map((row) => [row.name, row.says]),
      [1, 4],
    ),
    gap(),
    heading(2, s.annex.heading),
    ...s.annex.hashes.flatMap(({ name, hash }) => [small(name, { keepNext: true }), small(hash)]),
    small(s.annex.run),
  ];
}
