import { describe, expect, test } from 'vitest';
import type { EnterpriseFile } from '../../electron/library/shapes.ts';
import { calendarOf, filingsBelow } from '../../electron/plan/calendar.ts';
import { aimOf } from '../../electron/plan/gaps.ts';
import { checklistOf, routesOf } from '../../electron/plan/materials.ts';
import { hidesAmount, shownPolicy } from '../../electron/plan/policy-text.ts';
import type { AttachedFile } from '../../electron/plan/proof-places.ts';
import type { PlanContent } from '../../electron/plan/shapes.ts';
import { champion, diagnosisOf, firm, policies, struggling } from './plan-fixture.ts';

const champ = champion();
const aim = aimOf(diagnosisOf(champ), 3)!;
const title = { ...champ.titles[1]!, name: '专精特新中小企业' };
const ask = (more: Partial<Parameters<typeof calendarOf>[0]>) =>
  calendarOf({ aim, targetYear: 2027, titles: [], today: '2026-11-24', ...more });

describe('the calendar', () => {
  test('has the day of a window that was announced, and only a guide for the next year', () => {
    const known = ask({ targetYear: 2026, today: '2026-03-01' }).find((e) => e.kind === 'window');
    expect(known).toMatchObject({ date: '2026-04-25', until: '2026-05-25', certainty: 'set' });
    expect(known?.source?.zh).toContain('117号');
    const guide = ask({}).find((e) => e.kind === 'window');
    expect(guide).toMatchObject({ date: '2027', until: null, certainty: 'guide' });
    expect(guide?.says.zh).toContain('2026年为4月25日至5月25日');
    const open = ask({ targetYear: 2029 }).find((e) => e.kind === 'window');
    expect(open).toMatchObject({ date: '2029', until: null, certainty: 'unknown', source: null });
  });

  test('takes the end of a title from the file; where only its beginning is known it is computed and says so', () => {
    const said = ask({ titles: [title] }).filter((e) => e.kind === 'expiry');
    expect(said).toEqual([expect.objectContaining({ date: '2028-02-29', certainty: 'set' })]);
    const [computed] = ask({ titles: [{ ...title, expiresOn: null }] }).filter((e) => e.kind === 'expiry');
    expect(computed).toMatchObject({ date: '2028-03-01', certainty: 'computed' });
    expect(computed?.says.zh).toContain('推算');
    const [unknown] = ask({ titles: [{ ...title, expiresOn: null, issuedOn: null }] }).filter(
      (e) => e.kind === 'expiry',
    );
    expect(unknown).toMatchObject({ date: null, certainty: 'unknown' });
    // The rule says three years for these titles and nothing of others.
    const [other] = ask({ titles: [{ ...title, kind: 'single_champion', expiresOn: null }] }).filter(
      (e) => e.kind === 'expiry',
    );
    expect(other).toMatchObject({ date: null, certainty: 'unknown' });
  });

  test('asks for a review before the end, on no invented day', () => {
    const [review] = ask({ titles: [title] }).filter((e) => e.kind === 'review');
    expect(review).toMatchObject({ date: '2028', certainty: 'unknown' });
    expect(review?.says.zh).toContain('2028年2月29日');
    const ended = ask({ titles: [{ ...title, expiresOn: '2025-02-28' }] });
    expect(ended.filter((e) => e.kind === 'review')).toEqual([]);
    expect(ended.find((e) => e.kind === 'expiry')?.says.zh).toContain('已过');
  });

  test('has the yearly update by 31 May while a title is held, and none for a firm without one', () => {
    const updates = (more: object) => ask(more).flatMap((e) => (e.kind === 'update' ? [e.date] : []));
    expect(updates({ titles: [title], targetYear: 2029 })).toEqual(['2027-05-31']);
    expect(updates({ titles: [{ ...title, expiresOn: '2030' }], targetYear: 2028 })).toEqual([
      '2027-05-31',
      '2028-05-31',
    ]);
    expect(updates({ titles: [] })).toEqual([]);
    expect(updates({ titles: [{ ...title, kind: 'hightech' as const }] })).toEqual([]);
    // Before the measure of 2026 the day was another one.
    expect(updates({ titles: [title], today: '2025-01-10', targetYear: 2026 })).toEqual(['2026-05-31']);
  });

  test('guides by the last announced window, two years back at most', () => {
    const at = (targetYear: number) => ask({ targetYear }).find((e) => e.kind === 'window');
    expect(at(2028)).toMatchObject({ date: '2028', certainty: 'guide' });
    expect(at(2028)?.says.zh).toContain('2026年为4月25日至5月25日');
    expect(at(2029)?.certainty).toBe('unknown');
  });

  test('an award that never ends is no matter of the calendar; a title without an end is', () => {
    const open = { ...title, expiresOn: null, issuedOn: null };
    expect(ask({ titles: [{ ...open, kind: 'other' }] }).filter((e) => e.kind === 'expiry')).toEqual([]);
    expect(ask({ titles: [{ ...open, kind: 'hightech' }] }).filter((e) => e.kind === 'expiry')).toHaveLength(
      1,
    );
  });

  test('at the turn of the year each day belongs to its own year', () => {
    const held = { titles: [{ ...title, expiresOn: '2027-12-31' }], targetYear: 2027 };
    const days = (today: string) => ask({ ...held, today }).map((e) => `${e.kind} ${e.date}`);
    const turn = ['update 2027-05-31', 'review 2027', 'window 2027', 'expiry 2027-12-31'];
    expect(days('2026-12-31').sort()).toEqual([...turn].sort());
    expect(days('2027-01-01').sort()).toEqual([...turn].sort());
    expect(days('2027-05-31')).toContain('update 2027-05-31');
    expect(days('2027-06-01').filter((d) => d.startsWith('update'))).toEqual([]);
    expect(ask({ ...held, today: '2027-12-31' }).find((e) => e.kind === 'expiry')?.says.zh).not.toContain(
      '已过',
    );
    expect(ask({ ...held, today: '2028-01-01' }).find((e) => e.kind === 'expiry')?.says.zh).toContain('已过');
  });

  test('has the application of the rung between as well', () => {
    const diagnosis = diagnosisOf(struggling());
    const content = {
      targetRung: 3,
      items: [
        { id: 'file-2', why: 'close', start: '2028-01', due: '2028-05' },
        { id: 'file-3', why: 'close', start: '2029-01', due: '2029-05' },
      ],
    } as unknown as PlanContent;
    const windows = ask({ targetYear: 2029, below: filingsBelow(content, diagnosis) }).filter(
      (e) => e.kind === 'window',
    );
    expect(windows.map((e) => [e.date, e.title.zh])).toEqual([
      ['2028', '申报专精特新中小企业'],
      ['2029', '申报专精特新“小巨人”企业'],
    ]);
  });

  test('is in the order of days', () => {
    const dates = ask({ titles: [title, { ...title, kind: 'innovative', expiresOn: '2027-03' }] }).map(
      (e) => [e.kind, e.date],
    );
    expect(dates).toEqual([
      ['review', '2027'],
      ['expiry', '2027-03'],
      ['update', '2027-05-31'],
      ['window', '2027'],
      ['review', '2028'],
      ['expiry', '2028-02-29'],
    ]);
  });
});

