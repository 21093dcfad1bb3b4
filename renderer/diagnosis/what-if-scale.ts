/*
 * Values on a slider as exact text: whole numbers of steps, never binary floats. A step is a decimal ("0.001", "20").
 */

interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function decimal(text: string): Decimal {
  const [whole = '0', part = ''] = text.split('.');
  return { digits: BigInt(whole + part), places: part.length };
}

/** The value at a position: 3 steps of "0.001" → "0.003". */
export function valueAt(step: string, position: number): string {
  const { digits, places } = decimal(step);
  const all = (digits * BigInt(position)).toString().padStart(places + 1, '0');
  const whole = all.slice(0, all.length - places);
  const part = all.slice(all.length - places).replace(/0+$/, '');
  return part === '' ? whole : `${whole}.${part}`;
}

/** The position nearest to a value; only for drawing the handle, so a float is near enough. */
export function positionOf(step: string, value: string): number {
  const [n = '0', d = '1'] = value.split('/');
  return Math.round(Number(n) / Number(d) / Number(step));
}
