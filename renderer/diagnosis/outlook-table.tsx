import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { ReachTag } from '../components/reach-tag.tsx';
import { pick } from '../i18n/i18n.ts';

/** The ladder in the years to come, rung by rung, with how many items are still open. */
export function OutlookTable({ outlook }: { outlook: CallOutput<'targets.judge'> }) {
  const { t } = useTranslation(['whatif', 'common']);
  return (
    <table className="outlook">
      <thead>
        <tr>
          <th scope="col">{t('appliedIn')}</th>
          {outlook.years.map((year) => (
            <th key={year.year} scope="col" className="num">
              {year.year}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[1, 2, 3].map((rung) => (
          <tr key={rung}>
            <th scope="row">{t(`common:tier.${rung}`)}</th>
            {outlook.years.map((year) => {
              const judged = year.rungs.find((r) => r.rung === rung);
              const titles = judged?.open.map((item) => pick(item.title)).join(t('listSeparator'));
              return (
                <td key={year.year}>
                  {judged &&
                    (judged.held ? (
                      <span className="muted">{t('held')}</span>
                    ) : (
                      <>
                        <ReachTag reach={judged.reach} size="small" />
                        {judged.open.length > 0 && (
                          <span className="muted outlook-open" title={titles}>
                            {t('openItems', { count: judged.open.length })}
                          </span>
                        )}
                      </>
                    ))}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
