import { go } from '../state/place.ts';
import type { Condition } from './list-store.ts';
import { useCohortCondition } from './place-store.ts';
import { useScreening } from './screening-store.ts';

export type Chosen = NonNullable<Condition['chosen']>;

/** Enterprises marked one by one that a cohort takes at most; all of a list has no such end. */
export const MOST_MARKED = 20_000;

/** Opens the cohort on what was chosen in the library's list: portrait, pipeline and screening look at nothing else. */
export function lookAsCohort(chosen: Chosen): void {
  useCohortCondition.setState({ condition: { chosen } });
  useScreening.setState({ condition: { chosen } });
  go({ screen: 'cohort', tab: 'profile' });
}
