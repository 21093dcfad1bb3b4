import { Segmented, Select, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import '../plan/plan.css';
import { LAYOUTS, type Layout } from '../plan/paper-store.ts';
import { openPdf, type PDFDocumentProxy } from '../plan/pdf-document.ts';
import { PdfPage } from '../plan/pdf-page.tsx';
import type { Language } from '../plan/plan-text.ts';
import type { Words } from './wording-store.ts';

/** After the last keystroke, in milliseconds. */
const SETTLE = 150;

/** The words as they stand on paper while they are typed, on the plan of a sample enterprise. */
export function WordingExample(props: { words: Words; language: Language; onLanguage(to: Language): void }) {
  const { words, language } = props;
  const { t } = useTranslation(['wording', 'plan', 'paper']);
  const [layout, setLayout] = useState<Layout>('full');
  const [shown, setShown] = useState<{ document: PDFDocumentProxy; shape: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState(0);
  const last = useRef<PDFDocumentProxy | null>(null);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      async () => {
        setBusy(true);
        try {
          const { pdf } = await call('wording.example', { words, locale: language, layout });
          const document = current ? await openPdf(pdf) : null;
          if (!document) return;
          if (!current) {
            void document.loadingTask.destroy();
            return;
          }
          const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
          const before = last.current;
          last.current = document;
          setShown({ document, shape: height / width });
          setError(null);
          void before?.loadingTask.destroy();
        } catch (fault) {
          if (current) setError(fault);
        } finally {
          if (current) setBusy(false);
        }
      },
      last.current ? SETTLE : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words, language, layout]);

  useEffect(
    () => () => {
      void last.current?.loadingTask.destroy();
      last.current = null;
    },
    [],
  );

  useEffect(() => {
    if (!root) return;
    const observer = new ResizeObserver(() => setRoom(root.clientWidth));
    observer.observe(root);
    return () => observer.disconnect();
  }, [root]);

  return (
    <section
      className="wording-example"
      aria-label={t('example')}
      data-pages={shown?.document.numPages ?? 0}
      data-layout={layout}
    >
      <header>
        <Segmented<Language>
          size="small"
          aria-label={t('plan:editionOf')}
          value={language}
          options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={props.onLanguage}
        />
        <Select<Layout>
          size="small"
          className="pdf-layout"
          aria-label={t('paper:layoutOf')}
          value={layout}
          options={LAYOUTS.map((value) => ({ value, label: t(`paper:layout.${value}`) }))}
          onChange={setLayout}
        />
        {busy && <Spin size="small" />}
        <span className="muted wording-note">{t('exampleText')}</span>
      </header>
      {error ? <ErrorView error={error} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the pages are scrolled with the keyboard */}
      <div className="pdf-pages" ref={setRoot} tabIndex={0}>
        {!shown && !error && <p className="pdf-wait muted">{t('plan:rendering')}</p>}
        {shown &&
          Array.from({ length: shown.document.numPages }, (_, at) => (
            <PdfPage
              // biome-ignore lint/suspicious/noArrayIndexKey: pages are their numbers
              key={at}
              document={shown.document}
              number={at + 1}
              width={Math.max(room - 24, 100)}
              shape={shown.shape}
              root={root}
            />
          ))}
      </div>
    </section>
  );
}
