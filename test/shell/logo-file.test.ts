import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isActiveSvg, MAX_LOGO, readLogo } from '../../electron/logo-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-logo-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
async function outcome(path: string): Promise<string> {
  const result = await readLogo(path);
  return result.ok ? result.value.mime : result.error.key;
}

const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><path fill="url(#g)" d="M0 0"/><use href="#g"/></svg>';

describe('readLogo', () => {
  test('takes pictures by their content, not by their name', async () => {
    expect(await outcome(file('a.png', png))).toBe('image/png');
    expect(await outcome(file('b.svg', png))).toBe('image/png');
    expect(await outcome(file('c.jpg', Buffer.from('ffd8ffe000', 'hex')))).toBe('image/jpeg');
    expect(await outcome(file('d.svg', `\uFEFF<?xml version="1.0"?>\n<!-- made by hand -->\n${svg}`))).toBe(
      'image/svg+xml',
    );
    expect(await outcome(file('e.png', '<html><svg></svg></html>'))).toBe('errors.logoNotImage');
    expect(await outcome(file('f.png', ''))).toBe('errors.logoNotImage');
  });

  test('refuses what is too large, unreadable or active', async () => {
    const big = new Uint8Array(MAX_LOGO + 1);
    big.set(png);
    expect(await outcome(file('big.png', big))).toBe('errors.logoTooLarge');
    expect(await outcome(file('just.png', big.subarray(0, MAX_LOGO)))).toBe('image/png');
    expect(await outcome(join(folder, 'missing.png'))).toBe('errors.logoUnreadable');
    expect(await outcome(file('s.svg', '<svg><script>1</script></svg>'))).toBe('errors.logoActive');
  });
});

describe('isActiveSvg', () => {
  test.each([
    '<svg onload="x()"/>',
    '<svg><SCRIPT/></svg>',
    '<svg><svg:script/></svg>',
    '<svg><a href="javascript:x"/></svg>',
    '<svg><a href="&#106;avascript:x"/></svg>',
    '<svg><a href="&#x6a;avascript:x"/></svg>',
    '<svg><image href="https://example.com/a.png"/></svg>',
    "<svg><image xlink:href='//example.com/a.png'/></svg>",
    '<svg><use href=other.svg#a /></svg>',
    '<svg><image href="data:image/svg+xml,x"/></svg>',
    '<svg><style>@import "a.css";</style></svg>',
    '<svg><path fill="url(https://example.com/#a)"/></svg>',
    '<svg><foreignObject/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
  ])('%s', (text) => {
    expect(isActiveSvg(text)).toBe(true);
  });
  test('leaves drawings alone', () => {
    expect(isActiveSvg(svg)).toBe(false);
    expect(
      isActiveSvg('<svg><image href="data:image/png;base64,AA"/><text>once upon = on</text></svg>'),
    ).toBe(false);
  });
});
