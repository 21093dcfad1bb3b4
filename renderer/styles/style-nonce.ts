/**
 * Gives every style element that this page's own scripts create the nonce of this load. antd passes the nonce to the
 * styles of its components, but not to the few small ones its helpers write (locking the scroll behind a dialog,
 * measuring the scroll bar), which the page's policy would refuse. Scripts come from the product only, so this lets
 * in nothing from outside. Has to be imported before antd.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

const create = document.createElement.bind(document);
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = styleNonce;
  return element;
}) as typeof document.createElement;
