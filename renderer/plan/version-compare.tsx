import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';

type Comparison = CallOutput<'plan.compare'>;
type Field = Comparison['head'][number];

function Fields({ fields }: { fields: readonly Field[] }) {
  const { t } = useTranslation('plan');
  return (
    <table className="compare-fields">
      <tbody>
        {fields.map(({ field, old, new: fresh }) => (
          <tr key={field}>
            <th scope="row">{t(`field.${field}`)}</th>
            <td>{old ? <del>{pick(old)}</del> : <span className="muted">{t('compareNone')}</span>}</td>
            <td>{fresh ? <ins>{pick(fresh)}</ins> : <span className="muted">{t('compareNone')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Named({ title, items }: { title: string; items: Comparison['added'] }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul className="compare-list">
        {items.map((item) => (
          <li key={item.id}>
            <strong>{pick(item.title)}</strong>
            <p className="muted">{pick(item.reason)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Verdicts({ verdicts }: { verdicts: Comparison['verdicts'] }) {
  const { t } = useTranslation('plan');
  if (verdicts.rungs.length + verdicts.items.length === 0) return null;
  return (
    <section aria-label={t('compareVerdicts')}>
      <h4>{t('compareVerdicts')}</h4>
      <table className="compare-fields">
        <tbody>
          {verdicts.rungs.map((rung) => (
            <tr key={rung.rung}>
              <th scope="row">{pick(rung.title)}</th>
              <td>
                <VerdictTag verdict={rung.old} size="small" />
              </td>
              <td>
                <VerdictTag verdict={rung.new} size="small" />
              </td>
            </tr>
          ))}
          {verdicts.items.map((item) => (
            <tr key={item.id}>
              <th scope="row">{pick(item.title)}</th>
              <td>
                {item.old && <VerdictTag verdict={item.old} size="small" />}
                {item.oldFormula && <p className="muted">{pick(item.oldFormula)}</p>}
              </td>
              <td>
                {item.new && <VerdictTag verdict={item.new} size="small" />}
                {item.newFormula && <p className="muted">{pick(item.newFormula)}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What differs from one version of a plan to another, line by line. */
export function VersionCompare({ a, b }: { a: string; b: string }) {
  const { t } = useTranslation('plan');
  const [found, setFound] = useState<Comparison | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let current = true;
    setFound(null);
    setError(null);
    call('plan.compare', { a, b }).then(
      (comparison) => current && setFound(comparison),
      (fault: unknown) => current && setError(fault),
    );
    return () => {
      current = false;
    };
  }, [a, b]);
  if (error) return <ErrorView error={error} />;
  if (!found) return <Skeleton active />;
  const { head, added, removed, changed, moved, verdicts } = found;
  const same =
    head.length + added.length + removed.length + changed.length + moved === 0 &&
    verdicts.rungs.length + verdicts.items.length === 0;
  return (
    <div className="compare" aria-live="polite">
      {same && <p>{t('compareSame')}</p>}
      <Verdicts verdicts={verdicts} />
      <Named title={t('compareAdded', { count: added.length })} items={added} />
      <Named title={t('compareRemoved', { count: removed.length })} items={removed} />
      {changed.length > 0 && (
        <section aria-label={t('compareChanged', { count: changed.length })}>
          <h4>{t('compareChanged', { count: changed.length })}</h4>
          {changed.map((item) => (
            <div key={item.id} className="compare-item">
              <strong>{pick(item.title)}</strong>
              <Fields fields={item.fields} />
            </div>
          ))}
        </section>
      )}
      {head.length > 0 && (
        <section aria-label={t('compareHead')}>
          <h4>{t('compareHead')}</h4>
          <Fields fields={head} />
        </section>
      )}
      {moved > 0 && <p className="muted">{t('compareMoved', { count: moved })}</p>}
    </div>
  );
}
