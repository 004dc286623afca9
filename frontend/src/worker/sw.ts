// The service worker: it keeps the pages of one build, so that the app opens without the network. It is a
// help and never a need: whatever goes wrong here ends in the network, as if there were no worker.
import { cacheOf, failed, mayTake, spent, toldBy, wayOf, windowFor, type Built, type Told } from './decide';

/** Put in by the build: see scripts/kept.mjs. */
declare const BUILT: Built;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushed extends Lasting {
  data: { json(): unknown } | null;
}
interface Pressed extends Lasting {
  notification: Notification & { data: Partial<Told> };
}
interface Window {
  url: string;
  focused: boolean;
  focus(): Promise<Window>;
  postMessage(message: unknown): void;
}
interface Scope {
  addEventListener(name: 'install' | 'activate', call: (event: Lasting) => void): void;
  addEventListener(name: 'message', call: (event: Lasting & { data: unknown }) => void): void;
  addEventListener(name: 'fetch', call: (event: Fetching) => void): void;
  addEventListener(name: 'push', call: (event: Pushed) => void): void;
  addEventListener(name: 'notificationclick', call: (event: Pressed) => void): void;
  skipWaiting(): Promise<void>;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    matchAll(which: { type: 'window'; includeUncontrolled: true }): Promise<Window[]>;
    openWindow(url: string): Promise<Window | null>;
  };
}

// TypeScript knows this file as part of a page.
const scope = self as unknown as Scope;
const built = BUILT; // once: it is a text in place of the name
const cacheName = cacheOf(built.version);
const PAGE = '/';
/** A network that says nothing for so long is none, ms. */
const PATIENCE = 5_000;

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('message', (event) => {
  if (mayTake(event.data, built)) event.waitUntil(scope.skipWaiting());
  if (event.data === 'idle') event.waitUntil(keepRest());
});
scope.addEventListener('fetch', (event) => {
  const way = wayOf(event.request, location.origin);
  if (way === 'asset') event.respondWith(asset(event.request));
  if (way === 'page') event.respondWith(page(event));
});

scope.addEventListener('push', (event) => event.waitUntil(ring(event.data)));
scope.addEventListener('notificationclick', (event) => event.waitUntil(follow(event.notification)));

/** Shows what was pushed. Whoever has a page before them sees it there. */
async function ring(data: Pushed['data']): Promise<void> {
  const told = toldBy(data?.json());
  if (!told || (await windows()).some(({ focused }) => focused)) return;
  const { registration } = scope;
  const before = await registration.getNotifications({ tag: told.tag });
  if (before.some(({ data }) => (data as Partial<Told>).id === told.id)) return; // it came twice
  const more = { renotify: true, timestamp: told.at };
  await registration.showNotification(told.title, {
    body: told.body,
    tag: told.tag,
    icon: '/icon-192.png',
    data: told,
    ...more,
  });
}

/** Brings up what a notification is about. */
async function follow(notification: Pressed['notification']): Promise<void> {
  notification.close();
  const told = toldBy(notification.data);
  if (!told) return;
  const open = windowFor(await windows(), told.to);
  if (!open) return void (await scope.clients.openWindow(told.to));
  open.postMessage({ to: told.to });
  await open.focus();
}

function windows(): Promise<Window[]> {
  return scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

/** Page and shell belong together: a page of another build fails the install, which is tried again later. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  const kept = await keepPage(await fetch(PAGE, { cache: 'no-cache' }));
  if (!kept) throw new Error('the page is of another build');
  await cache.addAll(built.shell);
}

async function activate(): Promise<void> {
  for (const name of spent(await caches.keys(), built.version)) await caches.delete(name);
  await scope.clients.claim();
}

/** Keeps what panels need, one by one; what fails now is there next time. */
async function keepRest(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const path of built.rest) {
    if (!(await cache.match(path))) await cache.add(path).catch(() => undefined);
  }
}

/** Hashed: what is kept is right. Other versions are looked through, too: an old tab needs an old chunk. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true }).catch(() => undefined);
  return kept ?? fetch(request);
}

/** The network first, so that a reload has the newest version. */
async function page(event: Fetching): Promise<Response> {
  const asked = fetch(event.request);
  const answer = await Promise.race([asked, late()]).catch(() => null);
  if (answer && !failed(answer.status)) {
    event.waitUntil(keepPage(answer.clone()).catch(() => false));
    return answer;
  }
  const kept = await keptPage().catch(() => undefined);
  return kept ?? answer ?? asked;
}

function late(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE));
}

/** The page is the same for every room; it is kept only beside the script that it asks for. */
async function keepPage(answer: Response): Promise<boolean> {
  const copy = answer.clone();
  if (!answer.ok || !(await answer.text()).includes(built.entry)) return false;
  await (await caches.open(cacheName)).put(PAGE, copy);
  return true;
}

async function keptPage(): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(PAGE, { ignoreVary: true });
}
