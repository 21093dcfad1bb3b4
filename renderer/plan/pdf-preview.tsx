import { MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented, Select, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { WordingChoice } from '../wording/wording-choice.tsx';
import { useChosenWords } from '../wording/wording-store.ts';
import { LAYOUTS, type Layout, setPaper, usePaper, usePaperLanguage } from './paper-store.ts';
import { openPdf, type PDFDocumentProxy } from './pdf-document.ts';
import { PdfPages, type ShownPdf, shownPdf } from './pdf-pages.tsx';
import { usePlan } from './plan-store.ts';
import type { Language } from './plan-text.ts';

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
/** After the last keystroke, in milliseconds: what is typed is shown before it is stored. */
const SETTLE = 60;

interface Shown extends ShownPdf {
  language: Language;
  layout: Layout;
  missing: readonly string[];
}

/** One at a time: of what is asked for meanwhile only the last is done, so that nothing queues up before an export. */
function onlyNewest() {
  let busy = false;
  let next: (() => Promise<void>) | null = null;
  return async function run(work: () => Promise<void>): Promise<void> {
    if (busy) {
      next = work;
      return;
    }
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
      const waiting = next;
      next = null;
      if (waiting) void run(waiting);
    }
  };
}

/** The plan as the PDF that will be written, redrawn after edits without losing the place. */
export function PdfPreview({ planId }: { planId: string }) {
  const language = usePaperLanguage();
  const layout = usePaper((state) => state.layout);
  const { t } = useTranslation(['plan', 'paper']);
  const content = usePlan((state) => (state.plan?.id === planId ? state.plan.content : undefined));
  const version = usePlan((state) => state.plan?.version);
  const words = useChosenWords();
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [zoom, setZoom] = useState(1);
  const [again, setAgain] = useState(0);
  const newest = useRef(onlyNewest());
  const last = useRef<{ planId: string; document: PDFDocumentProxy } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version`, `words` and `again` are reasons to look again
  useEffect(() => {
    let current = true;
    const load = async () => {
      if (!current) return;
      setBusy(true);
      try {
        const { pdf, suggestedName, missing } = await call('plan.render', {
          id: planId,
          locale: language,
          layout,
          content,
        });
        if (!current) return;
        const document = await openPdf(pdf);
        if (!current) {
          void document.loadingTask.destroy();
          return;
        }
        const fresh = await shownPdf(document);
        const before = last.current?.document;
        last.current = { planId, document };
        setShown({ ...fresh, language, layout, missing });
        setPaper({ name: { planId, language, layout, name: suggestedName } });
        setError(null);
        void before?.loadingTask.destroy();
      } catch (fault) {
        if (current) setError(fault);
      } finally {
        if (current) setBusy(false);
      }
    };
    const timer = setTimeout(() => void newest.current(load), last.current ? SETTLE : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [planId, language, layout, content, version, words, again]);

  useEffect(
    () => () => {
      void last.current?.document.loadingTask.destroy();
      last.current = null;
    },
    [],
  );

  const step = (by: 1 | -1) => setZoom(zooms[zooms.indexOf(zoom) + by] ?? zoom);
  return (
    <section
      className="pdf-preview"
      aria-label={t('previewTitle')}
      data-pages={shown?.document.numPages ?? 0}
      data-edition={shown?.language}
      data-layout={shown?.layout}
    >
      <header>
        <Segmented<Language>
          size="small"
          aria-label={t('editionOf')}
          value={language}
          options={[
            { value: 'zh', label: t('edition.zh') },
            { value: 'en', label: t('edition.en') },
          ]}
          onChange={(chosen) => setPaper({ language: chosen })}
        />
        <Select<Layout>
          size="small"
          className="pdf-layout"
          aria-label={t('paper:layoutOf')}
          value={layout}
          options={LAYOUTS.map((value) => ({ value, label: t(`paper:layout.${value}`) }))}
          onChange={(chosen) => setPaper({ layout: chosen })}
        />
        <WordingChoice />
        <span className="muted">{shown && t('pages', { pages: shown.document.numPages })}</span>
        {busy && <Spin size="small" />}
        <span className="pdf-zoom">
          <Button
            type="text"
            size="small"
            icon={<MinusOutlined />}
            aria-label={t('zoomOut')}
            disabled={zoom === zooms[0]}
            onClick={() => step(-1)}
          />
          <span className="num">{`${Math.round(zoom * 100)}%`}</span>
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t('zoomIn')}
            disabled={zoom === zooms.at(-1)}
            onClick={() => step(1)}
          />
        </span>
      </header>
      {shown && shown.missing.length > 0 && (
        <Alert
          type="warning"
          banner
          showIcon
          title={t('paper:missing', { list: shown.missing.slice(0, 20).join(' ') })}
        />
      )}
      {error ? <ErrorView error={error} onRetry={() => setAgain(again + 1)} /> : null}
      <PdfPages shown={shown} zoom={zoom} waiting={error ? null : t('rendering')} />
    </section>
  );
}
