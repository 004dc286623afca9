// A webhook from beginning to end: added on a laptop, told of a vote once and rightly, also across a killed server.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, newPoll, phone, room } from './voters.mjs';

/** A program of somebody else that hears webhooks. */
async function receiver(t) {
  const came = [];
  let status = 200;
  const server = createServer(async (ask, answer) => {
    let body = '';
    for await (const part of ask) body += part;
    came.push({ headers: ask.headers, body, message: JSON.parse(body) });
    answer.statusCode = status;
    answer.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { host: `127.0.0.1:${server.address().port}`, came, answers: (code) => (status = code) };
}

/** As docs/webhooks.md says. */
function verified({ headers, body }, secret) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const sum = createHmac('sha256', key).update(signed).digest('base64');
  return headers['webhook-signature'].split(' ').includes(`v1,${sum}`);
}

test('a host lets a program hear of a vote', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const hears = await receiver(t);
  const env = { PLENUM_HOOK_ALLOW: hears.host };
  const server = await plenum(t, { folder, env });
  const { url } = server;
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben');
  await newPoll(host);
  await host.keyboard.type('Tea?');
  await host.getByLabel('Option A').fill('Yes');
  await host.getByLabel('Option A').press('Enter');
  await host.keyboard.type('No');
  await host.getByLabel('Results').selectOption('When voting closes');
  await host.getByRole('button', { name: 'Add to the deck' }).click();

  const drawer = host.getByRole('dialog').first();
  const dialog = host.getByRole('dialog', { name: 'Webhooks' });
  async function manage() {
    await host.getByRole('button', { name: 'People' }).first().click();
    await host.getByRole('tab', { name: 'Room' }).click();
    await host.getByRole('button', { name: 'Webhooks' }).click();
  }
  await manage();
  await dialog.getByLabel('Address').fill('https://10.0.0.1/in');
  await dialog.getByRole('switch', { name: 'voting closes' }).click();
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await dialog.getByText('A webhook needs an https address on the internet.').waitFor();
  await dialog.getByLabel('Address').fill(`http://${hears.host}/in`);
  await dialog.getByRole('button', { name: 'Add it' }).click();
  const secret = await dialog.locator('.secret bdi').innerText();
  await dialog.getByRole('button', { name: 'Send a test' }).click();
  await dialog.getByText(/last answer 200/).waitFor();
  assert.equal(hears.came[0].message.type, 'ping');
  assert.ok(verified(hears.came[0], secret));
  assert.deepEqual(await barriers(host, 'dialog[open]'), []);
  assert.equal(await overflow(host), 0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await drawer.getByRole('button', { name: 'Close' }).click();

  hears.answers(503);
  await host.getByRole('button', { name: 'Open voting', exact: true }).click();
  await ben.getByRole('radio', { name: 'No' }).check();
  await counted(ben);
  await host.getByRole('button', { name: 'Close voting', exact: true }).click();
  await becomes(async () => hears.came.length, 2);
  await server.stop('SIGKILL'); // it was refused, and the answer may not have been kept
  hears.answers(200);
  await plenum(t, { folder, env, listen: new URL(url).host });
  await becomes(async () => hears.came.length > 2, true);
  const [, refused, taken] = hears.came;
  assert.equal(refused.headers['webhook-id'], taken.headers['webhook-id']);
  assert.equal(refused.body, taken.body);
  assert.ok(verified(taken, secret));
  const { data } = taken.message;
  assert.equal(taken.message.type, 'poll.closed');
  assert.equal(data.with.question.prompt, 'Tea?');
  assert.equal(data.with.people, 1);
  const named = Object.fromEntries(
    data.with.question.options.map(({ id, text }) => [text, data.with.results.counts[id]]),
  );
  assert.deepEqual(named, { Yes: 0, No: 1 });
  assert.ok(!taken.body.includes('Ben'));

  await manage();
  await dialog.getByText('What was sent').click();
  await dialog
    .getByRole('listitem')
    .filter({ hasText: /^voting closes.*arrived/ })
    .getByRole('button', { name: 'Send again' })
    .click();
  await becomes(
    async () => hears.came.at(-1).headers['webhook-id'] === taken.headers['webhook-id'] && hears.came.length,
    4,
  );
  const noise = faults().filter((line) => !/WebSocket|ERR_CONNECTION_REFUSED|403 \(Forbidden\)/.test(line));
  assert.deepEqual(noise, []);
});
