const MOST = 50;

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Where two JSON values differ, as paths such as "rungs.1.routes.0.verdict"; at most 50. The order of keys is no difference. */
export function jsonDifferences(a: unknown, b: unknown): string[] {
  const found: string[] = [];
  const walk = (left: unknown, right: unknown, path: string) => {
    if (found.length >= MOST || Object.is(left, right)) return;
    if (!isTree(left) || !isTree(right) || Array.isArray(left) !== Array.isArray(right)) {
      found.push(path || '.');
      return;
    }
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      walk(left[key], right[key], path ? `${path}.${key}` : key);
    }
  };
  walk(a, b, '');
  return found;
}
