import { join } from 'node:path';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { createPlanContent } from '../../electron/plan/choose.ts';
import type { DocumentInput } from '../../electron/plan/document-model.ts';
import { diagnosisOf, documentOf, measures, settings, today, wayOf } from '../plan/plan-fixture.ts';
import { generate } from './generate.ts';

/** Plans of so many synthetic firms, no two alike, as the service would print them. */
export async function planDocuments(folder: string, count: number): Promise<DocumentInput[]> {
  const db = await openLibrary(join(folder, 'documents.sqlite'), new Date(`${today}T00:00:00Z`));
  try {
    generate(db, count, 20_261_124, 2025);
    const ids = db.prepare('SELECT id FROM enterprise ORDER BY id').pluck().all() as string[];
    return ids.map((id) => {
      const file = readFile(db, id);
      const diagnosis = diagnosisOf(file);
      const content = createPlanContent({
        diagnosis,
        file,
        settings,
        measures,
        today,
        way: wayOf(diagnosis),
      });
      return documentOf(file, 'zh', { content });
    });
  } finally {
    closeLibrary(db);
  }
}
