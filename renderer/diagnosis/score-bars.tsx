import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import { type Diagnosis, pointsText } from './evaluation.ts';

type Score = NonNullable<Diagnosis['lens']>['score'];

function Bar({ min, max, cap }: { min: number; max: number; cap: number }) {
  const share = (points: number) => `${cap === 0 ? 0 : (100 * points) / cap}%`;
  return (
    <span className="score-bar" aria-hidden>
      <i style={{ width: share(min) }} />
      <i className="open" style={{ width: share(max - min) }} />
    </span>
  );
}

/** A score as intervals: what is proved, and what the unknown could still add, by group. */
export function ScoreBars({ score }: { score: Score }) {
  const { t } = useTranslation('diagnosis');
  return (
    <table className="score">
      <thead>
        <tr>
          <th scope="col">{t('score.group')}</th>
          <th scope="col" className="num">
            {t('score.points')}
          </th>
          <th scope="col" className="num">
            {t('score.cap')}
          </th>
          <th scope="col">{t('score.interval')}</th>
        </tr>
      </thead>
      <tbody>
        {score.groups.map((group) => (
          <tr key={group.id}>
            <th scope="row">{pick(group.title)}</th>
            <td className="num">{pointsText(group)}</td>
            <td className="num">{group.cap}</td>
            <td>
              <Bar {...group} />
            </td>
          </tr>
        ))}
        <tr className="score-total">
          <th scope="row">{t('score.total')}</th>
          <td className="num">{pointsText(score)}</td>
          <td className="num">{score.cap}</td>
          <td>
            <Bar {...score} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
