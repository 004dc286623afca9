// The forms that phones load when they are asked: words become a cloud, texts a wall that a host reads first,
// numbers a histogram with a true value, points bars.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, newPoll, phone, PHONE, room } from './voters.mjs';

const NARROW = { viewport: { width: 320, height: 640 } };

/** Pictures for whoever wants to look: a folder in PLENUM_PICTURES. */
async function picture(page, name) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

async function meeting(t, colorScheme = 'light') {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url, { colorScheme });
  await newPoll(host);
  const projector = async () => {
    const screen = await host.context().newPage();
    await screen.setViewportSize({ width: 1920, height: 1080 });
    await screen.goto(`${url}/r/${code}/present`);
    return screen;
  };
  const join = (name, options) => phone(open, url, code, name, options);
  return { url, code, host, open, phone: join, projector, faults };
}

async function write(host, kind, prompt) {
  await host.keyboard.type(prompt);
  await host.getByRole('radio', { name: kind, exact: true }).check();
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function send(page, text, label = 'Your answer') {
  await page.getByLabel(label, { exact: true }).fill(text);
  await press(page, 'Send');
}

const inTable = (page, prompt, row) =>
  page
    .getByRole('table', { name: prompt })
    .getByRole('row', { name: row, exact: true })
    .waitFor({ state: 'attached' });

const places = (page) =>
  page
    .locator('.cloud li')
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((e) => [e.querySelector('bdi')?.textContent, getComputedStyle(e).getPropertyValue('--x')]),
      ),
    );

test('words become a cloud that keeps still, and a host takes one out', async (t) => {
  const prompt = 'What do you drink?';
  const { host, phone, projector, faults } = await meeting(t);
  await write(host, 'Word cloud', prompt);
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'words-editor');
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
  const [ben, cleo, dan] = [
    await phone('Ben'),
    await phone('Cleo', NARROW),
    await phone('Dan', { ...PHONE, colorScheme: 'dark' }),
  ];
  const screen = await projector();
  await press(host, 'Open voting');
  await screen.getByRole('heading', { name: prompt }).waitFor();

  await send(ben, 'Tea');
  await ben.getByText('Another answer').waitFor();
  await send(ben, 'apple juice', 'Another answer');
  await counted(ben);
  await inTable(screen, prompt, 'Tea 1');
  const before = await places(screen);
  await send(cleo, 'tea');
  await cleo.getByLabel('Another answer').waitFor();
  await send(cleo, ' TEA ', 'Another answer');
  await cleo.getByRole('alert').getByText('You have written that already.').waitFor();
  await send(cleo, '咖啡', 'Another answer');
  await send(cleo, 'شاي', 'Another answer');
  await cleo.getByText('You have given all 3 answers.').waitFor();
  await counted(cleo);
  await send(dan, 'Tea');
  await dan.getByLabel('Another answer').waitFor();
  await send(dan, '<b>rude</b>', 'Another answer');
  await counted(dan);
  for (const row of ['Tea 3', 'apple juice 1', '咖啡 1', 'شاي 1', '<b>rude</b> 1'])
    await inTable(screen, prompt, row);
  const after = await places(screen);
  for (const [word, x] of Object.entries(before)) {
    assert.ok(
      Math.abs(parseFloat(after[word]) - parseFloat(x)) < 3,
      `${word} has moved from ${x} to ${after[word]}`,
    );
  }
  await ben.getByRole('list').getByText('Tea').first().waitFor();
  await picture(ben, 'words-phone');
  await picture(cleo, 'words-narrow');
  await picture(dan, 'words-dark');
  await picture(screen, 'words-screen');

  await host.getByRole('button', { name: 'Take out “<b>rude</b>”' }).click();
  for (const page of [screen, ben])
    await page.getByText('<b>rude</b>').first().waitFor({ state: 'detached' });
  await host.getByRole('button', { name: 'Put back “<b>rude</b>”' }).waitFor();
  await picture(host, 'words-desk');
  assert.deepEqual(await barriers(host), []);
  await host.getByRole('button', { name: 'Put back “<b>rude</b>”' }).click();
  await inTable(screen, prompt, '<b>rude</b> 1');

  await cleo.getByRole('button', { name: 'Remove “tea”' }).click();
  await inTable(screen, prompt, 'Tea 2');
  for (const page of [ben, cleo, dan, screen]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  assert.deepEqual(faults(), []);
});

