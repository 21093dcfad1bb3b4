import { getEnterprise } from './enterprises.ts';
import { listFacts } from './facts.ts';
import { listFigures } from './figures.ts';
import { listIpRights } from './ip-rights.ts';
import { type Db, prepared } from './open.ts';
import type { EnterpriseFile } from './shapes.ts';
import { listTitles } from './titles.ts';

/** Everything the library holds of one enterprise. Throws a Refusal (not-found). */
export function readFile(db: Db, id: string): EnterpriseFile {
  const enterprise = getEnterprise(db, id);
  const row = prepared(db, 'SELECT remarks FROM enterprise WHERE id = ?').get(id);
  return {
    enterprise,
    figures: listFigures(db, id),
    facts: listFacts(db, id),
    titles: listTitles(db, id),
    ipRights: listIpRights(db, id),
    remarks: JSON.parse(String(row?.remarks)) as EnterpriseFile['remarks'],
  };
}
