import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Drawer, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { ErrorView } from '../components/error-view.tsx';
import { pick } from '../i18n/i18n.ts';

type Snapshot = CallOutput<'diagnosis.list'>[number];
export type OpenedSnapshot = CallOutput<'diagnosis.get'>;

/** Runs a stored diagnosis again with the standards it was made with and says whether it comes out the same. */
export function VerifyButton({ id }: { id: string }) {
  const { t } = useTranslation('diagnosis');
  const [state, setState] = useState<CallOutput<'diagnosis.verify'> | 'running' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const verify = () => {
    setState('running');
    setError(null);
    call('diagnosis.verify', { id }).then(setState, (fault: unknown) => {
      setState(null);
      setError(fault);
    });
  };
  return (
    <span className="verify">
      <Button
        size="small"
        icon={<SafetyCertificateOutlined />}
        loading={state === 'running'}
        onClick={verify}
      >
        {t('verify')}
      </Button>
      {state !== null && state !== 'running' && (
        <span className={state.same ? 'tag tag-small tag-met' : 'tag tag-small tag-unmet'} role="status">
          {state.same ? t('verifiedSame') : t('verifiedDifferent', { differences: state.differences.length })}
        </span>
      )}
      {error ? <ErrorView error={error} onRetry={verify} /> : null}
    </span>
  );
}

/** The earlier diagnoses of an enterprise; one opens read-only. */
export function Snapshots(props: {
  enterpriseId: string;
  open: boolean;
  onOpen(snapshot: OpenedSnapshot): void;
  onClose(): void;
}) {
  const { enterpriseId, open, onOpen, onClose } = props;
  const { t } = useTranslation('diagnosis');
  const [list, setList] = useState<Snapshot[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (!open) return;
    setError(null);
    call('diagnosis.list', { enterpriseId }).then(setList, setError);
  }, [open, enterpriseId]);
  return (
    <Drawer open={open} size={460} title={t('snapshots')} onClose={onClose} destroyOnHidden>
      {error ? <ErrorView error={error} /> : null}
      {!list && !error && <Skeleton active />}
      {list?.length === 0 && <p className="muted">{t('noSnapshots')}</p>}
      <ul className="snapshots">
        {list?.map((snapshot) => (
          <li key={snapshot.id}>
            <strong>{formatMoment(snapshot.createdAt)}</strong>
            <span className="muted">
              {[snapshot.actor, t('asOfYear', { year: snapshot.asOf.fiscalYear })]
                .filter(Boolean)
                .join(' \u00b7 ')}
            </span>
            <p>{pick(snapshot.says)}</p>
            <Button
              size="small"
              onClick={() => call('diagnosis.get', { id: snapshot.id }).then(onOpen, setError)}
            >
              {t('openSnapshot')}
            </Button>
            <VerifyButton id={snapshot.id} />
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
