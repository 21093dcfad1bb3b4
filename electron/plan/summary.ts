import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import type { Text } from '../standards/schema.ts';
import { type Aim, type Gaps, numberOf } from './gaps.ts';
import { missingNames } from './plan-items.ts';
import { windowText } from './schedule.ts';
import { clip, clipText, listed, tell } from './words.ts';

/** "某公司 专精特新“小巨人”企业培育方案" */
export function planTitle(name: string, aim: Aim | null): Text {
  const firm = clip(name, 100);
  if (!aim) return clipText(tell('planTitleBare', { name: firm }), 200);
  return clipText(
    tell(aim.review ? 'planTitleReview' : 'planTitle', { name: firm, target: aim.route.title }),
    200,
  );
}

function standing(diagnosis: Diagnosis): Text {
  const { current, currentKnown } = diagnosis.ladder;
  const held = diagnosis.rungs.find((r) => r.rung === current);
  if (current > 0 && held) return tell('standsHeld', { title: held.title });
  return tell(currentKnown ? 'standsNone' : 'standsUnknown');
}

function gapNames(judged: readonly Judged[]): Text {
  const shown = judged
    .slice(0, 3)
    .map((j) => (j.gap ? tell('gapInBrackets', { title: j.title, gap: j.gap }) : j.title));
  return judged.length > 3 ? tell('andMore', { list: listed(shown), count: judged.length }) : listed(shown);
}

function lacking(diagnosis: Diagnosis, aim: Aim, gaps: Gaps): Text {
  // The same number as in the sentence before, which counts conditions, not the indicators of a score.
  const open = aim.route.counts.unknown || gaps.unknown.length;
  if (gaps.unmet.length > 0) {
    const key = gaps.unknown.length > 0 ? 'summaryUnmetOpen' : 'summaryUnmet';
    return tell(key, { gaps: gapNames(gaps.unmet), count: gaps.unmet.length, open });
  }
  if (gaps.unknown.length > 0) {
    const ask = diagnosis.askNext.slice(0, 3).map((a) => a.label);
    const names =
      ask.length > 0
        ? ask
        : gaps.unknown
            .slice(0, 3)
            .flatMap((j) => missingNames(j, diagnosis))
            .slice(0, 3);
    return tell('summaryUnknown', { open, ask: listed(names) });
  }
  if (gaps.manual.length > 0) return tell('summaryManual', { count: gaps.manual.length });
  if (gaps.points.length > 0 && aim.route.verdict !== 'met')
    return tell('summaryPoints', { gaps: gapNames(gaps.points) });
  return tell('summaryAllMet');
}

/** Where the firm stands, what is next and what is missing, in three sentences with its own numbers. */
export function summaryOf(
  diagnosis: Diagnosis,
  file: EnterpriseFile,
  aim: Aim,
  gaps: Gaps,
  targetYear: number,
): Text {
  const { counts } = aim.route;
  const asked = counts.met + counts.unmet + counts.unknown + counts.manual;
  const first = tell('summaryStands', {
    year: diagnosis.asOf.fiscalYear,
    name: clip(file.enterprise.name, 100),
    stands: standing(diagnosis),
  });
  const second = tell(aim.review ? 'summaryReview' : 'summaryNext', {
    target: aim.route.title,
    number: numberOf(aim.route),
    annex: aim.route.annex,
    total: asked,
    counts: listed(
      (
        [
          ['summaryMet', counts.met],
          ['summaryNotMet', counts.unmet],
          ['summaryOpen', counts.unknown],
          ['summaryPerson', counts.manual],
        ] as const
      ).flatMap(([key, count]) => (count > 0 ? [tell(key, { count })] : [])),
    ),
  });
  const third = lacking(diagnosis, aim, gaps);
  const last = aim.review ? null : windowText(aim, targetYear);
  const all = [first, second, third, ...(last ? [last] : [])];
  return clipText({ zh: all.map((t) => t.zh).join(''), en: all.map((t) => t.en).join(' ') }, 4000);
}
