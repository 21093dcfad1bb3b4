import { afterAll, describe, expect, test } from 'vitest';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { champion, documentOf, hostile, resources, struggling } from '../plan/plan-fixture.ts';

const renderer = new PlanRenderer(resources);
afterAll(() => renderer.close());
const input = documentOf(struggling(), 'zh');
const isPdf = (pdf: Uint8Array) => Buffer.from(pdf.subarray(0, 5)).toString('latin1') === '%PDF-';

describe('rendering', () => {
  test('the same plan gives the same bytes, also after other plans and in a new worker', async () => {
    const first = await renderer.render(input);
    expect(isPdf(first)).toBe(true);
    await renderer.render(documentOf(champion(), 'en'));
    expect(Buffer.compare(await renderer.render(input), first)).toBe(0);
    const fresh = new PlanRenderer(resources, { documentsPerWorker: 1 });
    try {
      expect(Buffer.compare(await fresh.render(input), first)).toBe(0);
      expect(fresh.worker).toBeUndefined();
      expect(Buffer.compare(await fresh.render(input), first)).toBe(0);
    } finally {
      await fresh.close();
    }
  });

  test('what was made before, well or not, leaves no trace in a document, and the worker stays', async () => {
    const wrong = '#import "/parts.typ": *\n#show: paper\n#nothing()';
    const own = '#import "/parts.typ": *\n#show: paper\n= #d.meta.title';
    const inputs = [
      input,
      documentOf(hostile(), 'zh'),
      { ...input, template: wrong },
      { ...documentOf(champion(), 'en'), layout: 'takeaway' as const },
      { ...input, template: own },
      { ...input, layout: 'summary' as const },
    ];
    const steady = new PlanRenderer(resources, { afresh: 2 });
    const made = (index: number) =>
      steady.render(inputs[index]!).then(
        (pdf) => Buffer.from(pdf).toString('base64'),
        (fault) => JSON.stringify(fault.details),
      );
    try {
      const forwards: string[] = [];
      for (const index of inputs.keys()) forwards.push(await made(index));
      const worker = steady.worker;
      const backwards: string[] = [];
      for (const index of [...inputs.keys()].reverse()) backwards.unshift(await made(index));
      expect(backwards.map((bytes, i) => bytes === forwards[i])).toEqual(inputs.map(() => true));
      expect(new Set(forwards).size).toBe(inputs.length);
      expect(forwards[2]).toContain('unknown variable: nothing');
      expect(steady.worker).toBe(worker);
    } finally {
      await steady.close();
    }
  });

  test('a worker that dies takes down its document only', async () => {
    await renderer.render(input);
    // So long that it is certainly not done when the worker dies.
    const { items } = input.plan.content;
    const content = { ...input.plan.content, items: Array.from({ length: 40 }, () => items).flat() };
    const broken = renderer.render({ ...input, plan: { ...input.plan, content } });
    const waiting = renderer.render(input);
    const failure = expect(broken).rejects.toMatchObject({ code: 'render', key: 'render' });
    await Promise.resolve();
    await renderer.worker?.terminate();
    await failure;
    expect(isPdf(await waiting)).toBe(true);
  });

  test('a document that cannot be made is told as data, and the next one is made', async () => {
    const unreadable = { ...input, plan: { ...input.plan, content: null as never } };
    await expect(renderer.render(unreadable)).rejects.toMatchObject({ code: 'render' });
    const uncloneable = { ...input, settings: { ...input.settings, contact: (() => '') as never } };
    await expect(renderer.render(uncloneable)).rejects.toMatchObject({ code: 'render' });
    expect(isPdf(await renderer.render(input))).toBe(true);
  });

  test('a logo is printed; one that is no picture is left out and said so', async () => {
    const square = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#c00"/></svg>',
    );
    const withLogo = (base64: string, mime: 'image/png' | 'image/svg+xml') =>
      renderer.render(documentOf(struggling(), 'zh', { settings: { logo: { mime, base64 } } }));
    const plain = await renderer.render(input);
    const drawn = await withLogo(square.toString('base64'), 'image/svg+xml');
    expect(isPdf(drawn)).toBe(true);
    expect(Buffer.compare(drawn, plain)).not.toBe(0);
    expect(isPdf(await withLogo('bm90IGEgcGljdHVyZQ==', 'image/png'))).toBe(true);
  });

  test('a compiler can be started ahead of the first document', async () => {
    const other = new PlanRenderer(resources);
    try {
      await other.warm();
      const worker = other.worker;
      expect(worker).toBeDefined();
      expect(isPdf(await other.render(input))).toBe(true);
      expect(other.worker).toBe(worker);
    } finally {
      await other.close();
    }
  });

  test('after closing nothing is rendered and nothing hangs', async () => {
    const other = new PlanRenderer(resources);
    await other.close();
    await expect(other.render(input)).rejects.toMatchObject({ code: 'render' });
  });

  test('a resources folder without a template is told as data', async () => {
    const other = new PlanRenderer('/nowhere');
    await expect(other.render(input)).rejects.toMatchObject({ code: 'render' });
    await other.close();
  });
});
