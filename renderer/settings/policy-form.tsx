import { Button, Checkbox, Drawer, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';

export type Policy = CallOutput<'policies.list'>[number]['policy'];

const categories = ['tax', 'fund', 'finance', 'talent', 'digital', 'market'] as const;
const grades = ['gov', 'reprint', 'secondary', 'memory'] as const;
const ISO = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** What keeps a policy from being saved: the names of its fields. */
function problemsOf(policy: Policy): Set<string> {
  const wrong = new Set<string>();
  if (!policy.title.zh.trim()) wrong.add('title');
  if (!policy.content.zh.trim()) wrong.add('content');
  if (!policy.region.zh.trim()) wrong.add('region');
  if (policy.source.refs.length === 0) wrong.add('refs');
  if (!ISO.test(policy.source.checked)) wrong.add('checked');
  if (policy.from && !ISO.test(policy.from)) wrong.add('from');
  if (policy.to && !ISO.test(policy.to)) wrong.add('to');
  return wrong;
}

/** Texts without an English edition take the Chinese one, so that nothing is missing from the English paper. */
function filled(policy: Policy): Policy {
  const text = (value: Policy['title']) => ({ zh: value.zh.trim(), en: value.en.trim() || value.zh.trim() });
  return {
    ...policy,
    title: text(policy.title),
    content: text(policy.content),
    region: text(policy.region),
    document: policy.document?.trim() || null,
    from: policy.from || null,
    to: policy.to || null,
  };
}

/** One policy to be edited: its text in both languages, whom it is for, and where it is from. */
export function PolicyForm(props: {
  policy: Policy;
  isNew: boolean;
  busy: boolean;
  onSave(policy: Policy): void;
  onClose(): void;
}) {
  const { t } = useTranslation(['settings', 'plan', 'common']);
  const [policy, setPolicy] = useState(props.policy);
  const [tried, setTried] = useState(false);
  const wrong = problemsOf(policy);
  const set = (changes: Partial<Policy>) => setPolicy((old) => ({ ...old, ...changes }));
  const source = (changes: Partial<Policy['source']>) => set({ source: { ...policy.source, ...changes } });
  const problem = (name: string) =>
    tried && wrong.has(name) ? (
      <span className="field-problem" role="alert">
        {t(['from', 'to', 'checked'].includes(name) ? 'policyDate' : 'policyNeeded')}
      </span>
    ) : null;
  const text = (name: 'title' | 'content' | 'region', rows: number) => (
    <>
      {(['zh', 'en'] as const).map((language) => (
        <span className="policy-field" key={language}>
          <label htmlFor={`policy-${name}-${language}`}>
            {t(`policyField.${name}`)} {'\u00b7'} {t(`plan:edition.${language}`)}
          </label>
          <Input.TextArea
            id={`policy-${name}-${language}`}
            rows={rows}
            maxLength={name === 'content' ? 2000 : 200}
            value={policy[name][language]}
            onChange={(event) => set({ [name]: { ...policy[name], [language]: event.target.value } })}
          />
          {language === 'zh' && problem(name)}
        </span>
      ))}
    </>
  );
  const day = (name: 'from' | 'to') => (
    <span className="policy-field">
      <label htmlFor={`policy-${name}`}>{t(`policyField.${name}`)}</label>
      <Input
        id={`policy-${name}`}
        type="date"
        value={policy[name] ?? ''}
        onChange={(event) => set({ [name]: event.target.value || null })}
      />
      {problem(name)}
    </span>
  );
  return (
    <Drawer
      open
      size={620}
      title={t(props.isNew ? 'policyNew' : 'policyEdit')}
      onClose={props.onClose}
      footer={
        <Button
          type="primary"
          loading={props.busy}
          onClick={() => {
            setTried(true);
            if (wrong.size === 0) props.onSave(filled(policy));
          }}
        >
          {t('policySave')}
        </Button>
      }
    >
      <div className="policy-form">
        <span className="policy-field">
          <label htmlFor="policy-category">{t('policyField.category')}</label>
          <Select
            id="policy-category"
            value={policy.category}
            options={categories.map((value) => ({ value, label: t(`plan:policy.${value}`) }))}
            onChange={(category) => set({ category })}
          />
        </span>
        {text('title', 1)}
        {text('content', 3)}
        {text('region', 1)}
        <span className="policy-field">
          <span>{t('policyField.rungs')}</span>
          <Checkbox.Group
            value={policy.rungs}
            options={([1, 2, 3] as const).map((value) => ({ value, label: t(`common:tier.${value}`) }))}
            onChange={(rungs) => set({ rungs: rungs as Policy['rungs'] })}
          />
          <span className="muted">{t('policyAnyRung')}</span>
        </span>
        <span className="policy-field">
          <label htmlFor="policy-document">{t('policyField.document')}</label>
          <Input
            id="policy-document"
            maxLength={200}
            value={policy.document ?? ''}
            onChange={(event) => set({ document: event.target.value })}
          />
        </span>
        <div className="policy-days">
          {day('from')}
          {day('to')}
        </div>
        <span className="policy-field">
          <span>
            <Switch
              aria-label={t('policyField.confirmed')}
              checked={policy.confirmed}
              onChange={(confirmed) => set({ confirmed })}
            />{' '}
            {t('policyField.confirmed')}
          </span>
          <span className="muted">{t('policyConfirmedHint')}</span>
        </span>
        <span className="policy-field">
          <label htmlFor="policy-refs">{t('policyField.refs')}</label>
          <Input
            id="policy-refs"
            maxLength={300}
            value={policy.source.refs.join('; ')}
            onChange={(event) => source({ refs: event.target.value.trim() ? [event.target.value] : [] })}
          />
          {problem('refs')}
        </span>
        <div className="policy-days">
          <span className="policy-field">
            <label htmlFor="policy-grade">{t('policyField.grade')}</label>
            <Select
              id="policy-grade"
              value={policy.source.grade}
              options={grades.map((value) => ({ value, label: t(`common:grade.${value}`) }))}
              onChange={(grade) => source({ grade })}
            />
          </span>
          <span className="policy-field">
            <label htmlFor="policy-checked">{t('policyField.checked')}</label>
            <Input
              id="policy-checked"
              type="date"
              value={policy.source.checked}
              onChange={(event) => source({ checked: event.target.value })}
            />
            {problem('checked')}
          </span>
        </div>
      </div>
    </Drawer>
  );
}
