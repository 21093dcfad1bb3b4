import type { BrowserContext, Page, Route } from 'playwright-core';
import { fromChromium, registerScheme } from './addresses.ts';
import { strict } from './strict.ts';
import { contentsOf, type WebContents } from './web-contents.ts';

type Answer = (request: Request) => Response | Promise<Response>;
type Decide = (decision: { cancel?: boolean }) => void;
type BeforeRequest = (details: { url: string; method: string; resourceType: string }, decide: Decide) => void;
type PermissionHandler = ((...args: never[]) => unknown) | null;

const answers = new Map<string, Answer>();
let beforeRequest: BeforeRequest | null = null;

// Chromium without a person to ask denies permissions by itself, which is what the application's handlers answer too.
const defaultSession = strict('session', {
  setPermissionRequestHandler(_handler: PermissionHandler) {},
  setPermissionCheckHandler(_handler: PermissionHandler) {},
  setDevicePermissionHandler(_handler: PermissionHandler) {},
  setSpellCheckerEnabled(_enabled: boolean) {},
  webRequest: strict('webRequest', {
    onBeforeRequest(listener: BeforeRequest | null) {
      beforeRequest = listener;
    },
  }),
});

export const session = strict('session', { defaultSession });

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: { scheme: string }[]) {
    for (const { scheme } of schemes) registerScheme(scheme);
  },
  handle(scheme: string, answer: Answer) {
    answers.set(scheme, answer);
  },
});

function isCancelled(url: string, route: Route): Promise<boolean> {
  const listener = beforeRequest;
  if (!listener) return Promise.resolve(false);
  const request = route.request();
  const details = { url, method: request.method(), resourceType: request.resourceType() };
  return new Promise((resolve) => listener(details, ({ cancel }) => resolve(cancel === true)));
}

function windowOf(route: Route): WebContents | undefined {
  try {
    return contentsOf(route.request().frame().page());
  } catch {
    return undefined; // A page so new that it has no frame yet was not opened by a window.
  }
}

async function answerRoute(route: Route): Promise<void> {
  const request = route.request();
  const url = fromChromium(request.url());
  if (request.isNavigationRequest()) {
    const contents = windowOf(route);
    // An error page is what makes a new page known, so that it can be closed.
    if (!contents) return route.abort('blockedbyclient');
    // Aborting leaves the page as it was, which is what preventDefault() does in Electron.
    if (!contents.mayNavigate(request)) return route.abort('aborted');
  }
  if (await isCancelled(url, route)) return route.abort('blockedbyclient');
  const answer = answers.get(new URL(url).protocol.slice(0, -1));
  if (!answer) return route.abort('addressunreachable');
  const method = request.method();
  const response = await answer(new Request(url, { method, headers: request.headers() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

const coming = new Set<Promise<Page>>();
let routed: Promise<void> | null = null;

// Every request of every page goes through the application's handlers, and pages no window asked for are closed.
async function routeRequests(context: BrowserContext): Promise<void> {
  context.on('page', async (page) => {
    for (const own of coming) if ((await own) === page) return;
    const opener = await page.opener().catch(() => null);
    if (!opener || contentsOf(opener)?.mayOpen(page.url()) !== true)
      await page.close().catch(() => undefined);
  });
  await context.route('**/*', (route) =>
    answerRoute(route).catch(async (error: unknown) => {
      if (!/closed/i.test(String(error))) console.error('Stand-in:', route.request().url(), error);
      await route.abort('failed').catch(() => undefined);
    }),
  );
}

/** A page for a new window; `first` takes the blank page Chromium started with. */
export function newPage(context: BrowserContext, first: boolean): Promise<Page> {
  const make = async () => {
    routed ??= routeRequests(context);
    await routed;
    return (first ? context.pages()[0] : undefined) ?? context.newPage();
  };
  const page = make();
  coming.add(page);
  return page;
}
