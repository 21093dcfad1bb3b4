/**
 * Hands back `target` so that reading a member it does not have throws: a shell that uses something new finds out
 * at once that the stand-in lacks it.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (!(key in object) && typeof key === 'string' && key !== 'then' && key !== 'toJSON') {
        throw new Error(`The Electron stand-in has no ${name}.${key}. Add it to test/electron-stand-in.`);
      }
      const member: unknown = Reflect.get(object, key);
      return typeof member === 'function' ? member.bind(object) : member;
    },
  });
}

/** An Electron event: handlers may prevent what is about to happen. */
export function preventable<T extends object>(
  fields: T,
): T & { defaultPrevented: boolean; preventDefault(): void } {
  return Object.assign(fields, {
    defaultPrevented: false,
    preventDefault(this: { defaultPrevented: boolean }) {
      this.defaultPrevented = true;
    },
  });
}
