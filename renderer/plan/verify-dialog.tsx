import {
  CheckCircleFilled,
  CloseCircleFilled,
  MinusCircleOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { go } from '../state/place.ts';
import './verify.css';
import { closeVerify, useVerify, type Verified, verifyPlan } from './verify-store.ts';

const ICONS = {
  ok: <CheckCircleFilled className="verify-ok" aria-hidden />,
  differs: <CloseCircleFilled className="verify-differs" aria-hidden />,
  none: <MinusCircleOutlined className="verify-none" aria-hidden />,
};
const KINDS = { genuine: 'success', differs: 'error', unchecked: 'warning', foreign: 'info' } as const;
/** Names listed of one check; more are counted. */
const MOST_NAMES = 6;

function Check({ check }: { check: Verified['checks'][number] }) {
  const { t } = useTranslation('verify');
  const names = check.details.slice(0, MOST_NAMES);
  const more = check.details.length - names.length;
  // Paths inside the check-up say nothing to a reader; what changed is listed below by its title.
  const listed = check.check !== 'rerun' && names.length > 0;
  return (
    <li>
      {ICONS[check.state]}
      <div>
        <b>{t(`check.${check.check}`)}</b>
        <div className="muted">{t(`says.${check.check}.${check.state}`)}</div>
        {listed && (
          <div className="verify-names">
            {names.join(t('join'))}
            {more > 0 && ` ${t('more', { count: more })}`}
          </div>
        )}
      </div>
    </li>
  );
}

function Changed({ changed }: { changed: Verified['changed'] }) {
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

function Result({ result }: { result: Verified }) {
  const { t } = useTranslation(['verify', 'plan', 'paper']);
  const { manifest, asOf, here } = result;
  return (
    <>
      <Alert
        type={KINDS[result.result]}
        showIcon
        title={t(`result.${result.result}`)}
        description={<span className="verify-file">{result.file}</span>}
      />
      {manifest && (
        <dl className="verify-about">
          <dt>{t('enterprise')}</dt>
          <dd>
            {manifest.enterprise.name} {manifest.enterprise.uscc && <span>{manifest.enterprise.uscc}</span>}
          </dd>
          <dt>{t('plan')}</dt>
          <dd>
            {t('planSays', {
              layout: t(`paper:layout.${manifest.layout}`),
              edition: t(`plan:edition.${manifest.locale}`),
              version: manifest.plan.version,
              moment: formatMoment(manifest.plan.updatedAt),
            })}
          </dd>
          {asOf && (
            <>
              <dt>{t('basis')}</dt>
              <dd>
                {t('basisSays', {
                  year: asOf.fiscalYear,
                  facts: asOf.factsDate,
                  application: asOf.applicationDate,
                })}
              </dd>
            </>
          )}
        </dl>
      )}
      {result.checks.length > 0 && (
        <ul className="verify-checks">
          {result.checks.map((check) => (
            <Check key={check.check} check={check} />
          ))}
        </ul>
      )}
      <Changed changed={result.changed} />
      {result.result !== 'foreign' && <p className="muted verify-note">{t('note')}</p>}
      <div className="verify-buttons">
        {here.enterpriseId && (
          <Button
            onClick={() => {
              closeVerify();
              go({
                screen: 'enterprise',
                id: here.enterpriseId ?? '',
                tab: 'plan',
                ...(here.planId ? { planId: here.planId } : {}),
              });
            }}
          >
            {t('open')}
          </Button>
        )}
        <Button icon={<SafetyCertificateOutlined aria-hidden />} onClick={() => void verifyPlan()}>
          {t('another')}
        </Button>
        <Button type="primary" onClick={closeVerify}>
          {t('common:close')}
        </Button>
      </div>
    </>
  );
}

/** What came of verifying a PDF: check by check, and what differs by name. */
export function VerifyDialog() {
  const { t } = useTranslation(['verify', 'common']);
  const { result, error } = useVerify();
  return (
    <Modal
      open={result !== null || error !== null}
      title={t('title')}
      footer={null}
      width={680}
      style={{ top: 48 }}
      onCancel={closeVerify}
      destroyOnHidden
    >
      {error ? (
        <>
          <Alert type="error" showIcon title={errorText(error)} />
          <div className="verify-buttons">
            <Button onClick={() => void verifyPlan()}>{t('another')}</Button>
            <Button type="primary" onClick={closeVerify}>
              {t('common:close')}
            </Button>
          </div>
        </>
      ) : null}
      {result && <Result result={result} />}
    </Modal>
  );
}
