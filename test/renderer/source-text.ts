/** TypeScript source without its comments; strings, templates and regular expressions stay. Line breaks are kept. */
export function withoutComments(source: string): string {
  let out = '';
  let i = 0;
  // A slash after one of these starts a regular expression, otherwise it divides or closes a tag.
  const beforeRegex = /(?:^|[(,=:[!&|?{};>]|\breturn|\btypeof)\s*$/;
  const until = (end: RegExp): void => {
    end.lastIndex = i;
    const stop = end.exec(source);
    const to = stop ? stop.index + stop[0].length : source.length;
    out += source.slice(i, to);
    i = to;
  };
  while (i < source.length) {
    const two = source.slice(i, i + 2);
    const one = source[i]!;
    if (two === '//' || two === '/*') {
      const end = two === '//' ? source.indexOf('\n', i) : source.indexOf('*/', i) + 2;
      const to = end < i + 2 ? source.length : end;
      out += source.slice(i, to).replace(/[^\n]/g, '');
      i = to;
    } else if (one === "'" || one === '"') {
      until(new RegExp(`${one}(?:\\\\.|[^${one}\\\\\\n])*(?:${one}|(?=\\n))`, 'gy'));
    } else if (one === '`') {
      until(/`(?:\\[\s\S]|[^`\\])*`/gy);
    } else if (one === '/' && beforeRegex.test(out.slice(-40)) && two !== '/>') {
      until(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/gy);
      if (source[i - 1] === undefined) i += 1;
    } else {
      out += one;
      i += 1;
    }
  }
  return out;
}
