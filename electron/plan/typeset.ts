import { readFileSync } from 'node:fs';
import type { TypstCompiler } from '@myriaddreamin/typst.ts/compiler';
import type { AssetPaths } from './assets.ts';
import { GAPS_SIZE, RADAR_SIZE, renderChartSvg } from './charts.ts';
import { cleanText, GETA, mapStrings, stringsIn } from './clean-text.ts';
import { type DocumentInput, documentModel } from './document-model.ts';
import { type Coverage, fontCoverage, missingGlyphs } from './glyphs.ts';
import { type Layout, layoutShape, TEMPLATES } from './layouts.ts';
import { attachmentsOf } from './manifest.ts';
import { compileDocument, startCompiler, type TemplateError } from './typst-compiler.ts';
import { word } from './words.ts';

/** A compiler with its fonts, ready to make documents one after the other. */
export interface Typesetter {
  /** Throws TemplateFault where a template of one's own is wrong. */
  make(input: DocumentInput): Promise<Made>;
  /** It has used up its memory, or broke, and should be replaced. */
  spent(): boolean;
}

export interface Made {
  readonly pdf: Uint8Array;
  /** Characters no font has a glyph for; a mark is printed for each. */
  readonly missing: readonly string[];
}

/** A template of one's own that cannot be compiled. */
export class TemplateFault extends Error {
  readonly at: TemplateError;
  constructor(at: TemplateError) {
    super(at.message);
    this.at = at;
  }
}

const PARTS = '/parts.typ';
const OWN = '/own.typ';
/** A template of one's own that leaves the statement out, with the statement: no plan goes without it. */
const WHOLE = '/whole.typ';
const WHOLE_SOURCE = `#import "${PARTS}": paper, statement
#include "${OWN}"
#show: paper.with(attached: false)
#statement
`;
const encoder = new TextEncoder();
const mainOf = (layout: Layout) => `/${TEMPLATES[layout]}`;

/** What the state that all later documents begin with may take, in bytes, beside the fonts. */
const MOST_KEPT = 64 * 1024 * 1024;

/**
 * Starts the compiler. `module` is the compiled WebAssembly, shared between workers. After each `afresh` documents it
 * forgets them: it goes back to what it knew after the first, which is the templates, the fonts and the texts that
 * plans have in common.
 */
export async function startTypesetter(
  assets: AssetPaths,
  fonts: readonly Uint8Array[],
  module: WebAssembly.Module,
  { room, afresh = 1 }: { room?: number | undefined; afresh?: number | undefined } = {},
): Promise<Typesetter> {
  const { compiler, memory } = await startCompiler(fonts, module, room);
  compiler.addSource(PARTS, readFileSync(assets.parts, 'utf8'));
  compiler.addSource(WHOLE, WHOLE_SOURCE);
  for (const layout of layoutShape.options)
    compiler.addSource(mainOf(layout), readFileSync(assets.templates[layout], 'utf8'));
  const coverage = fonts.map(fontCoverage);
  memory.keep();
  // Documents since the state kept.
  let [since, first, broken] = [0, true, false];
  return {
    async make(input) {
      if (since >= afresh) {
        memory.putBack();
        since = 0;
      }
      since++;
      const ready = prepare(input, coverage);
      try {
        const done = await make(compiler, ready, input);
        if (first && !memory.grown && memory.keep(MOST_KEPT)) since = 0;
        first = false;
        return done;
      } catch (error) {
        broken = !(error instanceof TemplateFault);
        throw error;
      }
    },
    spent: () => broken || memory.grown,
  };
}

const EXTENSION = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/svg+xml': 'svg' } as const;

/** The document's JSON with charts taken out and characters without a glyph replaced and noted. */
function prepare(input: DocumentInput, coverage: readonly Coverage[]) {
  const { charts, ...rest } = documentModel(input);
  const { option: radar, ...radarTexts } = charts.radar;
  const gaps = charts.gaps?.option;
  const gapsTexts = charts.gaps && { title: charts.gaps.title, note: charts.gaps.note, alt: charts.gaps.alt };
  const model = { ...rest, charts: { heading: charts.heading, radar: radarTexts, gaps: gapsTexts } };
  const missing = missingGlyphs(stringsIn([model, radar, gaps]), coverage);
  const gone = new Set(missing);
  const drawable = (text: string) =>
    gone.size === 0 ? text : [...text].map((c) => (gone.has(c) ? GETA : c)).join('');
  const shown = mapStrings(model, drawable);
  if (missing.length > 0) {
    const numbers = missing.map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
    const listed = numbers.length > 30 ? [...numbers.slice(0, 30), '…'] : numbers;
    const separator = word(input.locale, 'listSeparator');
    shown.noteOnGlyphs = word(input.locale, 'statementGlyphs', {
      count: missing.length,
      mark: GETA,
      list: listed.join(separator),
    });
  }
  return {
    missing,
    model: shown,
    radar: renderChartSvg(mapStrings(radar, drawable), ...RADAR_SIZE),
    gaps: gaps && renderChartSvg(mapStrings(gaps, drawable), ...GAPS_SIZE),
  };
}

async function make(
  compiler: TypstCompiler,
  { model, missing, radar, gaps }: ReturnType<typeof prepare>,
  input: DocumentInput,
): Promise<Made> {
  compiler.mapShadow('/radar.svg', encoder.encode(radar));
  if (gaps) compiler.mapShadow('/gaps.svg', encoder.encode(gaps));
  const attachments = attachmentsOf(input);
  for (const [name, bytes] of Object.entries(attachments)) compiler.mapShadow(`/${name}`, bytes);
  const document = { ...model, attachments: Object.keys(attachments).map((name) => `/${name}`) };
  if (input.template !== undefined) compiler.addSource(OWN, input.template);
  const compile = async (content: object) => {
    if (input.template === undefined)
      return compileDocument(compiler, mainOf(input.layout ?? 'full'), content);
    const own = await compileDocument(compiler, OWN, content, '<statement>');
    return own.lacking ? compileDocument(compiler, WHOLE, content) : own;
  };
  const logo = input.settings.logo;
  if (logo) {
    const path = `/logo.${EXTENSION[logo.mime]}`;
    compiler.mapShadow(path, new Uint8Array(Buffer.from(logo.base64, 'base64')));
    const withLogo = await compile({ ...document, logo: path });
    if (withLogo.pdf) return { pdf: withLogo.pdf, missing };
    // A picture that cannot be read must not keep the plan from being printed.
    document.noteOnLogo = cleanText(word(input.locale, 'statementLogo'));
  }
  const { pdf, problem, at } = await compile(document);
  if (pdf) return { pdf, missing };
  if (at && input.template !== undefined)
    throw new TemplateFault({ ...at, file: at.file === OWN.slice(1) ? '' : at.file });
  throw new Error(problem ?? 'no document came out');
}
