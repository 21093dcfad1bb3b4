import industries from '../../resources/reference/industries.json' with { type: 'json' };
import type { Figures } from '../library/shapes.ts';
import { gapsOf, numberOf } from './gaps.ts';
import { chinaDay, countCell, countsText, moneyCell, type Pen, verdictMark } from './model-words.ts';
import type { DocumentWord } from './words.ts';

const divisions = new Map(industries.divisions.map((d) => [d.code, d.name]));

/** A source as paper shows it: of a long address its site and its last part. */
function shownSource(source: string): string {
  if (source.length <= 70 || !URL.canParse(source)) return source;
  const { host, pathname } = new URL(source);
  return `${host}/\u2026/${(pathname.split('/').at(-1) ?? '').slice(-36)}`;
}

/** Label and value pairs; those without a value are left out. */
type Pairs = { label: string; value: string }[];
function pairs(list: [string, string | null | undefined][]): Pairs {
  return list.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** The cover. */
export function coverOf(pen: Pen) {
  const { plan, diagnosis, file, settings, aim, house, w, t, date } = pen;
  const target = aim && t(aim.rung.title);
  const year = plan.content.targetYear;
  const targetText = !target
    ? null
    : aim.review
      ? w('coverTargetReview', { title: target })
      : year
        ? w('coverTargetValue', { title: target, year })
        : target;
  return {
    kicker: w('kicker'),
    firm: file.enterprise.name,
    name: w(aim?.review ? 'documentNameReview' : 'documentName'),
    facts: pairs([
      [w('coverTarget'), targetText],
      [
        w('coverStandard'),
        aim &&
          w('coverStandardValue', {
            number: numberOf(aim.route),
            annex: aim.route.annex,
            version: `${aim.route.standard}@${aim.route.version}`,
          }),
      ],
      [w('coverFiscalYear'), String(diagnosis.asOf.fiscalYear)],
      [w('coverDate'), date(chinaDay(plan.updatedAt))],
      [w('coverVersion'), String(plan.version)],
      [w('coverConsultant'), plan.content.consultant || settings.consultant],
      [w('coverOrganisation'), house.firm || plan.content.organisation || settings.organisation],
      [w('coverContact'), settings.contact],
    ]),
    note: house.coverNote,
    rehearsal: w('coverRehearsal'),
  };
}

/** What decides: open conditions of the target, unmet first, then those whose answer settles the most. */
export function decidesOf(pen: Pen) {
  const { aim, diagnosis, t } = pen;
  if (!aim) return [];
  const gaps = gapsOf(aim.route);
  const settles = (fields: string[]) =>
    Math.max(0, ...diagnosis.askNext.filter((a) => fields.includes(a.field)).map((a) => a.settles));
  const unknown = [...gaps.unknown].sort((a, b) => settles(b.missing) - settles(a.missing));
  return [...gaps.unmet, ...unknown, ...gaps.manual, ...gaps.points].slice(0, 5).map((judged) => ({
    verdict: verdictMark(judged.verdict, pen),
    title: t(judged.title),
    text: judged.gap ? t(judged.gap) : t(judged.formula),
    clause: t(judged.clause),
  }));
}

/** Where the firm stands and the way up, for the first page. */
export function essentialsOf(pen: Pen) {
  const { plan, diagnosis, aim, w, t } = pen;
  const state = (rung: number, held: boolean): DocumentWord => {
    if (rung === aim?.rung.rung) return aim.review ? 'stateReview' : 'stateAim';
    if (held) return 'stateHeld';
    return rung < diagnosis.ladder.current ? 'statePassed' : 'stateOpen';
  };
  return {
    heading: w('headEssentials'),
    ladderHeading: w('headLadder'),
    says: t(diagnosis.ladder.says),
    ladder: diagnosis.rungs.map((rung) => {
      const aimed = rung.rung === aim?.rung.rung;
      // Of the tier aimed at the route of the plan counts, as in the numbers below.
      const route = aimed ? aim?.route : (rung.routes[rung.best] ?? rung.routes[0]);
      return {
        title: t(rung.title),
        aim: aimed,
        held: rung.held,
        state: w(state(rung.rung, rung.held)),
        verdict: verdictMark(rung.verdict, pen),
        counts: route ? countsText(route.counts, pen) : '',
      };
    }),
    counts: aim
      ? (['met', 'unmet', 'unknown', 'manual'] as const).map((key) => ({
          key,
          number: String(aim.route.counts[key]),
          word: w(`count${key[0]?.toUpperCase()}${key.slice(1)}` as DocumentWord),
        }))
      : [],
    target: aim ? t(aim.rung.title) : '',
    summary: t(plan.content.summary),
    decidesHeading: w('headDecides'),
    decides: decidesOf(pen),
    decidesNone: w('decidesNone'),
  };
}

const figureRows = [
  'revenue',
  'mainRevenue',
  'rdExpense',
  'netProfit',
  'totalAssets',
  'totalLiabilities',
  'staffTotal',
  'rdStaff',
] as const;

/** The main figures of the last three closed years. */
export function figuresTable(pen: Pen) {
  const { file, diagnosis, locale, w } = pen;
  const last = diagnosis.asOf.fiscalYear;
  const known = new Map(file.figures.map((f) => [f.year, f]));
  const years = [last - 2, last - 1, last];
  const cell = (year: Figures | undefined, key: (typeof figureRows)[number]) => {
    const value = year?.values[key];
    return key === 'staffTotal' || key === 'rdStaff' ? countCell(value) : moneyCell(value, locale);
  };
  const rows = figureRows
    .map((key) => ({ key, label: w(`figure_${key}`), cells: years.map((y) => cell(known.get(y), key)) }))
    .filter((r) => r.cells.some((c) => c !== '—'));
  return {
    heading: w('headFigures'),
    unit: w('figuresUnitWan'),
    item: w('figuresItem'),
    years: years.map((year) => w('figuresYear', { year })),
    rows,
    none: w('figuresNone'),
  };
}

/** Size class and life-cycle stage with their reasons, and the figures by year. */
export function portraitOf(pen: Pen) {
  const { file, diagnosis, w, t, date } = pen;
  const e = file.enterprise;
  const division = e.industryDivision ? divisions.get(e.industryDivision) : undefined;
  const niche = e.niche && e.nicheSince ? w('measureFrom', { start: date(e.nicheSince) }) : null;
  const place = [e.province, e.city, e.district].filter(Boolean);
  return {
    heading: w('headPortrait'),
    rows: pairs([
      [w('portraitUscc'), e.uscc],
      [w('portraitPlace'), [...new Set(place)].join(pen.locale === 'zh' ? '' : ' ') || null],
      [w('portraitFounded'), e.foundedOn && date(e.foundedOn)],
      [w('portraitIndustry'), division ? `${t(division)} ${e.industryClass ?? ''}`.trim() : e.industryClass],
      [w('portraitProduct'), e.mainProduct],
      [w('portraitNiche'), e.niche && (niche ? `${e.niche} · ${niche}` : e.niche)],
      [w('portraitChain'), e.chain],
      [w('portraitChainRole'), e.chainRole],
      [w('portraitCustomers'), e.keyCustomers],
      [
        w('portraitListing'),
        e.listingStatus &&
          [w(`listing_${e.listingStatus}`), e.listingVenue, e.stockCode].filter(Boolean).join(' '),
      ],
      [w('portraitBrief'), e.brief],
    ]),
    size: {
      label: w('portraitSize'),
      value: diagnosis.size.class ? w(`size_${diagnosis.size.class}`) : w('notKnown'),
      reason: t(diagnosis.size.reason),
      // Without an industry the check-up knows the document by its Chinese number only.
      clause:
        diagnosis.size.clause.zh === diagnosis.size.clause.en
          ? w('portraitSizeRule')
          : t(diagnosis.size.clause),
    },
    stage: {
      label: w('portraitStage'),
      value: diagnosis.stage.stage ? w(`stage_${diagnosis.stage.stage}`) : w('notKnown'),
      reason: t(diagnosis.stage.reason),
    },
    titles: {
      heading: w('headTitles'),
      columns: [w('titlesName'), w('titlesNumber'), w('titlesFrom'), w('titlesTo')],
      rows: file.titles.map((x) => [x.name, x.number ?? '—', date(x.issuedOn), date(x.expiresOn)]),
      none: w('none'),
    },
    figures: figuresTable(pen),
    remarksHeading: w('headRemarks'),
    remarks: [
      ...file.remarks.map((r) => (r.source ? `${t(r)} (${shownSource(r.source)})` : t(r))),
      ...diagnosis.conflicts.map((c) => t(c.says)),
    ],
  };
}
