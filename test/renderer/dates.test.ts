import { expect, test } from 'vitest';
import { parseLooseDate } from '../../renderer/components/dates.ts';

test.each([
  ['2018-06-30', '2018-06-30'],
  ['2018/6/3', '2018-06-03'],
  ['2018.6', '2018-06'],
  ['2018', '2018'],
  ['201806', '2018-06'],
  ['20180630', '2018-06-30'],
  ['2018\u5e746\u670830\u65e5', '2018-06-30'],
  ['2018\u5e746\u6708', '2018-06'],
  ['2018\u5e74', '2018'],
  ['\uff12\uff10\uff11\uff18\uff0d\uff10\uff16', '2018-06'],
  ['2020-02-29', '2020-02-29'],
  ['  ', null],
])('%s is read as %s', (text, date) => {
  expect(parseLooseDate(text)).toBe(date);
});

test.each([
  '2018-13',
  '2018-02-30',
  '2019-02-29',
  '18-06-30',
  'June 2018',
  '2018-06-30-1',
  '2018-0',
  '20181340',
])('%s is no date', (text) => {
  expect(parseLooseDate(text)).toBeUndefined();
});
