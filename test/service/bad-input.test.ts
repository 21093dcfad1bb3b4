import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usccFor } from '../library/scratch.ts';
import { startService } from './start-service.ts';

const missing = '01a20bcf-0000-7000-8000-00000000dead';

/** A library with one enterprise of everything; "ID" in an input stands for it. One for all, as nothing changes it. */
let shared: ReturnType<typeof start> | undefined;
let clear: () => Promise<void> = () => Promise.resolve();
beforeAll(() => {
  shared = start((end) => {
    clear = end;
  });
});
afterAll(() => clear());
async function start(atEnd: (clear: () => Promise<void>) => void) {
  const running = startService({}, atEnd);
  const { ask } = running;
  const { id } = await ask('enterprise.create', { name: '甲公司', uscc: usccFor(1) });
  await ask('enterprise.create', { name: '乙公司', uscc: usccFor(2) });
  await ask('figures.set', { enterpriseId: id, years: [{ year: 2025, values: { revenue: 100 } }] });
  await ask('facts.set', { enterpriseId: id, facts: [{ factId: 'has_own_brand', year: null, value: true }] });
  return { ...running, id };
}

const figures = (values: unknown, year: unknown = 2025) => ({
  enterpriseId: 'ID',
  years: [{ year, values }],
});
const facts = (value: unknown, factId = 'has_own_brand', year: unknown = null) => ({
  enterpriseId: 'ID',
  facts: [{ factId, year, value }],
});
const changes = (fields: unknown) => ({ id: 'ID', changes: fields });
const megabytes = '长'.repeat(5_000_000);

type Case = [what: string, call: string, input: unknown, error: object];
const cases: Case[] = [
  [
    'no input',
    'enterprise.get',
    undefined,
    { code: 'invalid-input', key: 'fieldMissing', details: { path: 'id' } },
  ],
  ['null', 'enterprise.get', null, { code: 'invalid-input' }],
  ['a list', 'enterprise.get', [1], { code: 'invalid-input' }],
  ['a text', 'enterprise.get', 'x', { code: 'invalid-input', key: 'wrongShape' }],
  [
    'an id that is none',
    'enterprise.get',
    { id: "1' OR '1'='1" },
    { key: 'idInvalid', details: { path: 'id' } },
  ],
  ['an id nobody has', 'enterprise.get', { id: missing }, { code: 'not-found', key: 'enterpriseNotFound' }],
  ['no name', 'enterprise.create', {}, { key: 'fieldMissing', details: { path: 'name' } }],
  ['an empty name', 'enterprise.create', { name: '' }, { key: 'textMissing' }],
  ['a blank name', 'enterprise.create', { name: ' \t ' }, { key: 'nameMissing' }],
  [
    'a number for a name',
    'enterprise.create',
    { name: 5 },
    { key: 'notText', details: { path: 'name', value: 5 } },
  ],
  [
    'ten megabytes',
    'enterprise.create',
    { name: '丙', notes: megabytes },
    { key: 'textTooLong', details: { path: 'notes', maximum: 8000, length: 5_000_000 } },
  ],
  ['ten megabytes of name', 'enterprise.create', { name: megabytes }, { key: 'textTooLong' }],
  [
    'half a character',
    'enterprise.create',
    { name: '丙\ud800' },
    { key: 'brokenCharacter', details: { path: 'name' } },
  ],
  ['a control character', 'enterprise.create', { name: '丙\u0000' }, { key: 'controlCharacter' }],
  [
    'a taken credit code',
    'enterprise.create',
    { name: '丙', uscc: usccFor(1) },
    { code: 'duplicate', key: 'usccTaken', details: { holder: '甲公司' } },
  ],
  [
    'a wrong credit code',
    'enterprise.create',
    { name: '丙', uscc: '123' },
    { code: 'invalid-input', key: 'usccLength' },
  ],
  ['a taken name', 'enterprise.create', { name: '甲公司' }, { code: 'duplicate', key: 'nameTaken' }],
  [
    'a day that is none',
    'enterprise.create',
    { name: '丙', foundedOn: '2025-02-30' },
    { key: 'dateInvalid', details: { path: 'foundedOn' } },
  ],
  ['a date in words', 'enterprise.create', { name: '丙', foundedOn: '去年' }, { key: 'dateInvalid' }],
  [
    'a negative capital',
    'enterprise.update',
    changes({ registeredCapital: -1 }),
    { key: 'numberNegative', details: { path: 'changes.registeredCapital' } },
  ],
  ['half a yuan', 'enterprise.update', changes({ registeredCapital: 0.5 }), { key: 'notWhole' }],
  [
    'a capital without end',
    'enterprise.update',
    changes({ registeredCapital: Number.POSITIVE_INFINITY }),
    { code: 'invalid-input' },
  ],
  ['too much money', 'enterprise.update', changes({ registeredCapital: 2e13 }), { key: 'numberTooLarge' }],
  [
    'an ownership that is none',
    'enterprise.update',
    changes({ ownership: 'mine' }),
    { key: 'notAmongOptions' },
  ],
  ['tags that are a text', 'enterprise.update', changes({ tags: 'a' }), { key: 'notList' }],
  [
    'negative revenue',
    'figures.set',
    figures({ revenue: -1 }),
    { key: 'figureNegative', details: { column: 'revenue' } },
  ],
  ['revenue as text', 'figures.set', figures({ revenue: '1' }), { key: 'notNumber' }],
  ['revenue that is not a number', 'figures.set', figures({ revenue: Number.NaN }), { key: 'notNumber' }],
  ['revenue with half a yuan', 'figures.set', figures({ revenue: 1.5 }), { key: 'notWhole' }],
  ['a column that is none', 'figures.set', figures({ umsatz: 1 }), { key: 'fieldUnknown' }],
  [
    'a year to come',
    'figures.set',
    figures({ revenue: 1 }, 2027),
    { key: 'yearInFuture', details: { year: 2027, newest: 2026 } },
  ],
  ['a year out of all reason', 'figures.set', figures({ revenue: 1 }, 12), { key: 'numberTooSmall' }],
  ['no years', 'figures.set', { enterpriseId: 'ID', years: [] }, { key: 'listEmpty' }],
  [
    'a good year and a bad one',
    'figures.set',
    {
      enterpriseId: 'ID',
      years: [
        { year: 2024, values: { revenue: 1 } },
        { year: 2025, values: { sales: -1 } },
      ],
    },
    { key: 'figureNegative' },
  ],
  [
    'figures of nobody',
    'figures.set',
    { enterpriseId: missing, years: [{ year: 2025, values: {} }] },
    { code: 'not-found' },
  ],
  [
    'a year that is not there',
    'figures.removeYear',
    { enterpriseId: 'ID', year: 2001 },
    { code: 'not-found', key: 'yearNotFound' },
  ],
  ['an answer to no question', 'facts.set', facts(true, 'no_such_fact'), { key: 'factUnknown' }],
  ['an answer of the wrong kind', 'facts.set', facts('maybe'), { key: 'factYesNo' }],
  ['a number for an answer', 'facts.set', facts(5), { code: 'invalid-input' }],
  ['half a character in an answer', 'facts.set', facts('\udc00'), { key: 'brokenCharacter' }],
  ['a share above all', 'facts.set', facts('1.01', 'market_share_domestic'), { key: 'factTooHigh' }],
  [
    'an answer taken back that was never given',
    'facts.clear',
    { enterpriseId: 'ID', factId: 'digital_level', year: null },
    { key: 'factNotFound' },
  ],
  [
    'a title that ends before it begins',
    'titles.save',
    {
      enterpriseId: 'ID',
      title: {
        kind: 'srdi',
        name: 'x',
        number: null,
        issuer: null,
        issuedOn: '2025-05',
        expiresOn: '2025-04-30',
        basis: 'declared',
        source: null,
      },
    },
    { key: 'titleDates' },
  ],
  [
    'a title of no kind',
    'titles.save',
    { enterpriseId: 'ID', title: { kind: 'x', name: 'x' } },
    { code: 'invalid-input' },
  ],
  ['a colour that is none', 'settings.set', { accent: 'red' }, { key: 'wrongFormat' }],
  ['a language that is none', 'settings.set', { locale: 'fr' }, { key: 'notAmongOptions' }],
  ['a page of all', 'library.list', { limit: 1e9 }, { key: 'numberTooLarge' }],
  [
    'a check-up for a rung that is none',
    'diagnosis.save',
    { enterpriseId: 'ID', asOf: { review: [7] } },
    { key: 'numberTooLarge' },
  ],
  ['a check-up of nobody', 'diagnosis.save', { enterpriseId: missing }, { code: 'not-found' }],
  [
    'a draft with a wrong answer',
    'diagnosis.evaluate',
    { enterpriseId: 'ID', draft: { facts: [{ factId: 'rd_ratio', year: 2025, value: 'viel' }] } },
    { key: 'factNumber' },
  ],
  [
    'a draft with negative revenue',
    'diagnosis.evaluate',
    { enterpriseId: 'ID', draft: { figures: [{ year: 2025, values: { revenue: -5 } }] } },
    { key: 'figureNegative' },
  ],
  ['a plan of nobody', 'plan.create', { enterpriseId: missing }, { code: 'not-found' }],
  ['a plan that is not there', 'plan.get', { id: missing }, { key: 'planNotFound' }],
];

