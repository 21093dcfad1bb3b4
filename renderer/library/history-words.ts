import i18next, { type TFunction } from 'i18next';
import { formatMoment } from '../components/dates.ts';
import { formatNumber, formatPercent, formatWan } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { divisionName, type Reference } from '../state/reference.ts';
import { type Change, factSpot, type Spot, spotsOf } from './history-spots.ts';

export interface ChangedField {
  key: string;
  label: string;
  old: string | null;
  new: string | null;
}

const persons = new Set(['staffTotal', 'rdStaff', 'techStaff']);

function known(key: string): string | null {
  return i18next.exists(key) ? i18next.t(key) : null;
}

function factOf(reference: Reference | null, factId: string) {
  return reference?.facts.find((fact) => fact.id === factId || fact.stored === factId);
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What happened, as a word: added, changed, removed, archived, restored, sample loaded. */
export function actionWord({ action, entity, fields }: Change, t: TFunction): string {
  const values = Object.values(fields);
  // A field of the profile that was empty before is a change; only a new name makes a new enterprise.
  const whole = entity !== 'enterprise' || fields.name !== undefined;
  if (fields.trashedAt) {
    return t(`library:history.action.${fields.trashedAt.new ? 'trashed' : 'untrashed'}`);
  }
  if (fields.archivedAt && values.length === 1) {
    return t(`library:history.action.${fields.archivedAt.new ? 'archived' : 'restored'}`);
  }
  if (entity === 'screening' && fields.removedAt)
    return t(`library:history.action.${fields.removedAt.new ? 'removed' : 'created'}`);
  if (action.startsWith('samples.')) return t('library:history.action.imported');
  if (whole && values.length > 0 && values.every(({ old }) => isEmpty(old)))
    return t('library:history.action.created');
  if (whole && values.length > 0 && values.every((field) => isEmpty(field.new)))
    return t('library:history.action.removed');
  return t('library:history.action.changed');
}

/** What an entry is about in words: which year's figures, which question, which title. */
export function subjectWords(change: Change, reference: Reference | null, t: TFunction): string {
  const entity = known(`library:history.entity.${change.entity}`) ?? t('library:history.entity.other');
  if (change.entity === 'figure')
    return t('library:history.yearOf', { year: change.entityId, label: entity });
  if (change.entity === 'fact') {
    const { factId, year } = factSpot(change.entityId);
    const fact = factOf(reference, factId);
    const label = fact ? pick(fact.label) : entity;
    return year ? t('library:history.yearOf', { year, label }) : label;
  }
  const named = change.fields.name?.new ?? change.fields.name?.old;
  if (change.entity !== 'enterprise' && typeof named === 'string') return `${entity}: ${named}`;
  return entity;
}

function label(spot: Spot, reference: Reference | null, t: TFunction): string {
  const { entity, entityId, field, grouped } = spot;
  if (entity === 'figure') {
    const backing = field.startsWith('backing.');
    const name =
      known(`common:figure.${backing ? field.slice(8) : field}`) ?? t('library:history.part.other');
    const said = backing ? t('library:history.backingOf', { label: name }) : name;
    return grouped ? t('library:history.yearOf', { year: entityId, label: said }) : said;
  }
  if (entity === 'fact' && grouped) {
    const { factId, year } = factSpot(entityId);
    const fact = factOf(reference, factId);
    const said = fact ? pick(fact.label) : t('library:history.part.value');
    return year ? t('library:history.yearOf', { year, label: said }) : said;
  }
  if (entity === 'plan') {
    const title = itemTitle(spot.new) ?? itemTitle(spot.old);
    return (
      title ??
      known(`library:history.plan.${field.replace(/^content\./, '')}`) ??
      t('library:history.part.content')
    );
  }
  const part = known(`library:history.part.${field}`);
  const said =
    entity === 'enterprise'
      ? (known(`library:field.${field}`) ?? part)
      : (part ?? known(`library:field.${field}`));
  const what = said ?? t('library:history.part.other');
  return grouped && entity !== 'enterprise' ? (known(`library:history.entity.${entity}`) ?? what) : what;
}

/** The title of a plan's measure, in the current language. */
function itemTitle(value: unknown): string | null {
  const title = (value as { title?: unknown } | null)?.title as { zh?: unknown; en?: unknown } | undefined;
  return typeof title?.zh === 'string' && typeof title.en === 'string'
    ? pick({ zh: title.zh, en: title.en })
    : null;
}

/** A stored answer in words, by the type of its question. */
function answerWords(value: unknown, factId: string, reference: Reference | null, t: TFunction): string {
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
  const text = String(value);
  const fact = factOf(reference, factId);
  const option = fact?.options?.find((o) => o.value === text);
  if (option) return pick(option.label);
  if (fact?.type === 'ratio' || fact?.type === 'growth') return formatPercent(text);
  if (fact?.type === 'money') return `${formatWan(text)} ${t('common:unit.wan')}`;
  return text;
}

/** Words for values that are one of a fixed set, by the field they stand in. */
function setWord(field: string, text: string, entity: string, reference: Reference | null): string | null {
  if (field === 'industryDivision') {
    const division = divisionName(reference, text);
    return division && pick(division);
  }
  if (field === 'industrySection') {
    const section = reference?.sections.find((s) => s.code === text);
    return section ? pick(section.name) : null;
  }
  if (field === 'basis') return known(`common:basis.${text}`);
  if (field === 'kind') return known(`library:${entity === 'ipRight' ? 'ipKind' : 'titleKind'}.${text}`);
  if (field === 'acquired') return known(`library:ipAcquired.${text}`);
  if (field === 'ownership' || field === 'listingStatus') return known(`library:${field}.${text}`);
  if (field === 'archivedAt' || field === 'trashedAt') return formatMoment(text);
  return null;
}

function objectWords(value: object, t: TFunction): string {
  const one = value as Record<string, unknown>;
  if (typeof one.zh === 'string' && typeof one.en === 'string') return pick({ zh: one.zh, en: one.en });
  if (typeof one.basis === 'string') {
    return [known(`common:basis.${one.basis}`), one.source].filter((part) => part).join(' · ');
  }
  if (typeof one.fiscalYear === 'number') return `${one.fiscalYear} · ${one.applicationDate}`;
  return itemTitle(value) ?? t('library:history.details', { count: Object.keys(one).length });
}

/** A value of a field in words; null means that it was or became empty. */
export function valueWords(
  of: { entity: string; entityId: string; field: string },
  value: unknown,
  reference: Reference | null,
  t: TFunction,
): string | null {
  return words({ ...of, key: of.field, old: null, new: value, grouped: false }, value, reference, t);
}

/** A value in words; null means that it was or became empty. */
function words(spot: Spot, value: unknown, reference: Reference | null, t: TFunction): string | null {
  if (isEmpty(value)) return null;
  const { entity, field } = spot;
  if (entity === 'fact' && field === 'value')
    return answerWords(value, factSpot(spot.entityId).factId, reference, t);
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
  if (typeof value === 'number') {
    if (persons.has(field)) return `${formatNumber(value)} ${t('common:unit.persons')}`;
    const money =
      field === 'registeredCapital' || (entity === 'figure' && i18next.exists(`common:figure.${field}`));
    return money ? `${formatWan(value)} ${t('common:unit.wan')}` : String(value);
  }
  if (Array.isArray(value)) {
    return value.every((part) => typeof part === 'string')
      ? value.join(', ')
      : t('library:history.details', { count: value.length });
  }
  if (typeof value === 'object') return objectWords(value as object, t);
  return setWord(field, String(value), entity, reference) ?? String(value);
}

/** The changed fields of an entry with labels and values in words; bookkeeping fields are left out. */
export function changedFields(change: Change, reference: Reference | null, t: TFunction): ChangedField[] {
  return spotsOf(change).flatMap((spot) => {
    const was = words(spot, spot.old, reference, t);
    const is = words(spot, spot.new, reference, t);
    if (was === null && is === null) return [];
    // Two states of a plan's measure read alike when something inside it changed.
    const inside = was === is && typeof spot.new === 'object';
    // An answer that became empty was set to "unknown for now".
    const cleared = is === null && spot.entity === 'fact' && spot.field === 'value';
    const fresh = inside ? t('library:history.edited') : cleared ? t('common:notKnown') : is;
    return [{ key: spot.key, label: label(spot, reference, t), old: was, new: fresh }];
  });
}
