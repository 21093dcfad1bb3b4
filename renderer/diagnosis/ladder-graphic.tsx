import { FlagFilled, StarFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { ReachTag } from '../components/reach-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { Counts } from './counts.tsx';
import { bestRoute, type Diagnosis, documentLine } from './evaluation.ts';

/** The three rungs as steps: held, and whether each is reached, open or not reached. A click shows a rung's gates. */
export function LadderGraphic(props: { diagnosis: Diagnosis; chosen: number; onChoose(rung: number): void }) {
  const { diagnosis, chosen, onChoose } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  return (
    <div className="ladder">
      {diagnosis.rungs.map((rung) => {
        const route = bestRoute(rung);
        const next = rung.rung === diagnosis.ladder.next;
        return (
          <button
            key={rung.rung}
            type="button"
            className={`ladder-step ladder-${rung.rung} reach-${rung.reach}${rung.held ? ' held' : ''}`}
            aria-pressed={rung.rung === chosen}
            onClick={() => onChoose(rung.rung)}
          >
            <span className="ladder-top">
              <strong>{t(`common:tierFull.${rung.rung}`)}</strong>
              {rung.held && (
                <span className="ladder-mark">
                  <StarFilled aria-hidden /> {t('held')}
                </span>
              )}
              {next && (
                <span className="ladder-mark">
                  <FlagFilled aria-hidden /> {t('nextStep')}
                </span>
              )}
            </span>
            <span className="ladder-state">
              <ReachTag reach={rung.reach} size="large" />
              {route && <Counts counts={route.counts} />}
            </span>
            <span className="muted ladder-document" title={route && pick(route.documentTitle)}>
              {route ? documentLine(route) : pick(rung.reason)}
              {rung.kind === 'review' && ` \u00b7 ${t('review')}`}
            </span>
          </button>
        );
      })}
    </div>
  );
}
