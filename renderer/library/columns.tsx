import { Tooltip } from 'antd';
import type { TFunction } from 'i18next';
import { formatDay } from '../components/dates.ts';
import { formatWan } from '../components/money.ts';
import { VerdictIcon, VerdictTag } from '../components/verdict-tag.tsx';
import type { GridColumn } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { divisionName, type Reference } from '../state/reference.ts';
import type { ColumnName, ListRow } from './list-store.ts';
import { RowMenu } from './row-menu.tsx';
import { SampleTag } from './sample-tag.tsx';

const countKinds = ['met', 'unmet', 'unknown', 'manual'] as const;

/** A place name of the library (stored in Chinese) in the current language, where the reference data knows it. */
export function placeName(reference: Reference | null, name: string | null): string | null {
  if (!name) return null;
  const known = [...(reference?.districts ?? []), ...(reference?.provinces ?? [])].find(
    (d) => d.name.zh === name,
  );
  return known ? pick(known.name) : name;
}

function RungCell({ row, rung, t }: { row: ListRow; rung: number; t: TFunction }) {
  const judged = row.rungs.find((r) => r.rung === rung);
  if (!judged) return <span className="muted">–</span>;
  return (
    <Tooltip title={`${t(`common:tierFull.${rung}`)}: ${t(`common:reachHelp.${judged.reach}`)}`}>
      <span>
        <VerdictTag
          size="small"
          verdict={judged.verdict}
          label={t(`common:verdictShort.${judged.verdict}`)}
        />
      </span>
    </Tooltip>
  );
}

function CountsCell({ row }: { row: ListRow }) {
  if (row.nextRung === null) return <span className="muted">–</span>;
  return (
    <span className="list-counts">
      {countKinds.map((kind) => (
        <span key={kind} className={row.counts[kind] === 0 ? 'list-count list-count-zero' : 'list-count'}>
          <VerdictIcon verdict={kind} />
          {row.counts[kind]}
        </span>
      ))}
    </span>
  );
}

