// A push service of this machine: it takes what a server pushes to a browser, and opens it with the browser's
// keys (RFC 8291), which the tests make in the browser's place: there is no push service that Chromium could reach.
import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @param {Pick<import('node:test').TestContext, 'after'>} t
 */
export async function pushService(t) {
  const key = createECDH('prime256v1');
  key.generateKeys();
  const auth = randomBytes(16);
  const taken = [];
  const waits = [];
  let status = 201;
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    response.writeHead(status).end();
    if (status !== 201) return;
    const told = JSON.parse(open(Buffer.concat(parts), key, auth));
    const next = waits.shift();
    if (next) next(told);
    else taken.push(told);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const host = `127.0.0.1:${server.address().port}`;

  /** Makes a page's browser subscribe here, as its own push service would let it. */
  async function serve(page) {
    const keys = { p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') };
    await page.addInitScript(
      ({ endpoint, keys }) => {
        // Kept by the browser, so it outlives a page.
        const kept = 'push-of-this-test';
        const subscription = (applicationServerKey) => ({
          endpoint,
          options: { applicationServerKey },
          toJSON: () => ({ endpoint, keys }),
          unsubscribe: () => Promise.resolve(localStorage.removeItem(kept) === undefined),
        });
        PushManager.prototype.subscribe = ({ userVisibleOnly, applicationServerKey }) => {
          if (!userVisibleOnly || !/^B[\w-]{86}$/.test(applicationServerKey)) throw new Error('a bad key');
          localStorage.setItem(kept, applicationServerKey);
          return Promise.resolve(subscription(applicationServerKey));
        };
        PushManager.prototype.getSubscription = () =>
          Promise.resolve(localStorage.getItem(kept) ? subscription(localStorage.getItem(kept)) : null);
      },
      { endpoint: `http://${host}/device`, keys },
    );
  }

  return {
    host,
    serve,
    /** The next push that comes, or came. */
    next: () => (taken.length > 0 ? Promise.resolve(taken.shift()) : new Promise((take) => waits.push(take))),
    left: () => taken,
    answer: (with_) => (status = with_),
  };
}

/** Decrypts one record of aes128gcm. */
function open(body, key, auth) {
  const [salt, sender, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
  assert.ok(body.length <= 4096 && body.readUInt32BE(16) === 4096 && body[20] === 65);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', key.computeSecret(sender), auth, info, 32));
  const secret = (name, size) =>
    Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${name}\0`, size));
  const opener = createDecipheriv('aes-128-gcm', secret('aes128gcm', 16), secret('nonce', 12));
  opener.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}

/** What brings pushes to the service worker of a page's browser, as the browser would, also when the page has left. */
export async function deliverer(page) {
  const session = await page.context().newCDPSession(page);
  const found = new Promise((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations.length > 0) resolve(registrations[0]);
    }),
  );
  await session.send('ServiceWorker.enable');
  const { registrationId } = await found;
  const { origin } = new URL(page.url());
  return (told) =>
    session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(told) });
}

/** What a device shows of notifications, by its service worker. */
export const shown = (worker) =>
  worker.evaluate(async () =>
    (await globalThis.registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })),
  );

/** How many pages of ours a device has before its eyes, by its service worker. */
export const watching = (worker) =>
  worker.evaluate(
    async () => (await globalThis.clients.matchAll({ type: 'window', includeUncontrolled: true })).length,
  );
