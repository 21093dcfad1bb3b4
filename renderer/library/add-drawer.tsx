import { Alert, App, AutoComplete, Button, Drawer, Form, Input, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../api.ts';
import { isAhead, parseLooseDate } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { pick } from '../i18n/i18n.ts';
import { stopAdding, useCommands } from '../state/commands.ts';
import { dropDraft, keepDraft, takeDraft } from '../state/drafts.ts';
import { go } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { IndustryPicker } from './industry-picker.tsx';
import { checkUscc, usccNote, useUsccNote } from './use-uscc-note.ts';

const blank = {
  name: '',
  uscc: '',
  district: '',
  industry: { industrySection: null as string | null, industryDivision: null as string | null },
  niche: '',
  foundedOn: '',
};
type Entered = typeof blank;
type Problems = Partial<Record<keyof Entered, string>>;

/** What was typed here when the application stopped. */
const DRAFT = 'form add';

const orNull = (text: string) => text.trim() || null;

/** The field a refusal of the service is about, so that its message stands there. */
function fieldOf(error: unknown): keyof Entered | null {
  if (!(error instanceof CallError)) return null;
  const named =
    `${error.error.details?.field ?? error.error.details?.path ?? ''} ${error.error.key}`.toLowerCase();
  const fields: (keyof Entered)[] = ['uscc', 'foundedOn', 'district', 'niche', 'name'];
  return fields.find((field) => named.includes(field.toLowerCase())) ?? null;
}

/** The form for a new enterprise: only the name is needed; Enter saves. */
export function AddDrawer() {
  const { t } = useTranslation(['library', 'safety']);
  const { message } = App.useApp();
  const open = useCommands((state) => state.adding);
  const reference = useReference((state) => state.reference);
  const [entered, setEntered] = useState(blank);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [usccDone, setUsccDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [restored, setRestored] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const draft = takeDraft(DRAFT) as Partial<Entered> | undefined;
    setEntered({ ...blank, ...draft });
    setRestored(draft !== undefined);
    setProblems({});
    setFailure(null);
    setUsccDone(false);
  }, [open]);

  const set = (change: Partial<Entered>) => {
    setEntered((before) => ({ ...before, ...change }));
    keepDraft(DRAFT, { ...entered, ...change });
    setProblems((before) => ({
      ...before,
      ...Object.fromEntries(Object.keys(change).map((key) => [key, undefined])),
    }));
  };
  const close = () => {
    dropDraft(DRAFT);
    stopAdding();
  };
  const note = useUsccNote(entered.uscc, usccDone, t);

  const save = async () => {
    const found: Problems = {};
    if (!entered.name.trim()) found.name = t('nameNeeded');
    if (entered.uscc.trim()) {
      // A failed question stops nothing: the library checks the code again when it is stored.
      const check = await checkUscc(entered.uscc.trim()).catch(() => null);
      const uscc = check && usccNote(check, true, t);
      if (uscc?.tone === 'error') found.uscc = uscc.text;
    }
    const foundedOn = parseLooseDate(entered.foundedOn);
    if (foundedOn === undefined) found.foundedOn = t('badDate');
    else if (foundedOn && isAhead(foundedOn)) found.foundedOn = t('aheadDate');
    setProblems(found);
    setUsccDone(true);
    setFailure(null);
    const first = Object.keys(found)[0];
    if (first) {
      form.current?.querySelector<HTMLElement>(`#add-${first}`)?.focus();
      return;
    }
    setBusy(true);
    try {
      const made = await call('enterprise.create', {
        name: entered.name.trim(),
        uscc: orNull(entered.uscc),
        district: orNull(entered.district),
        ...entered.industry,
        niche: orNull(entered.niche),
        foundedOn,
      });
      close();
      message.success(t('added', { name: made.name }));
      go({ screen: 'enterprise', id: made.id, tab: 'walk' });
    } catch (error) {
      const field = fieldOf(error);
      if (field) setProblems({ [field]: errorText(error) });
      else setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  const problem = (field: keyof Entered) =>
    problems[field]
      ? ({ validateStatus: 'error', help: <span role="alert">{problems[field]}</span> } as const)
      : {};
  const usccStatus = note.tone === 'error' ? 'error' : note.tone === 'good' ? 'success' : undefined;
  return (
    <Drawer
      open={open}
      onClose={close}
      title={t('addTitle')}
      size={460}
      destroyOnHidden
      closable={{ 'aria-label': t('common:close') }}
      afterOpenChange={(isOpen) => isOpen && form.current?.querySelector<HTMLElement>('#add-name')?.focus()}
      footer={
        <Space>
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {t('saveNew')}
          </Button>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <span className="muted">{t('enterSaves')}</span>
        </Space>
      }
    >
      <div ref={form}>
        <Form layout="vertical" className="add-form" onFinish={() => void save()}>
          {restored && (
            <Alert type="info" showIcon title={t('safety:drafts.formRestored')} className="add-failure" />
          )}
          {failure ? (
            <Alert type="error" showIcon title={errorText(failure)} className="add-failure" />
          ) : null}
          <Form.Item label={t('field.name')} htmlFor="add-name" required {...problem('name')}>
            <Input
              id="add-name"
              maxLength={200}
              value={entered.name}
              onChange={(e) => set({ name: e.target.value })}
            />
          </Form.Item>
          <Form.Item
            label={t('field.uscc')}
            htmlFor="add-uscc"
            validateStatus={usccStatus}
            help={note.text || undefined}
            {...problem('uscc')}
          >
            <Input
              id="add-uscc"
              maxLength={32}
              value={entered.uscc}
              placeholder={t('usccPlaceholder')}
              onChange={(e) => set({ uscc: e.target.value })}
              onBlur={() => setUsccDone(true)}
            />
          </Form.Item>
          <Form.Item label={t('field.district')} htmlFor="add-district" {...problem('district')}>
            <AutoComplete
              id="add-district"
              value={entered.district}
              onChange={(district: string) => set({ district: (district ?? '').slice(0, 60) })}
              options={reference?.districts.map(({ name }) => ({
                value: name.zh,
                label: pick(name),
                search: name,
              }))}
              showSearch={{
                filterOption: (input, option) =>
                  `${option?.search.zh} ${option?.search.en}`.toLowerCase().includes(input.toLowerCase()),
              }}
            />
          </Form.Item>
          <Form.Item label={t('field.industry')} htmlFor="add-industry">
            <IndustryPicker
              id="add-industry"
              value={entered.industry}
              onChange={(industry) => set({ industry })}
            />
          </Form.Item>
          <Form.Item
            label={t('field.niche')}
            htmlFor="add-niche"
            extra={t('nicheHint')}
            {...problem('niche')}
          >
            <Input
              id="add-niche"
              maxLength={300}
              value={entered.niche}
              onChange={(e) => set({ niche: e.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('field.foundedOn')} htmlFor="add-foundedOn" {...problem('foundedOn')}>
            <Input
              id="add-foundedOn"
              maxLength={20}
              value={entered.foundedOn}
              placeholder={t('datePlaceholder')}
              onChange={(e) => set({ foundedOn: e.target.value })}
            />
          </Form.Item>
          <button type="submit" hidden>
            {t('common:saveButton')}
          </button>
        </Form>
      </div>
    </Drawer>
  );
}