function allColumns(
  t: TFunction,
  reference: Reference | null,
  archivedToo: boolean,
): (GridColumn<ListRow> & { least: number })[] {
  const plain = (
    key: ColumnName,
    least: number,
    sort: string | undefined,
    value: (row: ListRow) => string | null,
  ) => ({
    key,
    title: t(`lists:column.${key}`),
    width: `minmax(${least}px, 0.7fr)`,
    least,
    ...(sort ? { sort } : {}),
    render: (row: ListRow) => {
      const text = value(row);
      return text ? (
        <span className="ellipsis list-plain" title={text}>
          {text}
        </span>
      ) : (
        <span className="muted">–</span>
      );
    },
  });
  return [
    {
      key: 'name',
      title: t('column.name'),
      width: 'minmax(212px, 2.4fr)',
      least: 212,
      sort: 'name',
      render: (row) => (
        <>
          <span className="list-name">
            <strong className="ellipsis" title={row.name}>
              {row.name}
            </strong>
          </span>
          <span className="list-name list-second">
            <SampleTag row={row} />
            {row.archived && archivedToo && (
              <span className="tag tag-small tag-neutral">{t('archived')}</span>
            )}
            <span className="ellipsis">{[row.shortName, row.mainProduct].filter(Boolean).join(' · ')}</span>
          </span>
        </>
      ),
    },
    {
      key: 'place',
      title: t('column.place'),
      width: 'minmax(100px, 0.9fr)',
      least: 100,
      sort: 'district',
      render: (row) => (
        <>
          <span className="ellipsis" title={row.district ?? ''}>
            {placeName(reference, row.district) ?? row.city ?? <span className="muted">–</span>}
          </span>
          {row.district && row.city && <span className="ellipsis list-second">{row.city}</span>}
        </>
      ),
    },
    {
      key: 'industry',
      title: t('column.industry'),
      width: 'minmax(112px, 1.1fr)',
      least: 112,
      sort: 'industry',
      render: (row) => {
        const name = divisionName(reference, row.industryDivision);
        if (!name) return <span className="muted">–</span>;
        return (
          <span className="list-clamp" title={pick(name)}>
            {pick(name)}
          </span>
        );
      },
    },
    {
      key: 'revenue',
      title: t('column.revenue'),
      width: '122px',
      least: 122,
      numeric: true,
      sort: 'revenue',
      render: (row) =>
        row.revenue ? (
          <>
            <span>{formatWan(row.revenue.yuan, 2)}</span>
            <span className="list-second">{t('common:unit.year', { year: row.revenue.year })}</span>
          </>
        ) : (
          <span className="muted">{t('common:notKnown')}</span>
        ),
    },
    {
      key: 'tier',
      title: t('column.tier'),
      width: '124px',
      least: 124,
      sort: 'rung',
      render: (row) =>
        row.rungs.length === 0 ? (
          <span className="muted">{t('notJudgedYet')}</span>
        ) : (
          <>
            <span className="ellipsis">{t(`common:tier.${row.currentRung}`)}</span>
            <span className="ellipsis list-second">
              {row.nextRung === null
                ? t('topReached')
                : t('nextTier', { tier: t(`common:tierShort.${row.nextRung}`) })}
            </span>
          </>
        ),
    },
    ...[1, 2, 3].map((rung) => ({
      key: `rung${rung}`,
      title: t(`common:tierShort.${rung}`),
      width: '96px',
      least: 96,
      sort: `rung${rung}`,
      render: (row: ListRow) => <RungCell row={row} rung={rung} t={t} />,
    })),
    {
      key: 'gaps',
      title: t('column.gaps'),
      width: '150px',
      least: 150,
      sort: 'unmet',
      render: (row) => <CountsCell row={row} />,
    },
    {
      key: 'updated',
      title: t('column.updated'),
      width: '92px',
      least: 92,
      numeric: true,
      sort: 'updated',
      render: (row) => <span className="list-second">{formatDay(row.updatedAt)}</span>,
    },
    plain('uscc', 176, undefined, (row) => row.uscc),
    plain('sizeClass', 70, 'sizeClass', (row) => row.sizeClass && t(`lists:sizeClass.${row.sizeClass}`)),
    plain('stage', 78, 'stage', (row) => row.stage && t(`lists:stage.${row.stage}`)),
    {
      key: 'distance',
      title: (
        <Tooltip title={t('lists:distanceHint')}>
          <span>{t('lists:column.distance')}</span>
        </Tooltip>
      ),
      width: '96px',
      least: 96,
      numeric: true,
      sort: 'distance',
      render: (row) =>
        row.distance === null ? <span className="muted">–</span> : <span>{row.distance.toFixed(2)}</span>,
    },
    {
      key: 'effort',
      title: (
        <Tooltip title={t('lists:effortHint')}>
          <span>{t('lists:column.effort')}</span>
        </Tooltip>
      ),
      width: '84px',
      least: 84,
      numeric: true,
      sort: 'effort',
      render: (row) =>
        row.effort !== null ? (
          <span>{row.effort.toFixed(1)}</span>
        ) : (
          <span className="muted">
            {row.effortOpen ? '\u2026' : row.nextRung === null ? '\u2013' : t('lists:effortNone')}
          </span>
        ),
    },
    {
      key: 'tags',
      title: t('lists:column.tags'),
      width: 'minmax(130px, 1fr)',
      least: 130,
      sort: 'tags',
      render: (row) => (
        <span className="list-tags" title={row.tags.join(t('filter.join'))}>
          {row.tags.map((tag) => (
            <span key={tag} className="tag tag-small tag-neutral">
              {tag}
            </span>
          ))}
        </span>
      ),
    },
    plain('consultant', 84, 'consultant', (row) => row.consultant),
    plain('editor', 84, 'editor', (row) => row.editor),
    plain('review', 100, 'review', (row) => row.reviewOn),
    plain('expiry', 100, 'expiry', (row) => row.expiresOn),
    plain('checked', 92, 'checked', (row) => row.checkedAt && formatDay(row.checkedAt)),
  ];
}

/** Names of the columns, for choosing among them. */
export function columnNames(t: TFunction): { key: ColumnName; title: string }[] {
  const here = new Set(['name', 'place', 'industry', 'revenue', 'tier', 'gaps', 'updated']);
  return allColumns(t, null, true).map(({ key }) => ({
    key: key as ColumnName,
    title: key.startsWith('rung')
      ? t(`common:tierShort.${key.slice(4)}`)
      : t(here.has(key) ? `column.${key}` : `lists:column.${key}`),
  }));
}

/**
 * The columns of the library list that are shown, in their order, and the least width of all together in px. Revenue is
 * in units of 10,000 yuan, of the year given under it.
 */
export function listColumns(
  t: TFunction,
  reference: Reference | null,
  shown: readonly ColumnName[],
  /** Whether archived enterprises stand between others, and have to be told apart. */
  archivedToo = true,
): { columns: GridColumn<ListRow>[]; least: number } {
  const all = allColumns(t, reference, archivedToo);
  const columns = shown.flatMap((key) => all.find((column) => column.key === key) ?? []);
  const menu: GridColumn<ListRow> = {
    key: 'menu',
    title: <span className="visually-hidden">{t('actions')}</span>,
    width: '42px',
    render: (row) => <RowMenu row={row} />,
  };
  return {
    columns: [...columns, menu],
    least: columns.reduce((sum, column) => sum + column.least, 42 + 44),
  };
}
