import { useTranslation } from 'react-i18next';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import type { Verified } from './verify-store.ts';

/** Conditions that come out otherwise when the check-up is run again, side by side. */
export function VerifyChanges({ changed }: { changed: Verified['changed'] }) {
  const { t } = useTranslation('verify');
  if (changed.length === 0) return null;
  return (
    <section aria-label={t('changed')}>
      <h3 className="verify-title">{t('changed')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table is scrolled with the keyboard */}
      <div className="verify-table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('condition')}</th>
              <th scope="col">{t('inFile')}</th>
              <th scope="col">{t('again')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((item) => (
              <tr key={`${pick(item.clause)} ${pick(item.title)}`}>
                <th scope="row">
                  {pick(item.title)}
                  <div className="muted">{pick(item.clause)}</div>
                </th>
                {[item.printed, item.again].map((side, at) => (
                  <td key={at === 0 ? 'printed' : 'again'}>
                    {side ? (
                      <>
                        <VerdictTag verdict={side.verdict} />
                        <div className="muted">{pick(side.formula)}</div>
                      </>
                    ) : (
                      '—'
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
