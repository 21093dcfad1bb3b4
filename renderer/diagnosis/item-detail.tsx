import { useTranslation } from 'react-i18next';
import { GradeTag } from '../components/grade-tag.tsx';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { type Judged, markOf, type Route } from './evaluation.ts';
import { useFieldLabel } from './field-label.ts';

/** Everything an item says about itself: clause, our paraphrase, formula with numbers, distance, source, what is missing. */
export function ItemDetail(props: {
  route: Route;
  item: Judged;
  /** Leads to the question of a fact; left out where nothing can be answered. */
  onAnswer?: (field: string) => void;
}) {
  const { route, item, onAnswer } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  const fieldLabel = useFieldLabel();
  const open = item.judgement && item.verdict === 'manual' ? [item.judgement] : item.missing;
  return (
    <div className="item-detail">
      <p className="item-verdict">
        <VerdictTag verdict={markOf(item)} size="large" />
        <span className="muted">{t(`kind.${item.kind}`)}</span>
      </p>
      <dl>
        <dt>{t('detail.clause')}</dt>
        <dd>
          {pick(item.clause)}
          <br />
          <span className="muted">{pick(route.documentTitle)}</span>
        </dd>
        <dt>{t('detail.says')}</dt>
        <dd>{pick(item.says)}</dd>
        <dt>{t('detail.formula')}</dt>
        <dd className="formula">{pick(item.formula)}</dd>
        {item.points && (
          <>
            <dt>{t('detail.points')}</dt>
            <dd>
              {item.points.min === item.points.max
                ? t('pointsOf', { points: item.points.min, cap: item.points.cap })
                : t('pointsBetween', item.points)}
            </dd>
          </>
        )}
        {item.gap && (
          <>
            <dt>{t('detail.gap')}</dt>
            <dd className="item-gap">{pick(item.gap)}</dd>
          </>
        )}
        {item.note && (
          <>
            <dt>{t('detail.note')}</dt>
            <dd>{pick(item.note)}</dd>
          </>
        )}
        {open.length > 0 && (
          <>
            <dt>{t(item.verdict === 'manual' ? 'detail.judge' : 'detail.missing')}</dt>
            <dd className="missing">
              {open.map((field) =>
                onAnswer ? (
                  <button key={field} type="button" className="jump" onClick={() => onAnswer(field)}>
                    {fieldLabel(field)}
                  </button>
                ) : (
                  <span key={field}>{fieldLabel(field)}</span>
                ),
              )}
            </dd>
          </>
        )}
        <dt>{t('detail.source')}</dt>
        <dd>
          <GradeTag grade={item.grade} />
          <ul className="refs">
            {item.refs.map((ref) => (
              <li key={ref}>{ref}</li>
            ))}
          </ul>
          <span className="muted">{t('checkedOn', { day: item.checked })}</span>
        </dd>
      </dl>
    </div>
  );
}
