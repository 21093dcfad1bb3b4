import { compare, fromNumber } from '../diagnosis/exact.ts';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { asNumber, compareValue, decodeValue } from '../diagnosis/values.ts';
import type { Measure, Sign } from './measure-schema.ts';

type Sheet = Diagnosis['sheet'];

/** Whether the sheet says so; undefined where a field is not known. */
export function saysSo(sign: Sign, sheet: Sheet): boolean | undefined {
  const entry = sheet[sign.field];
  if (!entry) return undefined;
  const value = decodeValue(entry.value);
  if (value.kind === 'flag') return value.flag === sign.eq;
  if (value.kind === 'word') return value.word === sign.eq;
  if (sign.moreThan !== undefined) {
    const other = sheet[sign.moreThan];
    const [mine, theirs] = [asNumber(value), other && asNumber(decodeValue(other.value))];
    return mine && theirs ? compare(mine, theirs) > 0 : undefined;
  }
  const against = (line: number) => compareValue(value, fromNumber(line));
  return (
    (sign.gte === undefined || against(sign.gte) >= 0) &&
    (sign.gt === undefined || against(sign.gt) > 0) &&
    (sign.lte === undefined || against(sign.lte) <= 0) &&
    (sign.lt === undefined || against(sign.lt) < 0) &&
    (typeof sign.eq !== 'number' || against(sign.eq) === 0)
  );
}

/**
 * How a measure's cause stands with a firm: `none` needs none; `shown` in the firm's own numbers; `usual` with such
 * firms; `open` has to be confirmed on site; `absent` contradicts what is known.
 */
export type CauseState = 'none' | 'shown' | 'usual' | 'open' | 'absent';

export function causeOf(measure: Measure, sheet: Sheet): CauseState {
  if (measure.needs?.some((sign) => saysSo(sign, sheet) === false)) return 'absent';
  if (!measure.cause) return 'none';
  if (measure.shown?.every((sign) => saysSo(sign, sheet) === true)) return 'shown';
  return measure.usual ? 'usual' : 'open';
}
