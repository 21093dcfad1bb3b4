import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { EnterpriseFile } from '../state/enterprise.ts';
import type { Diagnosis } from './evaluation.ts';
import { type Fact, progressOf, type Topic, topics } from './topics.ts';

/** The eight topics with how much of each is answered. */
export function WalkSteps(props: {
  facts: readonly Fact[];
  file: EnterpriseFile;
  diagnosis: Diagnosis | null;
  topic: Topic;
  onChoose(topic: Topic): void;
}) {
  const { t } = useTranslation('diagnosis');
  return (
    <nav className="walk-steps" aria-label={t('steps')}>
      {topics.map((topic, at) => {
        const { answered, noted, asked } = progressOf(props.facts, topic, props.file, props.diagnosis);
        const done = asked > 0 && answered === asked;
        const share = (part: number) => `${asked === 0 ? 0 : (100 * part) / asked}%`;
        return (
          <button
            key={topic}
            type="button"
            className="walk-step"
            data-topic={topic}
            aria-current={topic === props.topic ? 'step' : undefined}
            title={`${t(`topic.${topic}`)} \u00b7 ${
              noted > 0 ? t('progressNoted', { answered, asked, noted }) : t('progress', { answered, asked })
            }`}
            onClick={() => props.onChoose(topic)}
          >
            <span className="walk-step-number" aria-hidden>
              {done ? <CheckOutlined /> : at + 1}
            </span>
            <span className="walk-step-name">{t(`topic.${topic}`)}</span>
            <span className="walk-step-count">{`${answered}/${asked}`}</span>
            <span className="walk-step-bar" aria-hidden>
              <i style={{ width: share(answered) }} />
              <i className="noted" style={{ width: share(noted) }} />
            </span>
          </button>
        );
      })}
      <p className="walk-keys muted">{t('keysHint')}</p>
    </nav>
  );
}
