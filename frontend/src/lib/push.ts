import { ask, post } from './net/api';

/**
 * Whether this device can ring: "insecure" without HTTPS, "unable" if the browser cannot, "denied" if the
 * person has told the browser not to, else "off" or "on".
 */
export type Ringing = 'insecure' | 'unable' | 'denied' | 'off' | 'on';

/** How long one waits for the worker, ms: it is registered when a page has come to rest. */
const PATIENCE = 10_000;

export async function ringing(): Promise<Ringing> {
  if (!isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'unable';
  if (Notification.permission === 'denied') return 'denied';
  if (Notification.permission !== 'granted') return 'off';
  return (await subscribed()) ? 'on' : 'off';
}

/** Asks for the permission, which only a press may do, and makes this device ring. */
export async function ring(key: string, language: string): Promise<Ringing> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off';
  const { pushManager } = await worker();
  // One of another key, as of a server that was here before, would be in the way.
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await tell(subscription, language);
  return 'on';
}

/** This device rings no more. */
export async function hush(): Promise<void> {
  const subscription = await subscribed();
  if (!subscription) return;
  await ask('/api/notices/devices/end', post({ endpoint: subscription.endpoint }));
  await subscription.unsubscribe();
}

let renewed = '';

/** Says, once for each page and language, that this device still rings, and for whom. */
export async function renew(language: string): Promise<void> {
  if (renewed === language || (await ringing()) !== 'on') return;
  renewed = language;
  const subscription = await subscribed();
  if (subscription) await tell(subscription, language);
}

/** Takes what was read off the screen of this device; `tags` are of what is still to be read. */
export async function clear(tags: ReadonlySet<string>): Promise<void> {
  const shown = await (await navigator.serviceWorker.getRegistration())?.getNotifications();
  for (const one of shown ?? []) if (!tags.has(one.tag)) one.close();
}

async function tell(subscription: PushSubscription, language: string): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  await ask('/api/notices/devices', post({ endpoint, keys, language }));
}

async function subscribed(): Promise<PushSubscription | null> {
  return (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;
}

function worker(): Promise<ServiceWorkerRegistration> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('there is no service worker')), PATIENCE);
    navigator.serviceWorker.ready.then(resolve, reject);
  });
}
