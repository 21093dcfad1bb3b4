import { userInfo } from 'node:os';

/** The account of the computer, by which the history names who is at work as long as no name is set. */
export function account(): string {
  try {
    return userInfo().username;
  } catch {
    return 'local';
  }
}
