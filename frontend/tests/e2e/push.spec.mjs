// Devices that ring: allowed by a press, told by an encrypted push while nobody looks, quiet when one wants it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { deliverer, pushService, shown, watching } from './pushes.mjs';
import { enter, start } from './rooms.mjs';

const shots = process.env.PLENUM_PICTURES;
async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

const list = (page) => page.getByRole('dialog', { name: 'Notifications' });

async function settings(page) {
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await list(page).getByText('Settings').click();
}

/** Ada's room with Ben in it, whose browser has a push service; and how Ada calls him. */
async function room(t, { options = {}, hosts } = {}) {
  const service = await pushService(t);
  const server = await plenum(t, { env: { PLENUM_PUSH_ALLOW: service.host } });
  const { open, faults } = await browser(t, {
    whole: true,
    ...(hosts && { hosts: `MAP ${hosts} 127.0.0.1` }),
  });
  const ada = await open();
  const code = await start(ada, server.url);
  const ben = await open(options);
  const url = hosts ? server.url.replace('127.0.0.1', hosts) : server.url;
  await service.serve(ben);
  const came = ben.waitForResponse((answer) => answer.url().endsWith('/read'));
  await enter(ben, url, code, 'Ben');
  await came;
  const { view } = await (
    await ada.request.get(`${server.url}/api/rooms/${code}/activities/lobby/view`)
  ).json();
  const { member } = await get(ben, `/api/rooms/${code}`);
  const call = (text) =>
    post(ada, `/api/rooms/${code}/activities/${view.activities[0].id}/say`, {
      with: { text: `${text} @Ben`, mentions: [{ id: member.id, name: 'Ben' }] },
    });
  return { service, open, faults, ada, ben, code, chat: view.activities[0].id, url, call };
}

test('a device rings after a press, shows what calls, leads to the message, and is cleared when that was read', async (t) => {
  const options = { viewport: { width: 390, height: 844 } };
  const { service, faults, ben, code, chat, url, call } = await room(t, { options });
  await ben.context().grantPermissions(['notifications'], { origin: url });
  await settings(ben);
  await list(ben).getByText('Your browser will ask whether it may.').waitFor();
  await becomes(() => overflow(ben), 0);
  assert.deepEqual(await barriers(ben, 'dialog'), []);
  await shot(ben, 'push-off');
  await list(ben).getByRole('button', { name: 'Let this device ring' }).click();
  await list(ben).getByText('This device rings when something calls you').waitFor();
  await shot(ben, 'push-on');
  await ben.goto(url); // away from the room

  await call('Can you bring it,');
  const told = await service.next();
  assert.equal(told.title, 'Ada mentioned you in Team day');
  assert.equal(told.body, 'Can you bring it, @Ben');
  assert.match(told.to, new RegExp(`^/r/${code}#at=\\d+&in=${chat}$`));

  // Whoever has a page of ours before them sees it there; else the worker shows it, once.
  const [worker] = ben.context().serviceWorkers();
  const deliver = await deliverer(ben);
  await deliver(told);
  await ben.goto('about:blank');
  await until(() => watching(worker), 0);
  assert.deepEqual(await shown(worker), []);
  const notification = { title: told.title, body: told.body, tag: `${code}/${chat}` };
  // Again until it is there: a browser that is under load shows some of what is delivered to it late, or never.
  const rings = (what, count) =>
    until(async () => {
      await deliver(what);
      return (await shown(worker)).length;
    }, count);
  await rings(told, 1);
  await rings({ ...told, tag: `${code}/another` }, 2);
  await deliver(told); // once more, as push services may
  assert.deepEqual(
    (await shown(worker)).filter(({ tag }) => tag === notification.tag),
    [notification],
  );

  // A press on it brings up the message in the page that is open, and it is read.
  await ben.goto(url);
  await ben.getByRole('button', { name: 'Notifications 1', exact: true }).waitFor();
  await worker.evaluate(async (tag) => {
    const [notification] = await globalThis.registration.getNotifications({ tag });
    globalThis.dispatchEvent(new globalThis.NotificationEvent('notificationclick', { notification }));
  }, notification.tag);
  await ben.waitForURL(new RegExp(`/r/${code}$`));
  await ben.getByRole('log').getByText('Can you bring it,').waitFor();
  await until(async () => (await shown(worker)).length, 0);

  await settings(ben);
  await list(ben).getByRole('button', { name: 'No longer on this device' }).click();
  await list(ben).getByRole('button', { name: 'Let this device ring' }).waitFor();
  assert.deepEqual(service.left(), []);
  assert.deepEqual(faults(), []);
});

test('quiet hours and a browser that does not allow it are told in words; nothing rings then', async (t) => {
  const { faults, ben, code, url } = await room(t, { options: { timezoneId: 'Asia/Shanghai' } });
  await ben.context().grantPermissions([], { origin: url });
  await settings(ben);
  const quiet = list(ben).getByRole('switch', { name: /^Quiet hours/ });
  await quiet.check();
  await ben.getByText('Saved.').waitFor();
  await list(ben).getByText('Time zone: Asia/Shanghai').waitFor();
  await list(ben).getByLabel('From', { exact: true }).fill('07:00');
  await list(ben).getByText('The hours must begin and end at different times.').waitFor();
  const kept = ben.waitForResponse((answer) => answer.url().endsWith('/api/notices/quiet'));
  await list(ben).getByLabel('From', { exact: true }).fill('23:30');
  await kept;
  assert.deepEqual(await barriers(ben, 'dialog'), []);
  await shot(ben, 'push-quiet');
  const { quiet: known } = await (await ben.request.get(`${url}/api/notices/settings`)).json();
  assert.deepEqual(known, { from: 23 * 60 + 30, to: 7 * 60, zone: 'Asia/Shanghai' });
  await ben.reload();
  await settings(ben);
  await becomes(() => list(ben).getByLabel('From', { exact: true }).inputValue(), '23:30');
  await quiet.uncheck();
  await ben.getByText('Saved.').waitFor();
  await ben.goto(`${url}/r/${code}`);
  assert.deepEqual(faults(), []);
});

test('without HTTPS it says so, and the list works', async (t) => {
  const { faults, ben, call } = await room(t, {
    options: { colorScheme: 'dark', viewport: { width: 320, height: 640 } },
    hosts: 'plenum.lan',
  });
  await settings(ben);
  await list(ben).getByText('Devices only ring for sites with HTTPS').waitFor();
  await becomes(() => list(ben).getByRole('button', { name: 'Let this device ring' }).count(), 0);
  await becomes(() => overflow(ben), 0);
  assert.deepEqual(await barriers(ben, 'dialog'), []);
  await shot(ben, 'push-insecure');
  await call('Still there?');
  await list(ben)
    .getByRole('link', { name: /Ada mentioned you/ })
    .waitFor();
  // The browser's own line about plain HTTP.
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('Cross-Origin-Opener-Policy')),
    [],
  );
});

/** Waits until something that is asked for is as it should be. */
async function until(ask, wanted) {
  const end = Date.now() + 20_000;
  for (;;) {
    const is = await ask();
    if (is === wanted) return;
    if (Date.now() > end) assert.equal(is, wanted);
    await new Promise((next) => setTimeout(next, 50));
  }
}
