import type { Policy } from './measure-schema.ts';
import { tell } from './words.ts';

const AMOUNT = /\d[\d,.]*\s*(万|亿|元|%|％|个百分点|million|billion|yuan|percent)|([¥￥]|CNY|RMB)\s*\d/i;

/** Whether a policy names an amount that nobody confirmed: it is not shown, whatever a pack says. */
export function hidesAmount({ confirmed, content }: Pick<Policy, 'confirmed' | 'content'>): boolean {
  return !confirmed && (AMOUNT.test(content.zh) || AMOUNT.test(content.en));
}

/** The policy as it may be shown: without an amount nobody confirmed. */
export function shownPolicy(policy: Policy): Policy {
  return hidesAmount(policy) ? { ...policy, content: tell('policyAmountHidden') } : policy;
}
