import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../components/dates.ts';
import { useReference } from '../state/reference.ts';
import { type CaseFirm, stateOf } from './case-store.ts';
import { caseWords, disputeWords, madeWords } from './case-words.ts';

/** How a firm of a package stands to this library, in one word. */
export function CaseTag({ firm }: { firm: CaseFirm }) {
  const { t } = useTranslation('case');
  const state = stateOf(firm);
  return <span className={`case-tag case-tag-${state}`}>{t(`state.${state}`)}</span>;
}

/** Who gave a value, and when. */
export function By({ by }: { by: { actor: string; at: string } | null }) {
  const { t } = useTranslation('case');
  if (!by) return null;
  return <span className="case-by">{t('by', { actor: by.actor, date: formatMoment(by.at) })}</span>;
}

function Value({ text }: { text: string | null }) {
  const { t } = useTranslation('case');
  return text === null ? <span className="muted">{t('empty')}</span> : <span>{text}</span>;
}

/** One firm of a package: what is taken over and what both sides changed, field by field, side by side. */
export function CaseFirmView({ firm }: { firm: CaseFirm }) {
  const { t } = useTranslation(['case', 'library', 'common', 'exchange']);
  const reference = useReference((state) => state.reference);
  const made = madeWords(firm, t);
  const more = (count: number, shown: number) =>
    count > shown && <p className="muted">{t('more', { count: count - shown })}</p>;
  const removed = firm.removed.map(({ entity, name }) => {
    const kind = t(`library:history.entity.${entity}`);
    return name ? `${kind} ${name}` : kind;
  });
  return (
    <div className="case-firm">
      <header className="case-firm-head">
        <h3>{firm.name}</h3>
        <span className="muted">{t(`found.${firm.found}`)}</span>
      </header>
      {firm.sameName && <Alert type="warning" showIcon title={t('sameName')} />}
      {firm.disagreements.length > 0 && (
        <section>
          <h4>{t('decide', { count: firm.disagreementCount })}</h4>
          <p className="muted">{t('laterStands')}</p>
          <table className="case-table">
            <thead>
              <tr>
                <th>{t('field')}</th>
                <th>{t('here')}</th>
                <th>{t('there')}</th>
              </tr>
            </thead>
            <tbody>
              {firm.disagreements.map((one) => {
                const words = disputeWords(one, reference, t);
                return (
                  <tr key={`${one.entity}/${one.entityId}/${one.field}`}>
                    <th scope="row">{words.label}</th>
                    {(['mine', 'theirs'] as const).map((side) => (
                      <td key={side} className={one.kept === side ? 'case-stands' : undefined}>
                        <Value text={side === 'mine' ? words.one : words.other} />
                        {one.kept === side && (
                          <span className="case-tag case-tag-changed">{t('stands')}</span>
                        )}
                        <By by={one[side].by} />
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
          {more(firm.disagreementCount, firm.disagreements.length)}
        </section>
      )}
      {firm.taken.length > 0 && (
        <section>
          <h4>{t('takes', { count: firm.takenCount })}</h4>
          <table className="case-table">
            <thead>
              <tr>
                <th>{t('field')}</th>
                <th>{t('before')}</th>
                <th>{t('after')}</th>
              </tr>
            </thead>
            <tbody>
              {firm.taken.map((one) => {
                const words = caseWords(one, one.from, one.to, reference, t);
                return (
                  <tr key={`${one.entity}/${one.entityId}/${one.field}`}>
                    <th scope="row">{words.label}</th>
                    <td>
                      <Value text={words.one} />
                    </td>
                    <td>
                      <Value text={words.other} />
                      <By by={one.by} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {more(firm.takenCount, firm.taken.length)}
        </section>
      )}
      {made !== '' && <p>{t('madeHere', { what: made })}</p>}
      {removed.length > 0 && <p>{t('removedThere', { what: removed.join(t('case:separator')) })}</p>}
      {stateOf(firm) === 'same' && <p className="muted">{t('state.same')}</p>}
    </div>
  );
}
