import type { Judged, Route, Rung } from '../diagnosis/shapes.ts';
import { chartOptions, closenessText, measurableItems } from './charts.ts';
import { numberOf } from './gaps.ts';
import { countsText, type Pen, percentOf, verdictMark } from './model-words.ts';

/** Longer rows than this may break across pages; a shorter one is kept together. */
const KEEP_TOGETHER = 500;

/** An indicator below its full points is no failed condition. */
function markOf(judged: Judged, pen: Pen) {
  const mark = verdictMark(judged.verdict, pen);
  if (judged.kind !== 'indicator' || judged.verdict !== 'unmet') return mark;
  return { ...mark, word: pen.w((judged.points?.max ?? 0) > 0 ? 'verdictPartial' : 'verdictNoPoints') };
}

function rowOf(judged: Judged, pen: Pen) {
  const { t, w } = pen;
  const numbers = t(judged.formula);
  const gap = judged.gap ? t(judged.gap) : '';
  return {
    verdict: markOf(judged, pen),
    title: t(judged.title),
    clause: t(judged.clause),
    numbers,
    gap,
    grade: w(`grade_${judged.grade}`),
    long: numbers.length + gap.length + judged.title.zh.length > KEEP_TOGETHER,
  };
}

const range = (min: number, max: number) => (min === max ? String(min) : `${min}–${max}`);

function rungOf(rung: Rung, pen: Pen) {
  const { aim, t, w, date } = pen;
  const route: Route | undefined =
    rung.rung === aim?.rung.rung ? aim.route : (rung.routes[rung.best] ?? rung.routes[0]);
  if (!route) return [];
  const targets = new Set(aim && rung.rung !== aim.rung.rung ? aim.route.items.map((i) => i.id) : []);
  const shown = route.items.filter((i) => !(i.kind === 'base' && targets.has(i.id)));
  return [
    {
      title: w('verdictsRung', { rung: rung.rung, title: t(rung.title) }),
      aim: rung.rung === aim?.rung.rung,
      verdict: verdictMark(route.verdict, pen),
      reach: w(
        route.reach === 'sure'
          ? 'reachSure'
          : route.reach === 'possible'
            ? 'reachPossible'
            : 'reachImpossible',
      ),
      counts: countsText(route.counts, pen),
      by: w('verdictsBy', {
        number: numberOf(route),
        document: t(route.documentTitle),
        annex: t(route.annex),
        from: date(route.effectiveFrom),
      }),
      reason: t(rung.reason),
      score: route.score
        ? [
            w('verdictsScore', { range: range(route.score.min, route.score.max), cap: route.score.cap }),
            ...route.score.groups.map((g) => `${t(g.title)} ${range(g.min, g.max)} / ${g.cap}`),
          ]
        : [],
      rows: shown.map((i) => rowOf(i, pen)),
      base: shown.length < route.items.length ? w('verdictsBase') : null,
      others: rung.routes
        .filter((r) => r !== route)
        .map((r) =>
          w('verdictsOther', {
            title: t(r.title),
            number: numberOf(r),
            verdict: verdictMark(r.verdict, pen).word,
            counts: countsText(r.counts, pen),
          }),
        ),
    },
  ];
}

/** The verdict tables, the target rung's first. */
export function verdictsOf(pen: Pen) {
  const { diagnosis, aim, w } = pen;
  const order = [...diagnosis.rungs].sort(
    (a, b) => Number(b.rung === aim?.rung.rung) - Number(a.rung === aim?.rung.rung) || a.rung - b.rung,
  );
  return {
    heading: w('headVerdicts'),
    columns: {
      verdict: w('colVerdict'),
      item: w('colItem'),
      numbers: w('colNumbers'),
      grade: w('colGrade'),
    },
    rungs: order.flatMap((rung) => rungOf(rung, pen)),
  };
}

/** What the charts say, in words, and the charts' options to be drawn. */
export function chartsOf(pen: Pen) {
  const { diagnosis, file, locale, aim, w, t } = pen;
  const options = chartOptions(diagnosis, locale, false, file);
  const separator = w('listSeparator');
  const measurable = measurableItems(diagnosis);
  const radarValues = diagnosis.radar
    .filter((a) => a.items > 0)
    .map((a) =>
      w('chartRadarValue', {
        name: w(`dim_${a.dimension}`),
        proved: percentOf(a.proved),
        possible: percentOf(a.possible),
      }),
    );
  const gapValues = measurable.map((j) =>
    w('chartGapsValue', { name: t(j.title), value: closenessText(j, locale) }),
  );
  const title = aim ? t(aim.rung.title) : '';
  return {
    heading: w('headCharts'),
    radar: {
      title: w('chartRadar'),
      note: w('chartRadarNote'),
      alt: w('chartRadarAlt', { values: radarValues.join(separator) }),
      option: options.radar,
    },
    gaps:
      measurable.length > 0
        ? {
            title: w('chartGaps', { title }),
            note: w('chartGapsNote'),
            alt: w('chartGapsAlt', { values: gapValues.join(separator) }),
            option: options.gaps,
          }
        : null,
  };
}
