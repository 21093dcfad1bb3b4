import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { archiveEnterprise, createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import type { ListQuestion } from '../../electron/library/list-question.ts';
import { pinyinOf } from '../../electron/library/names.ts';
import { closeLibrary, type Db } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { listEnterprises, summarize } from '../../electron/library/search.ts';
import type { Profile } from '../../electron/library/shapes.ts';
import { putStanding, type Standing } from '../../electron/library/standing.ts';
import { write } from '../../electron/library/write.ts';
import { NOW, usccFor } from './scratch.ts';

const standing: Standing = {
  sizeClass: 'small',
  stage: 'growth',
  currentRung: 0,
  nextRung: 1,
  rungs: [{ rung: 1, verdict: 'unknown', reach: 'possible' }],
  counts: { met: 1, unmet: 0, unknown: 2, manual: 0 },
  rulesHash: 'h',
  goodUntil: '9999-12-31',
};

function add(
  db: Db,
  profiles: readonly (Partial<Profile> & {
    name: string;
    revenue?: number;
    archived?: boolean;
    standing?: Partial<Standing>;
  })[],
): void {
  let extra: Partial<Standing> | undefined;
  for (const { revenue, archived, standing: mine, ...profile } of profiles) {
    extra = mine;
    write(
      db,
      {
        action: 'x',
        actor: 'tester',
        now: NOW,
        after: (ids) => {
          for (const id of ids) putStanding(db, readFile(db, id), { ...standing, ...extra });
        },
      },
      (tx) => {
        const id = createEnterprise(tx, profile);
        if (revenue !== undefined)
          setFigures(tx, id, [
            { year: 2025, values: { revenue } },
            { year: 2026, values: { rdExpense: 1 } },
          ]);
        if (archived) archiveEnterprise(tx, id, true);
      },
    );
  }
}

let folder: string;
let db: Db;
const names = (question: ListQuestion) =>
  listEnterprises(db, { sort: 'name', ...question }).rows.map((row) => row.name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-search-'));
  db = await openLibrary(join(folder, 'library.sqlite'), NOW);
  add(db, [
    {
      name: '武汉兴图新科电子股份有限公司',
      shortName: '兴图新科',
      uscc: usccFor(7),
      mainProduct: '视频指挥系统',
      district: '洪山区',
      industryDivision: '39',
      revenue: 300,
    },
    {
      name: '重庆银行设备',
      mainProduct: 'ATM 100%国产_化',
      district: '江夏区',
      revenue: 100,
      standing: {
        currentRung: 2,
        nextRung: 3,
        rungs: [{ rung: 3, verdict: 'unmet', reach: 'impossible' }],
        counts: { met: 0, unmet: 4, unknown: 0, manual: 0 },
      },
    },
    {
      name: 'ABC Optics（武汉）',
      shortName: "O'Neil",
      mainProduct: "50%'); DROP TABLE enterprise; --",
      revenue: 200,
    },
    { name: '停业公司', archived: true, district: '汉阳区' },
  ]);
});
afterAll(() => {
  closeLibrary(db);
  rmSync(folder, { recursive: true, force: true });
});

describe('an enterprise is found by', () => {
  const found = '武汉兴图新科电子股份有限公司';
  test.each([
    ['one character', '图'],
    ['a part of the name', '新科电子'],
    ['its short name', '兴图新科'],
    ['pinyin', 'xingtu'],
    ['pinyin in capitals', 'XingTu'],
    ['a part of the pinyin', 'ngtuxi'],
    ['initials', 'xtxk'],
    ['its credit code', usccFor(7)],
    ['the end of its credit code, in small letters', usccFor(7).slice(-6).toLowerCase()],
    ['its product', '指挥'],
    ['two words', '武汉 视频'],
    ['full-width letters', 'ｘｔｘｋ'],
    ['spaces around', '  兴图  '],
  ])('%s', (_, query) => {
    expect(names({ query })).toEqual([found]);
  });

  test('all words must be there', () => {
    expect(names({ query: '武汉 重庆' })).toEqual([]);
    expect(names({ query: '武汉' })).toHaveLength(2);
  });

  test('the first reading of a character that has several in a place name', () => {
    expect(pinyinOf('重庆银行')).toEqual({ full: 'chongqingyinhang', initials: 'cqyh' });
    expect(names({ query: 'cqyh' })).toEqual(['重庆银行设备']);
    expect(pinyinOf('吕氏（ABC）3D 科技')).toEqual({ full: 'lvshiabc3dkeji', initials: 'lsabc3dkj' });
  });
});

describe('signs are searched for as they are', () => {
  test.each([
    ['100%', ['重庆银行设备']],
    ['0%', ['ABC Optics（武汉）', '重庆银行设备']],
    ['国产_化', ['重庆银行设备']],
    ['国产%化', []],
    ['国_产', []],
    ['_', ['重庆银行设备']],
    ["o'neil", ['ABC Optics（武汉）']],
    ["'); drop table", ['ABC Optics（武汉）']],
    ['\\', []],
    ['*', []],
    ['"', []],
  ])('%s', (query, expected) => {
    expect(names({ query })).toEqual(expected);
  });
});

