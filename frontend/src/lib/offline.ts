/** Not before there is something to see, ms. */
const LATER = 1_000;

/** Lets the worker keep this page, where there can be one: plain HTTP has none, and nothing needs it. */
export function keepOffline(): void {
  // In development every file may be another in a second.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // A browser that refuses (a private window, full storage) has the app from the network.
  const begin = (): void => void register().catch(() => undefined);
  setTimeout(() => {
    if (navigator.onLine) begin();
    else addEventListener('online', begin, { once: true });
  }, LATER);
}

async function register(): Promise<void> {
  const { serviceWorker } = navigator;
  // Which version this page is.
  const entry = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src;
  if (!entry) return;
  const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  // A new worker takes over for the first page of its own version, and not before.
  const tell = (worker: ServiceWorker | null): void => worker?.postMessage({ take: new URL(entry).pathname });
  tell(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const next = registration.installing;
    next?.addEventListener('statechange', () => next.state === 'installed' && tell(next));
  });
  serviceWorker.addEventListener('controllerchange', () => serviceWorker.controller?.postMessage('idle'));
  (await serviceWorker.ready).active?.postMessage('idle');
}
