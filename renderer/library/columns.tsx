import { Tooltip } from 'antd';
import type { TFunction } from 'i18next';
import { formatDay } from '../components/dates.ts';
import { formatWan } from '../components/money.ts';
import { VerdictIcon, VerdictTag } from '../components/verdict-tag.tsx';
import type { GridColumn } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { divisionName, type Reference } from '../state/reference.ts';
import type { ListRow } from './list-store.ts';
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

/** The columns of the library list. Revenue is in 万元, of the year given under it. */
export function listColumns(t: TFunction, reference: Reference | null): GridColumn<ListRow>[] {
  return [
    {
      key: 'name',
      title: t('column.name'),
      width: 'minmax(232px, 2.4fr)',
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
            {row.archived && <span className="tag tag-small tag-neutral">{t('archived')}</span>}
            <span className="ellipsis">{[row.shortName, row.mainProduct].filter(Boolean).join(' · ')}</span>
          </span>
        </>
      ),
    },
    {
      key: 'place',
      title: t('column.place'),
      width: 'minmax(100px, 0.9fr)',
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
      width: '140px',
      sort: 'rung',
      render: (row) => (
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
      width: '94px',
      render: (row: ListRow) => <RungCell row={row} rung={rung} t={t} />,
    })),
    {
      key: 'gaps',
      title: t('column.gaps'),
      width: '150px',
      sort: 'unmet',
      render: (row) => <CountsCell row={row} />,
    },
    {
      key: 'updated',
      title: t('column.updated'),
      width: '92px',
      numeric: true,
      sort: 'updated',
      render: (row) => <span className="list-second">{formatDay(row.updatedAt)}</span>,
    },
    {
      key: 'menu',
      title: <span className="visually-hidden">{t('actions')}</span>,
      width: '42px',
      render: (row) => <RowMenu row={row} />,
    },
  ];
}
