import { expect, test } from 'vitest';
import { phaseOf as onPaper } from '../../../electron/plan/arrange.ts';
import { phaseOf, phaseTime } from '../../../renderer/plan/phases.ts';

test('screen and paper put a measure into the same phase', () => {
  const dates = [
    null,
    '2025',
    '2026',
    '2026-01',
    '2026-07',
    '2026-09-30',
    '2026-10',
    '2026-12-31',
    '2027',
    '2027-01',
    '2028-05',
    '2031',
  ];
  for (const on of ['2026-01-01', '2026-08-20', '2026-12-31'])
    for (const start of dates)
      for (const due of dates)
        expect(phaseOf({ start, due }, on), `${start} ${due} ${on}`).toBe(onPaper({ start, due }, on));
});

test('a phase names the time it stands for', () => {
  expect(
    (['quarter', 'year', 'next', 'later', 'open'] as const).map((phase) => phaseTime(phase, '2026-08-20')),
  ).toEqual(['2026 Q3', '2026', '2027', '2028+', '']);
});