test('a wall shows what a host has read, and nobody is told the rest', async (t) => {
  const prompt = 'What should change?';
  const { url, code, host, phone, projector, faults } = await meeting(t);
  await write(host, 'Open text', prompt);
  await host.getByRole('switch', { name: /^Read answers before/ }).check();
  await host.getByLabel('Answers per person').selectOption('2');
  await picture(host, 'wall-editor');
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
  const [ben, cleo] = [await phone('Ben'), await phone('Cleo', NARROW)];
  const told = [];
  cleo.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(String(payload))));
  await cleo.reload();
  const screen = await projector();
  await press(host, 'Open voting');
  await ben.getByText('A host reads answers before they are shown.').waitFor();
  await send(ben, 'More light in the\nlarge room');
  await counted(ben);
  await send(ben, 'Something rude', 'Another answer');
  await send(cleo, 'Later mornings, please. '.repeat(18).trim());
  await counted(cleo);

  await host.getByText('3 answers to read').waitFor();
  await picture(host, 'wall-desk');
  assert.deepEqual(await barriers(host), []);
  await host.getByRole('button', { name: /^Show “More light/ }).click();
  await screen.locator('.wall').getByText('More light in the').waitFor();
  await host.getByRole('button', { name: /^Show “Later/ }).click();
  await host.getByRole('button', { name: 'Hold back “Something rude”' }).click();
  await host.getByText('Nothing to read.').waitFor();
  await cleo.locator('.cards').getByText('More light in the').waitFor();
  await screen.locator('.wall').getByText('Later mornings').waitFor();
  await picture(screen, 'wall-screen');
  await picture(cleo, 'wall-narrow');
  assert.equal(told.join().includes('rude'), false);

  const { activities } = (
    await (await ben.request.get(`${url}/api/rooms/${code}/activities/lobby/view`)).json()
  ).view;
  const poll = activities.find((a) => a.kind === 'poll').id;
  const { view } = await (await ben.request.get(`${url}/api/rooms/${code}/activities/${poll}/view`)).json();
  const which = `question=${view.question.id}&round=1`;
  const read = (page, name) =>
    page.request.get(`${url}/api/rooms/${code}/activities/${poll}/read/${name}?${which}`);
  const all = await (await read(cleo, 'answers')).json();
  assert.deepEqual([all.all, all.answers.length, JSON.stringify(all).includes('rude')], [2, 2, false]);
  assert.equal((await (await read(cleo, 'review')).json()).because, 'role');

  await host.getByText('All answers').click();
  await host.locator('li.given', { hasText: 'Something rude' }).getByText('held back').waitFor();
  await host
    .locator('li.given', { hasText: 'Something rude' })
    .getByRole('button', { name: /^Show/ })
    .click();
  await screen.locator('.wall').getByText('Something rude').waitFor();

  // Ben writes his answer anew: it has to be read again.
  await ben.getByRole('button', { name: 'Change “Something rude”' }).click();
  await ben.getByLabel('Your answer', { exact: true }).fill('Something kind');
  await press(ben, 'Save');
  await host.getByText('1 answer to read').waitFor();
  await screen.getByText('Something rude').waitFor({ state: 'detached' });
  await picture(ben, 'wall-phone');
  for (const page of [ben, cleo, screen, host]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('403')),
    [],
  );
});

test('numbers become a histogram, and the true value comes with the results', async (t) => {
  const prompt = 'How high is the tower?';
  const { host, phone, projector, faults } = await meeting(t);
  await write(host, 'Estimate', prompt);
  await host.getByLabel(/^Least/).fill('0');
  await host.getByLabel(/^Greatest/).fill('1000');
  await host.getByLabel(/^Unit/).fill('m');
  await host.getByLabel(/^True value/).fill('2000');
  await press(host, 'Add to the deck');
  await host.getByText('The true value has to be possible as an answer.').waitFor();
  await host.getByLabel(/^True value/).fill('330');
  await host.getByLabel('Results').selectOption('When I show them');
  await picture(host, 'estimate-editor');
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
  const [ben, cleo, dan] = [await phone('Ben'), await phone('Cleo', NARROW), await phone('Dan')];
  const told = [];
  ben.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(String(payload))));
  await ben.reload();
  const screen = await projector();
  await press(host, 'Open voting');
  await ben.getByText('A number from 0 to 1,000 m').waitFor();
  await send(ben, '1001', 'Your number');
  await ben.getByRole('alert').getByText('That number cannot be given here.').waitFor();
  await send(ben, '300', 'Your number');
  await counted(ben);
  await send(cleo, '350', 'Your number');
  await counted(cleo);
  await send(dan, '280', 'Your number');
  await counted(dan);
  await picture(cleo, 'estimate-narrow');
  await press(host, 'Close voting');
  await host.getByRole('table', { name: prompt }).waitFor({ state: 'attached' });
  // As a value of its own: times and ids may have these digits in them.
  assert.doesNotMatch(told.join(), /[:[,]330[,\]}]/);
  assert.equal(await screen.getByText('True value').count(), 0);
  await host.getByRole('button', { name: 'Show results', exact: true }).first().click();
  const fact = (page, name, value) =>
    page.locator('dl div', { hasText: name }).getByText(value, { exact: true }).waitFor();
  for (const page of [screen, ben, cleo]) {
    await fact(page, 'True value', '330 m');
    await fact(page, 'Median', '300 m');
    await fact(page, 'Mean', '310 m');
  }
  assert.equal(told.join().includes('"truth":330'), true);
  await picture(screen, 'estimate-screen');
  await picture(ben, 'estimate-phone');
  await picture(host, 'estimate-desk');
  for (const page of [ben, cleo, screen, host]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  assert.deepEqual(faults(), []);
});

