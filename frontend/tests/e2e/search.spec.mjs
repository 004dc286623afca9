// The search as people use it: while others write, in Chinese, by keyboard alone, on a phone, without a network.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { enter } from './rooms.mjs';

const shots = process.env.SHOTS;
async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

async function start(page, url, title = 'Team day') {
  await page.goto(url);
  await page.getByLabel('What is it about?').fill(title);
  const name = page.getByLabel('Your name');
  if (await name.isVisible()) await name.fill('Ada');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  await page.getByText('Saved').waitFor();
  return page.url().slice(-6);
}

async function say(page, text) {
  await page.getByLabel('Write a message').fill(text);
  await page.keyboard.press('Enter');
}

const box = (page) => page.getByRole('combobox', { name: /^Search/ });
const result = (page, text) => page.getByRole('option').filter({ hasText: text });

test('results come while others write, without a reload, and go when they may not be seen any more', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  const guest = await open();
  await enter(guest, url, code, 'Ben');
  await guest.keyboard.press('Control+k');
  await box(guest).fill('budget');
  await guest.getByText('Nothing found for “budget”.').waitFor();

  await host.getByRole('button', { name: 'Chat', exact: true }).click();
  await say(host, 'The budget is ready');
  await result(guest, 'The budget is ready').waitFor();
  await becomes(() => guest.locator('mark').innerText(), 'budget');
  await shot(guest, 'live');

  const view = await host.request.get(`${url}/api/rooms/${code}/activities/lobby/view`);
  const [chat] = (await view.json()).view.activities;
  const hide = (least) =>
    host.request.post(`${url}/api/rooms/${code}/activities/lobby/show`, {
      data: { with: { id: chat.id, least } },
    });
  await hide('host');
  await guest.getByText('Nothing found for “budget”.').waitFor();
  await hide('viewer');
  await result(guest, 'The budget is ready').waitFor();

  await guest.context().setOffline(true);
  await box(guest).fill('budget r');
  await guest.getByText('No connection.').waitFor();
  await guest.context().setOffline(false);
  await guest.getByText('No connection.').waitFor({ state: 'detached' });
  await result(guest, 'The budget is ready').waitFor();
  assert.deepEqual(
    // The browser's own lines: about the network, and that a hidden chat cannot be marked as read.
    faults().filter((fault) => !/ERR_INTERNET_DISCONNECTED|offline|404.*\/read$/i.test(fault)),
    [],
  );
});

test('two Chinese characters, accents and a typo find; the keyboard is enough to get to the place', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  const code = await start(page, url, '预算会议');
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  for (const text of ['明天讨论预算和数据库', 'Meet at the Café Überall', 'The committee agrees'])
    await say(page, text);
  await page.getByText('The committee agrees').waitFor();
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await page.getByRole('log').waitFor({ state: 'detached' });

  await page.locator('body').press('/');
  for (const [typed, found] of [
    ['预算', '明天讨论预算和数据库'],
    ['库', '明天讨论预算和数据库'],
    ['cafe uber', 'Meet at the Café Überall'],
    ['comittee', 'The committee agrees'],
  ]) {
    await box(page).fill(typed);
    await result(page, found).waitFor();
  }
  await box(page).fill('预算');
  await page.getByRole('option', { name: /^预算会议/ }).waitFor(); // the room itself comes first
  await page.keyboard.press('ArrowDown');
  await becomes(() => page.locator('[role=option][aria-selected=true]').innerText(), /明天讨论/);
  await shot(page, 'chinese');
  assert.deepEqual(await barriers(page, 'dialog'), []);
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('明天讨论预算和数据库').waitFor();
  await box(page).waitFor({ state: 'detached' });

  // From the start page, in all rooms; what was searched for is remembered.
  await page.goto(url);
  await page.getByRole('button', { name: 'Search', exact: true }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: '预算' }).waitFor();
  await shot(page, 'recent');
  await page.keyboard.press('Enter');
  await result(page, '明天讨论预算和数据库').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/r/${code}$`));
  await page.getByRole('log').getByText('明天讨论预算和数据库').waitFor();
  assert.deepEqual(faults(), []);
});

test('a document, a question and a person are found; filters narrow, as chips and as text', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open({ viewport: { width: 1440, height: 900 } });
  const code = await start(page, url);
  const add = (data) =>
    page.request.post(`${url}/api/rooms/${code}/activities/lobby/add`, { data: { with: data } });
  const lines = Array.from({ length: 80 }, (_, i) => `Line ${i} of the harbour walk`).join('\n');
  await add({
    kind: 'doc',
    title: 'Summer plan',
    settings: { content: [{ insert: `${lines}\nThe lighthouse is at the end\n` }] },
  });
  const question = {
    kind: 'single',
    prompt: 'Lighthouse or museum?',
    options: [{ text: 'Lighthouse' }, { text: 'Museum' }],
  };
  await add({ kind: 'poll', title: 'Where to', settings: { questions: [question] } });
  const guest = await open();
  await enter(guest, url, code, 'Lighthouse Keeper');

  await page.keyboard.press('Control+k');
  await box(page).fill('lighthouse');
  for (const text of ['The lighthouse is at the end', 'Lighthouse or museum?', 'Lighthouse Keeper']) {
    await result(page, text).waitFor();
  }
  await shot(page, 'kinds');
  await page.getByRole('button', { name: 'Document', exact: true }).click();
  await result(page, 'Lighthouse or museum?').waitFor({ state: 'detached' });
  await becomes(() => box(page).inputValue(), 'type:doc lighthouse ');
  await box(page).fill('lighthouse in:where colour:red');
  await page.getByText('There is no such filter').waitFor();
  await box(page).fill('lighthouse in:where');
  await result(page, 'The lighthouse is at the end').waitFor({ state: 'detached' });
  await result(page, 'Lighthouse or museum?').waitFor();
  await becomes(() => page.locator('dialog [role=option]').count(), 1);

  await box(page).fill('lighthouse type:doc');
  await result(page, 'The lighthouse is at the end').click();
  await page.waitForFunction(() => {
    const line = [...document.querySelectorAll('.ql-editor > *')].find((p) =>
      p.textContent?.includes('lighthouse'),
    );
    const place = line?.getBoundingClientRect();
    return place && place.top > 0 && place.bottom < innerHeight && CSS.highlights.has('found');
  });
  await shot(page, 'place');
  assert.deepEqual(faults(), []);
});

for (const [name, size] of [
  ['a phone', { width: 390, height: 844 }],
  ['the narrowest screen', { width: 320, height: 640 }],
]) {
  test(`${name}: nothing overflows, and a result opens where it is`, async (t) => {
    const { url } = await plenum(t);
    const { open, faults } = await browser(t);
    const host = await open();
    const code = await start(host, url, 'A room with quite a long title that does not fit');
    const page = await open({ viewport: size, hasTouch: true, isMobile: true, colorScheme: 'dark' });
    await enter(page, url, code, 'Ben');
    await host.getByRole('button', { name: 'Chat', exact: true }).click();
    await say(host, `one long word ${'x'.repeat(300)} and a needle`);
    await page.getByRole('button', { name: 'Search' }).click();
    await box(page).fill('needle');
    await result(page, 'needle').waitFor();
    await becomes(() => overflow(page), 0);
    assert.deepEqual(await barriers(page, 'dialog'), []);
    await shot(page, `narrow-${size.width}`);
    await result(page, 'needle').tap();
    await page.getByRole('log').getByText('and a needle').waitFor();
    await becomes(() => overflow(page), 0);
    assert.deepEqual(faults(), []);
  });
}
