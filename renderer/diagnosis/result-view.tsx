import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import type { EnterpriseFile } from '../state/enterprise.ts';
import { type Diagnosis, documentLine, firstRung, pointsText } from './evaluation.ts';
import { GatesTable } from './gates-table.tsx';
import { ItemDrawer } from './item-drawer.tsx';
import { LadderGraphic } from './ladder-graphic.tsx';
import { Conflicts, Portrait, Unknowns } from './portrait.tsx';
import { ResultCharts } from './result-charts.tsx';
import { ScoreBars } from './score-bars.tsx';

type View = number | 'lens';

/** A diagnosis as a page: where the firm stands, the gates of a rung, charts, portrait, what is unknown. */
export function ResultView(props: {
  diagnosis: Diagnosis;
  enterprise: EnterpriseFile['enterprise'];
  /** Leads to the question of a fact; left out for an earlier diagnosis, which is only read. */
  onAnswer?: (field: string) => void;
}) {
  const { diagnosis, enterprise, onAnswer } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  const [chosen, setChosen] = useState<View | null>(null);
  const [chosenRoute, setRoute] = useState<number | null>(null);
  const view = chosen ?? firstRung(diagnosis);
  const choose = (next: View) => {
    setChosen(next);
    setRoute(null);
  };
  const rung = diagnosis.rungs.find((candidate) => candidate.rung === view);
  const route = rung?.routes[chosenRoute ?? rung.best] ?? rung?.routes[0];
  const { lens } = diagnosis;
  return (
    <>
      {enterprise.sampleNotice && <p className="sample-notice">{pick(enterprise.sampleNotice)}</p>}
      <p className="ladder-says">{pick(diagnosis.ladder.says)}</p>
      <LadderGraphic diagnosis={diagnosis} chosen={typeof view === 'number' ? view : 0} onChoose={choose} />
      <div className="result-columns">
        <section className="panel result-card result-gates" aria-label={t('gatesTitle')}>
          <header>
            <Segmented<View>
              aria-label={t('rungs')}
              value={view}
              options={[
                ...diagnosis.rungs.map((candidate) => ({
                  value: candidate.rung as View,
                  label: t(`common:tier.${candidate.rung}`),
                })),
                ...(lens ? [{ value: 'lens' as View, label: t('lens') }] : []),
              ]}
              onChange={choose}
            />
            {rung && rung.routes.length > 1 && (
              <Segmented
                size="small"
                aria-label={t('routes')}
                value={chosenRoute ?? rung.best}
                options={rung.routes.map((candidate, at) => ({ value: at, label: pick(candidate.title) }))}
                onChange={setRoute}
              />
            )}
          </header>
          {rung && (
            <p className="muted">
              {route && `${documentLine(route)} \u00b7 `}
              {route && `${t('inForceFrom', { day: route.effectiveFrom })} \u00b7 `}
              {pick(rung.reason)}
            </p>
          )}
          {rung && route && <GatesTable diagnosis={diagnosis} rung={rung.rung} route={route} />}
          {route?.score && (
            <>
              <h4>{t('score.title')}</h4>
              <ScoreBars score={route.score} />
            </>
          )}
          {view === 'lens' && lens && (
            <>
              <p className="lens-says">{pick(lens.says)}</p>
              <ScoreBars score={lens.score} />
              <table className="gates lens-items">
                <tbody>
                  {lens.items.map((item) => (
                    <tr key={item.id}>
                      <td className="num">
                        {item.points && pointsText(item.points)}
                        {item.points && <span className="muted">{` / ${item.points.cap}`}</span>}
                      </td>
                      <td>
                        {pick(item.title)}
                        <span className="muted gate-clause">{pick(item.clause)}</span>
                      </td>
                      <td className="formula">{pick(item.formula)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
        </section>
        <div className="result-side">
          <ResultCharts diagnosis={diagnosis} />
          <Conflicts diagnosis={diagnosis} />
          <Unknowns diagnosis={diagnosis} onAnswer={onAnswer} />
          <Portrait diagnosis={diagnosis} />
        </div>
      </div>
      <p className="muted statement">{t('statement', { engine: diagnosis.engine })}</p>
      <ItemDrawer diagnosis={diagnosis} onAnswer={onAnswer} />
    </>
  );
}