function withId(value: unknown, id: string): unknown {
  if (value === 'ID') return id;
  if (Array.isArray(value)) return value.map((item) => withId(item, id));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withId(item, id)]));
}

describe('bad input gets a clear error, and nothing is changed', () => {
  test.each(cases)('%s', async (_, call, input, expected) => {
    const { refusal, content, events, id } = await shared!;
    const before = content();
    events.length = 0;
    const error = await refusal(call, withId(input, id));
    const { details, ...rest } = expected as { details?: object };
    expect(error).toMatchObject(rest);
    if (details) expect(error.details).toMatchObject(details);
    expect(JSON.stringify(error).length).toBeLessThan(2000);
    expect(content()).toEqual(before);
    expect(events).toEqual([]);
  });
});

describe('odd but harmless texts are kept as they are', () => {
  const texts = [
    '<script>alert(1)</script>',
    '#set page(width: 1pt)\n#panic("x")',
    '$ 1/0 $ *粗* _斜_ `代码` @引用 <标签>',
    "'; DROP TABLE enterprise; --",
    '{{name}} %s %00 {x}',
    '👩‍👩‍👧 𠮷野 é\u0301',
    '=cmd|calc!A1',
    '__proto__',
  ];
  test.each(texts)('%s', async (text) => {
    const { ask, id } = await shared!;
    await ask('enterprise.update', { id, changes: { brief: text, niche: text, tags: [text.slice(0, 40)] } });
    const { enterprise } = await ask('enterprise.get', { id });
    expect(enterprise.brief).toBe(text);
    expect(enterprise.niche).toBe(text);
    expect((await ask('diagnosis.evaluate', { enterpriseId: id })).rungs).toHaveLength(3);
  });
});
