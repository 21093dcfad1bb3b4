import { TITLE_FIELDS } from '../library/fact-sheet.ts';
import { factNamed } from './fact-names.ts';
import { ownerOf } from './fact-owners.ts';
import { numberOf } from './gaps.ts';
import { checkCode, SNAPSHOT_NAME } from './manifest.ts';
import { decidesOf, figuresTable } from './model-front.ts';
import { materialsOf, numberedItems } from './model-measures.ts';
import { chinaDay, type Pen } from './model-words.ts';
import { windowText } from './schedule.ts';
import { clip } from './words.ts';

/** Twice as many Latin letters as Chinese characters fill the same room. */
function shortener(pen: Pen) {
  const english = pen.locale === 'en';
  return (text: string, characters: number) => {
    const whole = text.replaceAll('\n', ' ');
    const cut = clip(whole, characters * (english ? 2 : 1));
    // In English a word is not cut in two, unless it is most of the text.
    const space = cut.lastIndexOf(' ');
    return english && cut !== whole && space > cut.length / 2
      ? `${cut.slice(0, space).replace(/[\s,;:(]+$/, '')}…`
      : cut;
  };
}

/** What is to be done first: open measures by their beginning, in the order of the plan within a month. */
function measuresOf(pen: Pen) {
  const { w, t, date } = pen;
  const cut = shortener(pen);
  const open = numberedItems(pen).filter(({ item }) => item.status !== 'done');
  const key = ({ item }: (typeof open)[number]) => (item.start ?? item.due ?? '9999').slice(0, 7);
  open.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.number - b.number));
  return open.map(({ item, number }) => ({
    number,
    title: cut(t(item.title), 54),
    reason: cut(t(item.reason), 80),
    status: item.status,
    owner: cut(
      [item.ownerRole ? w(`role_${item.ownerRole}`) : '', item.owner].filter(Boolean).join(' · '),
      16,
    ),
    due: item.due ? w('measureDue', { due: date(item.due) }) : item.start ? date(item.start) : '',
    step: cut(item.steps.map(t).find(Boolean) ?? '', 66),
    metric: item.metric && {
      name: cut(t(item.metric.label), 18),
      from: cut(t(item.metric.from), 14),
      to: cut(t(item.metric.to), 14),
    },
  }));
}

/** The last day of the title that a review is for; null where it is not on record. */
function titleEnd({ aim, file }: Pen): string | null {
  const field = ['title_tech_innovative_valid', 'title_srdi_valid', 'title_little_giant_valid'][
    (aim?.rung.rung ?? 0) - 1
  ];
  const kinds = TITLE_FIELDS.find((title) => title.field === field)?.kinds ?? [];
  const ends = file.titles.flatMap(({ kind, expiresOn }) =>
    expiresOn && kinds.includes(kind) ? [expiresOn] : [],
  );
  return ends.sort().at(-1) ?? null;
}

/** The short layouts: only what decides, clipped so that it fits whatever was typed. */
export function briefOf(pen: Pen) {
  const { plan, diagnosis, file, settings, aim, policies, house, w, t, date } = pen;
  const cut = shortener(pen);
  const measures = measuresOf(pen);
  const held = diagnosis.rungs.find((r) => r.rung === diagnosis.ladder.current);
  const year = plan.content.targetYear;
  const contact = [
    house.firm || plan.content.organisation || settings.organisation,
    plan.content.consultant || settings.consultant,
    settings.contact,
  ];
  return {
    names: { summary: w('documentNameSummary'), takeaway: w('documentNameTakeaway') },
    firm: cut(file.enterprise.name, 60),
    stands: [
      {
        label: w('briefNow'),
        value: held ? t(held.title) : w(diagnosis.ladder.currentKnown ? 'briefNone' : 'briefNotKnown'),
      },
      { label: w(aim?.review ? 'stateReview' : 'briefAim'), value: aim ? t(aim.rung.title) : '—' },
      aim?.review
        ? { label: w('titlesTo'), value: date(titleEnd(pen)) }
        : { label: w('briefWhen'), value: year ? w('figuresYear', { year }) : '—' },
    ],
    window: aim && year && !aim.review ? t(windowText(aim, year)) : '',
    says: cut(t(plan.content.summary), 300),
    decidesHeading: w('headDecides'),
    decidesNone: w('decidesNone'),
    decides: decidesOf(pen).map((d) => ({ ...d, title: cut(d.title, 34), text: cut(d.text, 90) })),
    figures: figuresTable(pen),
    measures: {
      heading: w('briefMeasures'),
      columns: [w('briefColMeasure'), w('measureOwner'), w('measureTime'), w('measureMetric')],
      rows: measures,
      none: w('measuresNone'),
      first: w('briefFirst'),
      all: w('briefAll', { count: numberedItems(pen).length }),
    },
    asks: {
      heading: w('briefAsks'),
      none: w('unknownNone'),
      rows: diagnosis.askNext.slice(0, 10).map((ask) => {
        const evidence = factNamed(ask.field)?.evidence;
        const owner = ownerOf(ask.field);
        const proof = [owner ? w(`role_${owner}`) : '', evidence ? t(evidence) : ''].filter(Boolean);
        return { text: cut(t(ask.label), 34), proof: cut(proof.join(' \u00b7 '), 40) };
      }),
    },
    materials: {
      heading: w('headMaterials'),
      rows: materialsOf(pen).rows.map(({ text }) => cut(text, 40)),
    },
    policies: {
      heading: w('headPolicies'),
      rows: policies.map((p) => ({
        title: cut(t(p.title), 34),
        state: w(p.confirmed ? 'policyConfirmed' : 'policyToConfirm'),
        confirmed: p.confirmed,
      })),
    },
    meeting: w('briefMeeting'),
    notes: w('briefNotes'),
    tagline: cut(house.tagline, 40),
    closing: cut(house.closing, 110),
    contact: cut(contact.filter(Boolean).join(' · '), 60),
    day: date(chinaDay(plan.updatedAt)),
    smallPrint: [
      w('briefRehearsal'),
      aim
        ? w('briefStandard', {
            number: numberOf(aim.route),
            annex: aim.route.annex,
            version: `${aim.route.standard}@${aim.route.version}`,
            hash: aim.route.hash.slice(0, 12),
            grade: w(`grade_${aim.route.grade}`),
          })
        : '',
      w('briefSnapshot', { file: SNAPSHOT_NAME, code: checkCode(diagnosis) }),
    ].filter(Boolean),
  };
}
