import {
  EditOutlined,
  EyeInvisibleOutlined,
  EyeOutlined,
  PlusOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { App, Button, Input, Skeleton, Tooltip } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { GradeTag } from '../components/grade-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { type Policy, PolicyForm } from './policy-form.tsx';

type Listed = CallOutput<'policies.list'>[number];

function localDay(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function blankPolicy(): Policy {
  const none = { zh: '', en: '' };
  return {
    id: `own-${crypto.randomUUID().slice(0, 8)}`,
    category: 'fund',
    title: none,
    content: none,
    rungs: [],
    region: none,
    document: null,
    from: null,
    to: null,
    confirmed: false,
    source: { grade: 'secondary', refs: [], checked: localDay() },
  };
}

/** The policies that plans may name: ours, and what the consultancy made of them. */
export function PolicyLibrary() {
  const { t } = useTranslation(['settings', 'plan', 'common']);
  const { message } = App.useApp();
  const [list, setList] = useState<Listed[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [query, setQuery] = useState('');
  const [editing, setEditing] = useState<{ policy: Policy; isNew: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    () =>
      call('policies.list', {}).then(
        (found) => {
          setList(found);
          setError(null);
        },
        (fault: unknown) => setError(fault),
      ),
    [],
  );
  useEffect(() => {
    void load();
  }, [load]);

  /** Does something and shows the list that comes back; says whether it worked. */
  const run = async (work: () => Promise<Listed[]>): Promise<boolean> => {
    setBusy(true);
    try {
      setList(await work());
      return true;
    } catch (fault) {
      void message.error(errorText(fault));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const save = async (policy: Policy) => {
    const input: CallInput<'policies.save'> = { policy };
    if (await run(() => call('policies.save', input))) {
      setEditing(null);
      void message.success(t('policySaved'));
    }
  };
  /** Drops the consultancy's own text, with a way back. */
  const reset = async ({ policy }: Listed) => {
    if (!(await run(() => call('policies.reset', { id: policy.id })))) return;
    const key = `policy ${policy.id}`;
    void message.open({
      key,
      type: 'success',
      duration: 8,
      content: (
        <span>
          {t('policyDropped')}
          <Button
            type="link"
            size="small"
            onClick={() => {
              message.destroy(key);
              void run(() => call('policies.save', { policy }));
            }}
          >
            {t('plan:undo')}
          </Button>
        </span>
      ),
    });
  };

  const wanted = query.trim().toLowerCase();
  const shown = list?.filter(({ policy }) =>
    [policy.title.zh, policy.title.en, policy.region.zh, policy.document ?? '']
      .join(' ')
      .toLowerCase()
      .includes(wanted),
  );
  return (
    <section className="panel settings-part" aria-labelledby="settings-policies">
      <div className="settings-head">
        <h2 id="settings-policies" tabIndex={-1}>
          {t('policies')}
        </h2>
        <span className="settings-tools">
          <Input.Search
            allowClear
            className="policy-search"
            aria-label={t('policySearch')}
            placeholder={t('policySearch')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <Button icon={<PlusOutlined />} onClick={() => setEditing({ policy: blankPolicy(), isNew: true })}>
            {t('policyAdd')}
          </Button>
        </span>
      </div>
      <p className="muted">{t('policiesText')}</p>
      {error ? <ErrorView error={error} onRetry={() => void load()} /> : null}
      {!list && !error && <Skeleton active />}
      {shown?.length === 0 && <p className="muted">{t('noPolicyFound')}</p>}
      <ul className="pack-list policy-list">
        {shown?.map((listed) => {
          const { policy, origin, overrides, hidden } = listed;
          return (
            <li key={policy.id} data-policy={policy.id} className={hidden ? 'policy-hidden' : undefined}>
              <span className="policy-name">
                <strong>{pick(policy.title)}</strong>{' '}
                <span className={`tag tag-small tag-${policy.confirmed ? 'met' : 'unknown'}`}>
                  {t(policy.confirmed ? 'plan:confirmed' : 'plan:toConfirm')}
                </span>{' '}
                {origin !== 'product' && (
                  <span className="tag tag-small tag-manual">
                    {t(overrides ? 'policyChanged' : `policyOrigin.${origin}`)}
                  </span>
                )}
                {hidden && <span className="tag tag-small tag-not_applicable">{t('policyHidden')}</span>}
                <span className="muted policy-about">
                  {[
                    t(`plan:policy.${policy.category}`),
                    pick(policy.region),
                    policy.document,
                    policy.to && t('policyUntil', { day: policy.to }),
                  ]
                    .filter(Boolean)
                    .join(' \u00b7 ')}
                </span>
              </span>
              <GradeTag grade={policy.source.grade} />
              <span className="policy-buttons">
                {origin === 'own' && (
                  <Tooltip title={t(overrides ? 'policyReset' : 'policyRemove')}>
                    <Button
                      type="text"
                      size="small"
                      icon={<UndoOutlined />}
                      disabled={busy}
                      aria-label={`${t(overrides ? 'policyReset' : 'policyRemove')} ${pick(policy.title)}`}
                      onClick={() => void reset(listed)}
                    />
                  </Tooltip>
                )}
                <Tooltip title={t(hidden ? 'policyShow' : 'policyHide')}>
                  <Button
                    type="text"
                    size="small"
                    icon={hidden ? <EyeOutlined /> : <EyeInvisibleOutlined />}
                    disabled={busy}
                    aria-label={`${t(hidden ? 'policyShow' : 'policyHide')} ${pick(policy.title)}`}
                    onClick={() => void run(() => call('policies.hide', { id: policy.id, hidden: !hidden }))}
                  />
                </Tooltip>
                <Button
                  type="text"
                  size="small"
                  icon={<EditOutlined />}
                  aria-label={`${t('policyEdit')} ${pick(policy.title)}`}
                  onClick={() => setEditing({ policy, isNew: false })}
                />
              </span>
            </li>
          );
        })}
      </ul>
      {editing && (
        <PolicyForm
          key={editing.policy.id}
          policy={editing.policy}
          isNew={editing.isNew}
          busy={busy}
          onSave={(policy) => void save(policy)}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}
