/*
 * Chromium does not know custom schemes. A registered scheme's address app://host/path is shown as
 * https://host.app.localhost/path: an origin of its own, secure, and never on the network.
 */
const schemes = new Set<string>();

export function registerScheme(scheme: string): void {
  schemes.add(scheme);
}

/** The address Chromium is given for an address of the application. */
export function toChromium(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return schemes.has(scheme) ? `https://${host}.${scheme}.localhost${pathname}${search}${hash}` : url;
}

/** The address the application sees for an address in Chromium. */
export function fromChromium(url: string): string {
  const found = /^https:\/\/([^/?#]+)\.([a-z]+)\.localhost(?=[/?#]|$)/.exec(url);
  return found?.[2] && schemes.has(found[2]) ? `${found[2]}://${found[1]}${url.slice(found[0].length)}` : url;
}
