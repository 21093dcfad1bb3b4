import { ArrowRightOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ReachTag } from '../components/reach-tag.tsx';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { bestRoute, type Diagnosis, type Judged, markOf, type Route } from './evaluation.ts';
import { useWhatIf } from './what-if-store.ts';

interface Turned {
  readonly item: Judged;
  readonly was: string;
}

/** The items of a route whose verdict or points are others than before. */
function turned(before: Diagnosis, route: Route, rung: number): Turned[] {
  const old = before.rungs
    .find((r) => r.rung === rung)
    ?.routes.find((r) => r.standard === route.standard && r.tier === route.tier);
  const was = new Map(old?.items.map((item) => [`${item.kind}/${item.id}`, item.verdict]));
  return route.items.flatMap((item) => {
    const verdict = was.get(`${item.kind}/${item.id}`);
    return verdict && verdict !== item.verdict ? [{ item, was: verdict }] : [];
  });
}

function points(route: Route | undefined): string | null {
  if (!route?.score) return null;
  const { min, max, cap } = route.score;
  return `${min === max ? min : `${min}\u2013${max}`} / ${cap}`;
}

/** What comes of the facts tried out: the ladder before and after, the gates that turn, what stays open, the route. */
export function WhatIfEffect() {
  const { t } = useTranslation(['whatif', 'common', 'way']);
  const { before, effect, rung, tried } = useWhatIf();
  if (!before || !effect) return <Skeleton active paragraph={{ rows: 8 }} />;
  const { diagnosis } = effect;
  const now = diagnosis.rungs.find((r) => r.rung === rung);
  const route = now && bestRoute(now);
  const changes = route ? turned(before, route, rung) : [];
  const short = route?.items.filter((item) => item.kind !== 'direct' && item.verdict === 'unmet') ?? [];
  const open =
    route?.items.filter((i) => i.kind !== 'direct' && ['unknown', 'manual'].includes(i.verdict)) ?? [];
  const step = effect.route.find((r) => r.rung === rung);
  const same = Object.keys(tried).length === 0;
  return (
    <div className="effect" aria-live="polite">
      <p className="effect-says">{pick(diagnosis.ladder.says)}</p>
      <table className="effect-ladder">
        <tbody>
          {diagnosis.rungs.map((after) => {
            const old = before.rungs.find((r) => r.rung === after.rung);
            const score = points(bestRoute(after));
            return (
              <tr key={after.rung} className={after.rung === rung ? 'effect-chosen' : undefined}>
                <th scope="row">{t(`common:tier.${after.rung}`)}</th>
                <td>{old && <ReachTag reach={old.reach} />}</td>
                <td className="muted">
                  <ArrowRightOutlined aria-label={t('becomes')} />
                </td>
                <td>
                  <ReachTag reach={after.reach} />
                </td>
                <td className="num muted">{score && t('points', { score })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <h4>{t('turns', { count: changes.length })}</h4>
      {changes.length === 0 && <p className="muted">{t(same ? 'turnsNothingYet' : 'turnsNothing')}</p>}
      <ul className="effect-list">
        {changes.map(({ item, was }) => (
          <li key={`${item.kind}/${item.id}`} data-item={item.id}>
            <span>{pick(item.title)}</span>
            <span className="effect-turn">
              <VerdictTag verdict={was} size="small" />
              <ArrowRightOutlined aria-label={t('becomes')} />
              <VerdictTag verdict={markOf(item)} size="small" />
            </span>
          </li>
        ))}
      </ul>
      {short.length > 0 && <h4>{t('stillShort', { count: short.length })}</h4>}
      <ul className="effect-list">
        {short.map((item) => (
          <li key={`${item.kind}/${item.id}`} className="effect-short">
            <span>{pick(item.title)}</span>
            {item.gap && <span className="effect-gap">{pick(item.gap)}</span>}
          </li>
        ))}
      </ul>
      {open.length > 0 && <p className="muted">{t('stillOpen', { count: open.length })}</p>}
      {step && (
        <>
          <h4>{t('routeTitle')}</h4>
          {step.earliest ? (
            <>
              <p className="way-when">
                {t('way:earliest', { year: step.earliest.year, date: step.earliest.date })}
              </p>
              <p>
                {step.earliest.changes.length === 0
                  ? t('way:nothing')
                  : t('routeChanges', {
                      changes: step.earliest.changes.map((c) => pick(c.label)).join(t('way:separator')),
                    })}
              </p>
            </>
          ) : (
            <p>{step.impossibleReason ? pick(step.impossibleReason) : t('way:impossible')}</p>
          )}
        </>
      )}
    </div>
  );
}
