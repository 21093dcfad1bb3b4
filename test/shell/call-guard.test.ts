import { describe, expect, test } from 'vitest';
import { isTooLarge, isTrustedSender } from '../../electron/call-guard.ts';

describe('isTrustedSender', () => {
  const main = { url: 'app://cultivar/index.html' };
  test('trusts the main frame on our own page', () => {
    expect(isTrustedSender(main, main)).toBe(true);
  });
  test('refuses a frame that is gone, an inner frame, and a main frame showing something else', () => {
    expect(isTrustedSender(null, main)).toBe(false);
    expect(isTrustedSender({ url: main.url }, main)).toBe(false);
    for (const url of ['https://example.com/', 'about:blank', 'app://cultivar.evil/', 'data:text/html,x']) {
      const frame = { url };
      expect(isTrustedSender(frame, frame)).toBe(false);
    }
  });
});

describe('isTooLarge', () => {
  test('counts text, keys, bytes and nesting', () => {
    expect(isTooLarge({ a: 'x'.repeat(80) }, 100)).toBe(false);
    expect(isTooLarge({ a: 'x'.repeat(100) }, 100)).toBe(true);
    expect(isTooLarge({ ['k'.repeat(100)]: 1 }, 100)).toBe(true);
    expect(isTooLarge([new Uint8Array(101)], 100)).toBe(true);
    expect(isTooLarge(new Map([['a', 'x'.repeat(100)]]), 100)).toBe(true);
    expect(
      isTooLarge(
        Array.from({ length: 20 }, () => ({ a: [1] })),
        100,
      ),
    ).toBe(true);
    expect(isTooLarge(undefined, 100)).toBe(false);
  });
  test('ends on values that contain themselves, and never walks a huge array', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(isTooLarge(circle, 100)).toBe(false);
    expect(isTooLarge(new Array(2 ** 32 - 1), 1000)).toBe(true);
  });
  test('an ordinary call is far below the limit', () => {
    expect(isTooLarge({ rows: Array.from({ length: 500 }, (_, i) => ({ id: i, name: '武汉企业' })) })).toBe(
      false,
    );
  });
});
