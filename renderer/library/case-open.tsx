import { Alert, App, Button, Checkbox, Input, Modal, Popconfirm, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { CaseFirmView, CaseTag } from './case-firm.tsx';
import {
  applyCase,
  closeCase,
  type OpenedCase,
  stateOf,
  undoCase,
  unlockCase,
  useCase,
} from './case-store.ts';
import './case.css';

function Unlock({ opened }: { opened: OpenedCase }) {
  const { t } = useTranslation('case');
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const unlock = () => {
    if (passphrase === '') return;
    setBusy(true);
    setError(null);
    unlockCase(passphrase)
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <div className="case-unlock">
      <h3>{t('unlockTitle', { source: opened.source })}</h3>
      <label htmlFor="case-unlock">{t('passphrase')}</label>
      <div className="case-unlock-line">
        <Input.Password
          id="case-unlock"
          autoFocus
          autoComplete="off"
          maxLength={200}
          value={passphrase}
          onChange={({ target }) => setPassphrase(target.value)}
          onPressEnter={unlock}
        />
        <Button type="primary" loading={busy} disabled={passphrase === ''} onClick={unlock}>
          {t('unlock')}
        </Button>
      </div>
      {error ? <Alert type="error" showIcon title={errorText(error)} /> : null}
    </div>
  );
}

function Firms({ content }: { content: NonNullable<OpenedCase['content']> }) {
  const { t } = useTranslation('case');
  const chosen = useCase((state) => state.chosen);
  const [at, setAt] = useState(content.firms[0]?.caseId);
  const shown = content.firms.find((firm) => firm.caseId === at) ?? content.firms[0];
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    useCase.setState({ chosen: next });
  };
  return (
    <div className="case-body">
      <ul className="case-list" aria-label={t('firms')}>
        {content.firms.map((firm) => (
          <li key={firm.caseId} className={firm.caseId === shown?.caseId ? 'case-chosen' : undefined}>
            <Checkbox
              aria-label={firm.name}
              checked={chosen.has(firm.caseId)}
              disabled={stateOf(firm) === 'same'}
              onChange={() => toggle(firm.caseId)}
            />
            <button type="button" onClick={() => setAt(firm.caseId)}>
              {firm.name}
            </button>
            <CaseTag firm={firm} />
          </li>
        ))}
      </ul>
      {shown && <CaseFirmView firm={shown} />}
    </div>
  );
}

function Done() {
  const { t } = useTranslation('case');
  const { message } = App.useApp();
  const applied = useCase((state) => state.applied);
  const [busy, setBusy] = useState(false);
  if (!applied) return null;
  const undo = () => {
    setBusy(true);
    undoCase(applied.batchId)
      .then(() => {
        message.success(t('undone'));
        closeCase();
      })
      .catch((error: unknown) => message.error(errorText(error), 8))
      .finally(() => setBusy(false));
  };
  return (
    <Result
      status="success"
      title={t('done', applied)}
      subTitle={applied.conflicts > 0 ? t('doneConflicts', { count: applied.conflicts }) : undefined}
      extra={
        <>
          {applied.conflicts > 0 && (
            <Button
              type="primary"
              onClick={() => {
                closeCase();
                useCase.setState({ inbox: true });
              }}
            >
              {t('decideNow')}
            </Button>
          )}
          <Popconfirm title={t('undoSure')} okText={t('undo')} cancelText={t('cancel')} onConfirm={undo}>
            <Button danger loading={busy}>
              {t('undo')}
            </Button>
          </Popconfirm>
          <Button onClick={closeCase}>{t('close')}</Button>
        </>
      }
    />
  );
}

const FROM = { package: ['from', 'fromNobody'], plan: ['fromPlan', 'fromPlanNobody'] } as const;

/** A package or a plan's PDF that was opened: its passphrase, what is new, changed or disputed, and taking it in. */
export function CaseOpen() {
  const { t } = useTranslation('case');
  const { message } = App.useApp();
  const { opened, chosen, applied } = useCase();
  const [busy, setBusy] = useState(false);
  const content = opened?.content;
  const apply = () => {
    setBusy(true);
    applyCase()
      .catch((error: unknown) => message.error(errorText(error), 8))
      .finally(() => setBusy(false));
  };
  return (
    <Modal
      open={opened !== null}
      width={1060}
      title={t(opened?.kind === 'plan' ? 'titlePlan' : 'title')}
      onCancel={closeCase}
      destroyOnHidden
      footer={
        content && !applied ? (
          <>
            {busy && <span className="muted case-applying">{t('applying')}</span>}
            <Button onClick={closeCase}>{t('cancel')}</Button>
            <Button type="primary" loading={busy} disabled={chosen.size === 0} onClick={apply}>
              {t('apply', { count: chosen.size })}
            </Button>
          </>
        ) : null
      }
    >
      {opened && !content && <Unlock opened={opened} />}
      {content && !applied && (
        <>
          <p className="muted">
            {opened.source}
            {' \u00b7 '}
            {t(FROM[opened.kind][content.sender ? 0 : 1], {
              sender: content.sender,
              date: formatMoment(content.createdAt),
            })}
          </p>
          {opened.kind === 'plan' && <p className="muted">{t('planHint')}</p>}
          {content.firms.every((firm) => stateOf(firm) === 'same') && (
            <Alert type="info" showIcon title={t('nothing')} />
          )}
          <Firms content={content} />
        </>
      )}
      {applied && <Done />}
    </Modal>
  );
}
