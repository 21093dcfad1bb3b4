import type { DocumentInput } from '../plan/document-model.ts';

/** Makes plans into PDFs. The typesetter is large, so it is only loaded when the first plan is wanted. */
export interface Documents {
  /** Throws PlanFault. */
  render(input: DocumentInput): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function documentsIn(resourcesDir: string): Documents {
  type Renderer = Documents;
  let renderer: Promise<Renderer> | undefined;
  return {
    async render(input) {
      renderer ??= import('../plan/renderer.ts').then(({ PlanRenderer }) => new PlanRenderer(resourcesDir));
      return (await renderer).render(input);
    },
    async close() {
      await (await renderer)?.close();
    },
  };
}
