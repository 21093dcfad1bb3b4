import type { DocumentInput } from '../plan/document-model.ts';
import type { Made } from '../plan/typeset.ts';

/** Previews of a plan under work in a row, each laid out anew only where it was edited. */
const EDITS = 4;

/** Makes plans into PDFs. The typesetter is large, so it is only loaded when the first plan is wanted. */
export interface Documents {
  /** Throws PlanFault. */
  render(input: DocumentInput): Promise<Uint8Array>;
  /** The same, with the characters that no font has a glyph for. Throws PlanFault. */
  renderNoted(input: DocumentInput): Promise<Made>;
  /** Starts the typesetter ahead of the first document. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** What makes the plan's documents from the product's templates and fonts. */
export function documentsIn(resourcesDir: string): Documents {
  type Renderer = Documents;
  let renderer: Promise<Renderer> | undefined;
  const started = () => {
    renderer ??= import('../plan/renderer.ts').then(
      ({ PlanRenderer }) => new PlanRenderer(resourcesDir, { afresh: EDITS }),
    );
    return renderer;
  };
  return {
    async render(input) {
      return (await started()).render(input);
    },
    async renderNoted(input) {
      return (await started()).renderNoted(input);
    },
    async warm() {
      await (await started()).warm();
    },
    async close() {
      await (await renderer)?.close();
    },
  };
}
