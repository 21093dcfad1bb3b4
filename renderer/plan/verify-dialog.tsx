import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  FileUnknownFilled,
  InboxOutlined,
  MinusCircleOutlined,
  QuestionCircleFilled,
  SafetyCertificateFilled,
  SafetyCertificateOutlined,
} from '@ant-design/icons';
import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { CaseTag } from '../library/case-firm.tsx';
import { showCase, stateOf } from '../library/case-store.ts';
import { madeWords } from '../library/case-words.ts';
import { useCanWrite } from '../state/can-write.ts';
import { go } from '../state/place.ts';
import './verify.css';
import { VerifyChanges } from './verify-changes.tsx';
import { closeVerify, useVerify, type Verified, verifyPlan } from './verify-store.ts';

const ICONS = {
  ok: <CheckCircleFilled className="verify-ok" aria-hidden />,
  differs: <CloseCircleFilled className="verify-differs" aria-hidden />,
  none: <MinusCircleOutlined className="verify-none" aria-hidden />,
};
const LEADS = {
  genuine: <SafetyCertificateFilled aria-hidden />,
  differs: <ExclamationCircleFilled aria-hidden />,
  unchecked: <QuestionCircleFilled aria-hidden />,
  foreign: <FileUnknownFilled aria-hidden />,
  unreadable: <FileUnknownFilled aria-hidden />,
};
type Outcome = keyof typeof LEADS;
/** Names listed of one check; more are counted. */
const MOST_NAMES = 6;

/** What came of it, so large that a room reads it. */
function Lead({ outcome, file, children }: { outcome: Outcome; file?: string; children: ReactNode }) {
  const { t } = useTranslation('verify');
  return (
    <div className={`verify-lead verify-lead-${outcome}`} role="status">
      {LEADS[outcome]}
      <div>
        <h2>{t(`lead.${outcome}`)}</h2>
        <p>{children}</p>
        {file && <p className="verify-file">{file}</p>}
      </div>
    </div>
  );
}

function Check({ check }: { check: Verified['checks'][number] }) {
  const { t } = useTranslation('verify');
  const names = check.details.slice(0, MOST_NAMES);
  const more = check.details.length - names.length;
  // Paths inside the check-up say nothing to a reader; what changed is listed below by its title.
  const listed = check.check !== 'rerun' && names.length > 0;
  return (
    <li className={`verify-check-${check.state}`}>
      {ICONS[check.state]}
      <b>{t(`check.${check.check}`)}</b>
      <div>
        {t(`says.${check.check}.${check.state}`)}
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

function About({ manifest, asOf }: Pick<Verified, 'manifest' | 'asOf'>) {
  const { t } = useTranslation(['verify', 'plan', 'paper']);
  if (!manifest) return null;
  return (
    <dl className="verify-about">
      <dt>{t('enterprise')}</dt>
      <dd>
        <b>{manifest.enterprise.name}</b>
        {manifest.enterprise.uscc && <span className="verify-uscc">{manifest.enterprise.uscc}</span>}
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
  );
}

const NEWS = {
  new: 'carriesNew',
  changed: 'carriesChanged',
  conflict: 'carriesConflict',
  same: 'carriesKnown',
};

/** What the plan carries and how it stands to this library. */
function Offer({ firm }: { firm: NonNullable<NonNullable<Verified['offer']>['content']>['firms'][number] }) {
  const { t } = useTranslation(['verify', 'case', 'library']);
  const made = madeWords(firm, t);
  return (
    <section className="verify-offer" aria-label={t('carries')}>
      <InboxOutlined aria-hidden />
      <div>
        <b>{t('carries')}</b> <CaseTag firm={firm} />
        <div>{t(NEWS[stateOf(firm)])}</div>
        {made !== '' && <div className="muted">{t('case:madeHere', { what: made })}</div>}
      </div>
    </section>
  );
}

function Result({ result }: { result: Verified }) {
  const { t } = useTranslation(['verify', 'common']);
  const canWrite = useCanWrite();
  const { offer, here, manifest, asOf } = result;
  const firm = offer?.content?.firms[0];
  const takes = firm && canWrite && stateOf(firm) !== 'same';
  const open = () => {
    const { enterpriseId, planId } = here;
    if (!enterpriseId) return;
    closeVerify();
    go({ screen: 'enterprise', id: enterpriseId, tab: 'plan', ...(planId ? { planId } : {}) });
  };
  return (
    <>
      <Lead outcome={result.result} file={result.file}>
        {t(`result.${result.result}`)}
      </Lead>
      <About manifest={manifest} asOf={asOf} />
      {result.checks.length > 0 && (
        <ul className="verify-checks">
          {result.checks.map((check) => (
            <Check key={check.check} check={check} />
          ))}
        </ul>
      )}
      <VerifyChanges changed={result.changed} />
      {firm && <Offer firm={firm} />}
      {result.result !== 'foreign' && (
        <p className="muted verify-note">
          {t('note')} {!firm && t('notTaken')}
        </p>
      )}
      <Buttons>
        {here.enterpriseId && <Button onClick={open}>{t('open')}</Button>}
        <Button type={takes ? 'default' : 'primary'} onClick={closeVerify}>
          {t('common:close')}
        </Button>
        {takes && offer && (
          <Button
            type="primary"
            icon={<InboxOutlined aria-hidden />}
            onClick={() => {
              closeVerify();
              showCase(offer);
            }}
          >
            {t('takeIn')}
          </Button>
        )}
      </Buttons>
    </>
  );
}

/** What can be done next: another file on the left, what belongs to this one on the right. */
function Buttons({ children }: { children: ReactNode }) {
  const { t } = useTranslation('verify');
  return (
    <div className="verify-buttons">
      <Button type="text" icon={<SafetyCertificateOutlined aria-hidden />} onClick={() => void verifyPlan()}>
        {t('another')}
      </Button>
      <span className="verify-space" />
      {children}
    </div>
  );
}

/** What came of verifying a PDF: check by check, what differs by name, and what of it can be taken in. */
export function VerifyDialog() {
  const { t } = useTranslation(['verify', 'common']);
  const { result, error } = useVerify();
  return (
    <Modal
      open={result !== null || error !== null}
      title={t('title')}
      footer={null}
      width={720}
      className="verify-dialog"
      onCancel={closeVerify}
      destroyOnHidden
    >
      {error ? (
        <>
          <Lead outcome="unreadable">{errorText(error)}</Lead>
          <Buttons>
            <Button type="primary" onClick={closeVerify}>
              {t('common:close')}
            </Button>
          </Buttons>
        </>
      ) : null}
      {result && <Result result={result} />}
    </Modal>
  );
}