describe('the list', () => {
  test('leaves the archived out unless asked for them', () => {
    expect(listEnterprises(db, {}).total).toBe(3);
    expect(names({ filter: { archived: true } })).toEqual(['停业公司']);
  });

  test('is filtered by rung, verdict, district and division, together', () => {
    expect(names({ filter: { rung: [2] } })).toEqual(['重庆银行设备']);
    expect(names({ filter: { verdict: ['unmet'] } })).toEqual(['重庆银行设备']);
    expect(names({ filter: { district: ['洪山区', '江夏区'] } })).toHaveLength(2);
    expect(names({ filter: { district: ['洪山区', '江夏区'], division: ['39'] } })).toEqual([
      '武汉兴图新科电子股份有限公司',
    ]);
    expect(names({ filter: { samples: true } })).toEqual([]);
    expect(names({ filter: { rung: [] } })).toHaveLength(3);
  });

  test('is sorted by name as it sounds, by revenue, by unmet items', () => {
    expect(names({})).toEqual(['ABC Optics（武汉）', '重庆银行设备', '武汉兴图新科电子股份有限公司']);
    const revenues = (descending: boolean) =>
      listEnterprises(db, { sort: 'revenue', descending }).rows.map((r) => r.revenue?.yuan);
    expect(revenues(true)).toEqual([300, 200, 100]);
    expect(revenues(false)).toEqual([100, 200, 300]);
    expect(listEnterprises(db, { sort: 'unmet', descending: true }).rows[0]?.counts.unmet).toBe(4);
  });

  test('comes in pages that neither repeat nor leave out, with the total of all', () => {
    const pages = [0, 1, 2, 3].map((offset) => listEnterprises(db, { offset, limit: 1 }));
    expect(pages.map((page) => page.total)).toEqual([3, 3, 3, 3]);
    expect(new Set(pages.flatMap((page) => page.rows.map((row) => row.id))).size).toBe(3);
    expect(pages[3]?.rows).toEqual([]);
  });

  test('shows the latest year whose revenue is known', () => {
    expect(listEnterprises(db, { query: 'xtxk' }).rows[0]?.revenue).toEqual({ year: 2025, yuan: 300 });
  });

  test('is summed up', () => {
    expect(summarize(db)).toEqual({
      total: 3,
      archived: 1,
      trashed: 0,
      byRung: [2, 0, 1, 0],
      districts: ['江夏区', '洪山区'],
    });
  });
});

test('a search follows every edit, and none that was undone', async () => {
  const own = await openLibrary(join(folder, 'own.sqlite'), NOW);
  const after = (ids: ReadonlySet<string>) => {
    for (const id of ids) putStanding(own, readFile(own, id), standing);
  };
  const meta = { action: 'x', actor: 'tester', now: NOW, after };
  const found = (query: string, archived = false) =>
    listEnterprises(own, { query, filter: { archived } }).rows.map((row) => row.name);
  const id = write(own, meta, (tx) => createEnterprise(tx, { name: '甲公司' }));
  expect(found('甲')).toEqual(['甲公司']);
  write(own, meta, (tx) => createEnterprise(tx, { name: '甲二公司' }));
  expect(found('甲')).toHaveLength(2);
  write(own, meta, (tx) => updateEnterprise(tx, id, { name: '乙公司' }));
  expect(found('甲')).toEqual(['甲二公司']);
  expect(found('yi')).toEqual(['乙公司']);
  expect(() =>
    write(own, meta, (tx) => {
      updateEnterprise(tx, id, { name: '丙公司' });
      createEnterprise(tx, { name: '丁公司' });
      createEnterprise(tx, { name: '丁公司' });
    }),
  ).toThrow(expect.objectContaining({ key: 'nameTaken' }));
  expect([found('丙'), found('丁'), found('乙')]).toEqual([[], [], ['乙公司']]);
  write(own, meta, (tx) => archiveEnterprise(tx, id, true));
  expect([found('乙'), found('乙', true)]).toEqual([[], ['乙公司']]);
  closeLibrary(own);
});

test('words do not run across two enterprises', async () => {
  expect(names({ query: '公司重庆' })).toEqual([]);
  expect(names({ query: '系统\u0000重' })).toEqual([]);
});

test('ten thousand enterprises are searched in the blink of an eye', async () => {
  const big = await openLibrary(join(folder, 'big.sqlite'), NOW);
  const hash = (n: number) => String((n * 2654435761) % 4294967296);
  write(
    big,
    {
      action: 'x',
      actor: 'tester',
      now: NOW,
      grouped: true,
      after: (ids) => {
        for (const id of ids) putStanding(big, readFile(big, id), standing);
      },
    },
    (tx) => {
      for (let i = 0; i < 10_000; i++)
        createEnterprise(tx, { name: `武汉企业${hash(i)}号`, mainProduct: `产品${i % 97}` });
    },
  );
  const took = (work: () => unknown) => {
    const from = performance.now();
    work();
    return performance.now() - from;
  };
  // In the blink of an eye: not longer than some bare readings of the same rows. The best of many turns, for other work
  // on the machine can stretch any of them.
  let [scan, search] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < 25; turn++) {
    scan = Math.min(
      scan,
      took(() => big.prepare('SELECT * FROM enterprise').raw(true).all()),
    );
    search = Math.min(
      search,
      took(() => {
        expect(listEnterprises(big, { query: hash(4321) }).rows).toHaveLength(1);
        const common = listEnterprises(big, { query: '业', limit: 200 });
        expect([common.total, common.rows.length]).toEqual([10_000, 200]);
      }),
    );
  }
  closeLibrary(big);
  expect(search).toBeLessThan(3 * scan);
});
