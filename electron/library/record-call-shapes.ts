import { z } from 'zod';
import type { Call } from '../call.ts';
import {
  backingShape,
  changeShape,
  enterpriseFileShape,
  enterpriseShape,
  factRecordShape,
  figureValuesShape,
  idShape,
  ipRightShape,
  profileShape,
  titleShape,
  yearShape,
} from './shapes.ts';

/** Enterprises and their records: profile, yearly figures, facts, titles, rights, history. */
export const recordCallShapes = {
  'enterprise.get': {
    from: 'window',
    effect: 'none',
    input: z.object({ id: idShape }),
    output: enterpriseFileShape,
  },
  'enterprise.create': {
    from: 'window',
    effect: 'change',
    input: profileShape.partial().required({ name: true }),
    output: enterpriseShape,
  },
  'enterprise.update': {
    from: 'window',
    effect: 'change',
    input: z.object({ id: idShape, changes: profileShape.partial() }),
    output: enterpriseShape,
  },
  'enterprise.archive': {
    from: 'window',
    effect: 'change',
    input: z.object({ id: idShape, archived: z.boolean() }),
    output: enterpriseShape,
  },
  'figures.set': {
    from: 'window',
    effect: 'change',
    input: z.object({
      enterpriseId: idShape,
      years: z
        .array(z.object({ year: yearShape, values: figureValuesShape, backing: backingShape.optional() }))
        .min(1)
        .max(40),
    }),
    output: enterpriseFileShape.shape.figures,
  },
  'figures.removeYear': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, year: yearShape }),
    output: enterpriseFileShape.shape.figures,
  },
  'facts.set': {
    from: 'window',
    effect: 'change',
    input: z.object({
      enterpriseId: idShape,
      facts: z
        .array(
          factRecordShape.pick({ factId: true, year: true, value: true }).extend({
            basis: factRecordShape.shape.basis.optional(),
            source: factRecordShape.shape.source.optional(),
            note: factRecordShape.shape.note.optional(),
          }),
        )
        .min(1)
        .max(200),
    }),
    output: z.array(factRecordShape),
  },
  'facts.clear': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, factId: z.string().max(64), year: yearShape.nullable() }),
    output: z.array(factRecordShape),
  },
  'titles.save': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, title: titleShape.partial({ id: true }) }),
    output: z.array(titleShape),
  },
  'titles.remove': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, id: idShape }),
    output: z.array(titleShape),
  },
  'ip.save': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, right: ipRightShape.partial({ id: true }) }),
    output: z.array(ipRightShape),
  },
  'ip.remove': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, id: idShape }),
    output: z.array(ipRightShape),
  },
  'history.list': {
    from: 'window',
    effect: 'none',
    input: z.object({ enterpriseId: idShape, limit: z.number().int().min(1).max(50_000).optional() }),
    output: z.array(changeShape),
  },
} as const satisfies Record<string, Call>;
