import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { GradeTag } from '../components/grade-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import type { Diagnosis } from './evaluation.ts';
import { useFieldLabel } from './field-label.ts';

/** Size class and life-cycle stage, each with its reason. */
export function Portrait({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useTranslation('diagnosis');
  const { size, stage } = diagnosis;
  return (
    <section className="panel result-card portrait" aria-label={t('portraitTitle')}>
      <h3>{t('portraitTitle')}</h3>
      <dl>
        <dt>{t('sizeClass')}</dt>
        <dd>
          <strong>{t(`size.${size.class ?? 'none'}`)}</strong>
          <p>{pick(size.reason)}</p>
          <p className="muted">
            {pick(size.clause)} <GradeTag grade={size.grade} />
          </p>
        </dd>
        <dt>{t('stageTitle')}</dt>
        <dd>
          <strong>{t(`stage.${stage.stage ?? 'none'}`)}</strong>
          <p>{pick(stage.reason)}</p>
        </dd>
      </dl>
    </section>
  );
}

/** Values given as such that their parts contradict. */
export function Conflicts({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useTranslation('diagnosis');
  if (diagnosis.conflicts.length === 0) return null;
  return (
    <section className="panel result-card conflicts" aria-label={t('conflictsTitle')}>
      <h3>{t('conflictsTitle')}</h3>
      <ul>
        {diagnosis.conflicts.map((conflict) => (
          <li key={conflict.field}>{pick(conflict.says)}</li>
        ))}
      </ul>
    </section>
  );
}

/** What must still be found out for the next rung, the fact that settles most first. */
export function Unknowns({
  diagnosis,
  onAnswer,
}: {
  diagnosis: Diagnosis;
  onAnswer?: (field: string) => void;
}) {
  const { t } = useTranslation('diagnosis');
  const fieldLabel = useFieldLabel();
  if (diagnosis.askNext.length === 0) return null;
  return (
    <section className="panel result-card" aria-label={t('unknownsTitle')}>
      <h3>{t('unknownsTitle')}</h3>
      <p className="muted">{t('unknownsText')}</p>
      <ol className="unknowns">
        {diagnosis.askNext.map((question) => (
          <li key={question.field}>
            <span>{pick(question.label) || fieldLabel(question.field)}</span>
            {onAnswer && (
              <Button size="small" onClick={() => onAnswer(question.field)}>
                {t('answerIt')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
