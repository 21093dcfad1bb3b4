import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { EnterpriseFile, Settings } from '../library/shapes.ts';
import { cleanText, GETA, narrowQuotes } from './clean-text.ts';
import { CODE_LENGTH, type Manifest, SNAPSHOT_NAME } from './manifest.ts';
import { statementOf } from './model-back.ts';
import { briefOf } from './model-brief.ts';
import { coverOf, essentialsOf } from './model-front.ts';
import { verdictsOf } from './model-verdicts.ts';
import { type DocumentInput, penFor } from './model-words.ts';

/** Shorter pieces of a text that is printed in two parts would be found anywhere. */
const SHORTEST_PIECE = 6;
const MOST_PIECES = 4;

/** Only what printing the verdicts needs: everything else of a plan is the consultant's own words. */
function inputOf(diagnosis: Diagnosis, manifest: Manifest): DocumentInput {
  const nothing = { zh: '', en: '' };
  return {
    diagnosis,
    locale: manifest.locale,
    layout: manifest.layout,
    policies: [],
    settings: { consultant: '', organisation: '', contact: '' } as Settings,
    file: {
      enterprise: { name: manifest.enterprise.name, uscc: manifest.enterprise.uscc },
      figures: [],
      facts: [],
      titles: [],
      ipRights: [],
      remarks: [],
    } as unknown as EnterpriseFile,
    plan: {
      ...manifest.plan,
      enterpriseId: manifest.enterprise.id,
      diagnosisId: manifest.diagnosis.id,
      createdAt: manifest.plan.updatedAt,
      content: {
        title: nothing,
        summary: nothing,
        notes: nothing,
        targetRung: manifest.plan.targetRung,
        targetYear: null,
        consultant: '',
        organisation: '',
        items: [],
        planning: { route: manifest.plan.route },
      },
    } as unknown as DocumentInput['plan'],
  };
}

/** The texts of the verdicts as the document prints them. */
function printedTexts(diagnosis: Diagnosis, manifest: Manifest): { where: string; text: string }[] {
  const pen = penFor(inputOf(diagnosis, manifest));
  if (manifest.layout === 'full') {
    const { ladder } = essentialsOf(pen);
    return [
      { where: coverOf(pen).firm, text: coverOf(pen).firm },
      ...ladder.map((rung) => ({ where: rung.title, text: rung.counts })),
      ...verdictsOf(pen).rungs.flatMap((rung) =>
        rung.rows.flatMap((row) => [
          // One cell after the other: the word belongs to this very condition.
          { where: row.title, text: `${row.verdict.word} ${row.title}` },
          { where: row.title, text: row.numbers },
          { where: row.title, text: row.gap },
        ]),
      ),
      { where: SNAPSHOT_NAME, text: manifest.diagnosis.sha256.slice(0, CODE_LENGTH) },
      ...statementOf(pen).annex.hashes.map(({ name, hash }) => ({ where: name, text: hash })),
    ];
  }
  const brief = briefOf(pen);
  const first = brief.decides[0];
  return [
    { where: brief.firm, text: brief.firm },
    ...brief.stands.slice(0, 2).map(({ label, value }) => ({ where: label, text: value })),
    { where: manifest.plan.id, text: brief.smallPrint[1] ?? '' },
    { where: SNAPSHOT_NAME, text: manifest.diagnosis.sha256.slice(0, CODE_LENGTH) },
    ...(manifest.layout === 'summary'
      ? [
          ...essentialsOf(pen).ladder.map((rung) => ({ where: rung.title, text: rung.counts })),
          ...(first
            ? [
                { where: first.title, text: first.title },
                { where: first.title, text: first.text },
              ]
            : []),
        ]
      : []),
  ];
}

/** Texts are compared without what typesetting changes: spaces, hyphens at line ends, forms of one character. */
function bare(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\u200b\u00ad\u2010-]+/g, '');
}

/** A text that goes over the end of a page is printed in parts. */
function isPrinted(text: string, pages: string, pieces = MOST_PIECES): boolean {
  if (text === '' || pages.includes(text)) return true;
  if (pieces === 1 || text.length < 2 * SHORTEST_PIECE) return false;
  let [low, high] = [0, text.length - SHORTEST_PIECE];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pages.includes(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low >= SHORTEST_PIECE && isPrinted(text.slice(low), pages, pieces - 1);
}

/** Where fonts have no glyph for a character, a mark was printed for it. */
function isPrintedWithMarks(text: string, pages: string): boolean {
  if (!pages.includes(GETA)) return false;
  const pattern = [...text].map((c) => `(?:${c.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}|${GETA})`);
  return new RegExp(pattern.join(''), 'u').test(pages);
}

/**
 * Where the printed pages say something else than the check-up attached to them: the titles of what is not printed as it
 * would be. A person's own lines are not compared.
 */
export function pagesDiffer(diagnosis: Diagnosis, manifest: Manifest, pages: readonly string[]): string[] {
  const printed = bare(pages.join(''));
  const final = (text: string) =>
    bare(manifest.locale === 'en' ? narrowQuotes(cleanText(text)) : cleanText(text));
  const missing = printedTexts(diagnosis, manifest).filter(({ text }) => {
    const wanted = final(text);
    return !isPrinted(wanted, printed) && !isPrintedWithMarks(wanted, printed);
  });
  return [...new Set(missing.map(({ where }) => where))];
}