test('a hundred points are given out with steppers, by touch and by keys', async (t) => {
  const prompt = 'What first?';
  const { host, phone, projector, faults } = await meeting(t);
  await write(host, '100 points', prompt);
  await host.getByLabel('Option A').fill('The roof over the long hall');
  await host.getByLabel('Option B').fill('The floor');
  await picture(host, 'points-editor');
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
  const [ben, cleo] = [await phone('Ben', { ...PHONE, hasTouch: true }), await phone('Cleo', NARROW)];
  const screen = await projector();
  await press(host, 'Open voting');
  await ben.getByText('100 points left to give').waitFor();
  for (let i = 0; i < 14; i++)
    await ben.getByRole('button', { name: 'More points for The roof over the long hall' }).tap();
  await ben.getByText('30 points left to give').waitFor();
  await becomes(() => ben.getByText(/^Counted/).count(), 0);
  await picture(ben, 'points-phone');
  await ben.getByLabel('Points for The floor', { exact: true }).fill('99');
  await ben.getByLabel('Points for The floor', { exact: true }).press('Enter');
  await ben.getByText('All points are given out ✓').waitFor();
  await becomes(() => ben.getByLabel('Points for The floor', { exact: true }).inputValue(), '30');
  await counted(ben);

  await cleo.getByRole('button', { name: 'More points for The floor' }).focus();
  for (let i = 0; i < 20; i++) await cleo.keyboard.press('Enter');
  await counted(cleo);
  await picture(cleo, 'points-narrow');
  await inTable(screen, prompt, 'The roof over the long hall 35 35%');
  await inTable(screen, prompt, 'The floor 65 65%');
  await cleo.getByText('65 on average').waitFor();
  await picture(screen, 'points-screen');
  for (const page of [ben, cleo, screen, host]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  assert.deepEqual(faults(), []);
});

test('what a phone loads later waits, fails, and comes by itself', async (t) => {
  const { host, phone } = await meeting(t);
  await write(host, 'Word cloud', 'One word?');
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: 'One word?' }).waitFor();
  const ben = await phone('Ben', NARROW);
  const asked = [];
  ben.on('request', (request) => request.url().includes('/assets/') && asked.push(request.url()));
  let down = true;
  await ben.route('**/assets/special-*', (route) => (down ? route.abort() : route.continue()));
  await press(host, 'Open voting');
  await ben.getByText('One word?').waitFor();
  await ben.getByText('This kind of question could not be loaded.').waitFor();
  await picture(ben, 'later-failed');
  assert.deepEqual(await barriers(ben), []);
  await becomes(() => overflow(ben), 0);
  down = false;
  await press(ben, 'Try again');
  await send(ben, 'Hello');
  await counted(ben);
  assert.ok(asked.length >= 2);
});

test('in Chinese', async (t) => {
  const { url, code, host, open } = await meeting(t);
  await write(host, 'Word cloud', '一个词？');
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: '一个词？' }).waitFor();
  await press(host, 'Open voting');
  const ben = await open({ ...PHONE, locale: 'zh-CN' });
  await ben.goto(`${url}/${code}`);
  await ben.getByLabel('你的名字').fill('小明');
  await ben.getByRole('button', { name: '加入' }).click();
  await ben.getByText('最多写 3 个词或短语').waitFor();
  await ben.getByLabel('你的回答').fill('咖啡');
  await ben.getByRole('button', { name: '发送' }).click();
  await ben.getByText(/^已计票 ✓/).waitFor();
  await picture(ben, 'words-chinese');
  assert.deepEqual(await barriers(ben), []);
});