describe('the papers of an application', () => {
  /** A file attached at a place. */
  const at = (entity: AttachedFile['entity'], entityId: string, name: string): AttachedFile => ({
    id: `${entity} ${entityId} ${name}`,
    name,
    entity,
    entityId,
    state: 'there',
  });
  const papers = (
    file: EnterpriseFile,
    rung: number | undefined,
    evidence: AttachedFile[] = [],
    marks: Parameters<typeof checklistOf>[0]['marks'] = [],
  ) => {
    const diagnosis = diagnosisOf(file);
    return checklistOf({ aim: aimOf(diagnosis, rung)!, diagnosis, file, evidence, marks });
  };
  const paper = (list: ReturnType<typeof papers>, id: string) => list.materials.find((m) => m.id === id);

  test('are those of the published list for a little giant, ready where a file shows every fact', () => {
    const none = papers(champ, 3);
    expect(none.document?.zh).toContain('小巨人');
    expect(paper(none, 'list-audit')).toMatchObject({ state: 'missing', byHand: false });
    expect(paper(none, 'list-audit')?.says.zh).toContain('营业收入');
    // No award is known, so its proof is not asked for.
    expect(paper(none, 'list-award')).toBeUndefined();
    // The title is stated as documented; without the file that is not ready.
    expect(paper(none, 'fact-title_srdi_valid')?.state).toBe('partly');
    expect(paper(none, 'fact-title_srdi_valid')?.says.zh).toContain('未附文件');

    const audits = ['2025', '2024', '2023'].map((year) => at('figure', year, `审计报告${year}.pdf`));
    const half = papers(champ, 3, audits.slice(0, 1));
    expect(paper(half, 'list-audit')?.state).toBe('partly');
    expect(paper(half, 'list-audit')?.says.zh).toContain('审计报告2025.pdf');
    const all = papers(champ, 3, audits);
    expect(paper(all, 'list-audit')).toMatchObject({ state: 'ready' });
    expect(paper(all, 'list-audit')?.says).toEqual({
      zh: '佐证文件：审计报告2025.pdf、审计报告2024.pdf、审计报告2023.pdf。',
      en: 'Shown by: 审计报告2025.pdf, 审计报告2024.pdf, 审计报告2023.pdf.',
    });
    // A file that has gone from the disk shows nothing.
    const gone = papers(champ, 3, [{ ...audits[0]!, state: 'gone' }, ...audits.slice(1)]);
    expect(paper(gone, 'list-audit')?.state).toBe('partly');
    expect(paper(gone, 'list-audit')?.says.zh).toContain('找不到');
  });

  test('are shown by files where they belong: the answer, the title, the right, the enterprise', () => {
    const srdi = champ.titles.find(({ kind }) => kind === 'srdi')!;
    const list = papers(champ, 3, [
      at('title', srdi.id, '公告.pdf'),
      at('fact', 'market_share_domestic', '占有率说明.docx'),
      at('fact', `eval_score@2026`, '得分截图.png'),
      at('enterprise', champ.enterprise.id, '小巨人申请书（盖章）.pdf'),
      at('enterprise', champ.enterprise.id, '合影.jpg'),
    ]);
    for (const id of ['fact-title_srdi_valid', 'list-share', 'list-score', 'list-form'])
      expect(paper(list, id), id).toMatchObject({ state: 'ready' });
    expect(paper(list, 'list-form')?.proofs[0]?.files.map(({ name }) => name)).toEqual([
      '小巨人申请书（盖章）.pdf',
    ]);
    expect(paper(list, 'list-pledge')?.state).toBe('missing');
    expect(paper(list, 'list-licence')?.proofs[0]?.place).toEqual({
      entity: 'fact',
      entityId: 'established_in_prc',
    });
  });

  test('differ by tier and by route of the same tier; each has a place for every file that is missing', () => {
    const diagnosis = diagnosisOf(struggling());
    const routes = routesOf(diagnosis);
    expect(new Set(routes.map(({ rung }) => rung))).toEqual(new Set([1, 2, 3]));
    const lists = routes.map((route) => {
      const aim = aimOf(diagnosis, route.rung, route)!;
      expect(aim.route).toMatchObject({ standard: route.standard, tier: route.tier });
      return checklistOf({ aim, diagnosis, file: struggling(), evidence: [], marks: [] });
    });
    const ids = lists.map(({ materials }) => materials.map(({ id }) => id).join(' '));
    expect(new Set(ids).size).toBe(ids.length);
    expect(routes.filter(({ rung }) => rung === 1).length).toBeGreaterThan(1);
    for (const { materials } of lists)
      for (const { proofs, state } of materials)
        if (state !== 'ready') expect(proofs.every(({ place }) => place.entityId !== '')).toBe(true);
  });

  test('follow the conditions where no list is known, and say so; the mark of a person wins', () => {
    const list = papers(struggling(), 2, [], [{ id: 'fact-revenue_y1_wan', state: 'ready' }]);
    expect(list.document).toBeNull();
    expect(list.note.zh).toContain('没有查到');
    expect(paper(list, 'fact-revenue_y1_wan')).toMatchObject({ state: 'ready', byHand: true });
    expect(new Set(list.materials.map((m) => m.id)).size).toBe(list.materials.length);
    expect(list.materials.every((m) => m.for.length > 0)).toBe(true);
  });

  test('of a firm nobody knows are all missing', () => {
    const { materials } = papers(firm({ name: '空' }), undefined);
    expect(materials.length).toBeGreaterThan(3);
    expect(materials.filter((m) => m.state !== 'missing')).toEqual([]);
  });
});

test('an amount nobody confirmed is not shown', () => {
  const open = {
    ...policies[0]!,
    confirmed: false,
    content: { zh: '奖励50万元', en: 'a reward of CNY 500,000' },
  };
  expect(hidesAmount(open)).toBe(true);
  expect(JSON.stringify(shownPolicy(open).content)).not.toMatch(/50/);
  expect(shownPolicy({ ...open, confirmed: true }).content.zh).toBe('奖励50万元');
  for (const policy of policies.filter((p) => !p.confirmed))
    expect(hidesAmount(policy), policy.id).toBe(false);
});
