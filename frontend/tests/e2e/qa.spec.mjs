// Questions as people use them: asked, looked at, voted for, put together, answered, on the projector.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const look = process.env.PLENUM_PICTURES;

async function picture(page, name) {
  if (look) await page.screenshot({ path: `${look}/qa-${name}.png` });
}

async function start(page, url) {
  await page.goto(url);
  await page.getByLabel('What is it about?').fill('Town hall');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  await page.getByText('Saved').waitFor();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Questions/ }).click();
  await page.getByLabel('Ask a question').waitFor();
  return page.url().slice(-6);
}

/** A person on a phone, where the questions are. */
async function enter(open, url, code, name) {
  const page = await open(phone);
  await page.goto(`${url}/r/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Saved').waitFor();
  await page.getByRole('button', { name: 'Questions' }).click();
  await page.getByLabel('Ask a question').waitFor();
  return page;
}

async function ask(page, text) {
  await page.getByLabel('Ask a question').fill(text);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}

function card(page, text) {
  return page.getByRole('article', { name: text });
}

function vote(page, text) {
  return card(page, text).getByRole('button', { name: `Vote for “${text}”` });
}

/** Waits until a question has so many votes on a page, counted and not on their way. */
async function votes(page, text, n) {
  await card(page, text)
    .locator('.vote[aria-busy=false], p.vote')
    .filter({ hasText: new RegExp(`(^|”)\\s*${n}`) })
    .waitFor();
}

/** The questions of the list that is shown, in their order. */
function texts(page) {
  return page.locator('article').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
}

async function clean(...pages) {
  for (const page of pages) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
}

test('a moderated hour: queue, votes, order, merging, answers, the projector', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  await host.getByRole('button', { name: 'Approve questions first' }).click();
  await host.getByRole('tab', { name: /Waiting/ }).click();
  const ben = await enter(open, url, code, 'Ben');
  const cleo = await enter(open, url, code, 'Cleo');

  // Asked, and seen by nobody but hosts and who asked.
  await ask(ben, 'When is lunch?');
  await card(ben, 'When is lunch?').getByText('Waiting for a host').waitFor();
  await cleo.getByLabel('Without my name').check();
  await cleo.getByText('Nobody’s screen shows your name.').waitFor();
  await ask(cleo, 'Do we get paid?');
  await card(host, 'When is lunch?').getByText('Ben').waitFor();
  await card(host, 'Do we get paid?').getByText('Without a name').waitFor();
  assert.equal(await card(cleo, 'When is lunch?').count(), 0);
  await picture(host, 'queue');
  await picture(ben, 'waiting');
  await clean(host, ben, cleo);

  // The host's keys: the first that waits is approved, the next dismissed, and that is taken back.
  await host.getByRole('tab', { name: /Waiting/ }).focus();
  await host.keyboard.press('a');
  await card(cleo, 'When is lunch?').waitFor();
  await card(host, 'When is lunch?').waitFor({ state: 'detached' });
  await host.keyboard.press('d');
  await cleo.getByRole('tab', { name: 'Mine' }).click();
  await card(cleo, 'Do we get paid?').getByText('Dismissed').waitFor();
  await host.keyboard.press('u');
  await card(host, 'Do we get paid?').waitFor();
  await card(host, 'Do we get paid?').getByRole('button', { name: 'Approve' }).click();
  await card(ben, 'Do we get paid?').getByText('Without a name').waitFor();

  // Voting, once each, and the order that follows.
  await cleo.getByRole('tab', { name: 'Questions' }).click();
  await vote(ben, 'Do we get paid?').tap();
  await votes(ben, 'Do we get paid?', 2);
  await votes(cleo, 'Do we get paid?', 2);
  await becomes(() => vote(ben, 'Do we get paid?').getAttribute('aria-pressed'), 'true');
  await host.getByRole('tab', { name: 'Questions' }).click();
  await votes(host, 'Do we get paid?', 2);
  assert.deepEqual(await texts(host), ['Do we get paid?', 'When is lunch?']);
  await vote(ben, 'Do we get paid?').tap();
  await votes(cleo, 'Do we get paid?', 1);
  await vote(ben, 'Do we get paid?').tap();
  await votes(cleo, 'Do we get paid?', 2);

  // A question like another is put together with it: who wanted both is counted once.
  await ask(cleo, 'What time do we eat?');
  await host.getByRole('tab', { name: /Waiting/ }).click();
  await card(host, 'What time do we eat?').getByRole('button', { name: 'Approve' }).click();
  await vote(ben, 'What time do we eat?').tap();
  await votes(ben, 'What time do we eat?', 2);
  await host.getByRole('tab', { name: 'Questions' }).click();
  await card(host, 'What time do we eat?')
    .getByRole('button', { name: /^More for/ })
    .click();
  await host.getByRole('menuitem', { name: 'Put together with…' }).click();
  await picture(host, 'merging');
  await card(host, 'When is lunch?').getByRole('button', { name: 'Into this one' }).click();
  await votes(ben, 'When is lunch?', 2);
  await card(ben, 'What time do we eat?').waitFor({ state: 'detached' });
  await cleo.getByRole('tab', { name: 'Mine' }).click();
  await card(cleo, 'What time do we eat?').getByText('Put together with another question').waitFor();
  await cleo.getByRole('tab', { name: 'Questions' }).click();
  await becomes(() => vote(cleo, 'When is lunch?').getAttribute('aria-pressed'), 'true');

  // On the projector: what people want to hear, then the one that is being answered.
  const room = await host.context().newPage();
  await room.setViewportSize({ width: 1440, height: 900 });
  await host.getByRole('button', { name: 'More for Questions' }).click();
  await host.getByRole('menuitem', { name: 'Bring to everyone’s screen' }).click();
  await room.goto(`${url}/r/${code}/present`);
  await room.getByRole('heading', { name: 'Questions' }).waitFor();
  await picture(room, 'present-top');
  await room.keyboard.press('Space');
  await room.getByRole('heading', { name: 'When is lunch?' }).waitFor();
  await card(ben, 'When is lunch?').getByText('Being answered now').waitFor();
  await becomes(() => room.getByText(code).first().isVisible(), true);
  await picture(room, 'present-now');
  await picture(host, 'list');
  await picture(ben, 'list-phone');
  await clean(host, ben, room);

  // Answered in words, in a list of its own.
  await card(host, 'When is lunch?')
    .getByRole('button', { name: /^More for/ })
    .click();
  await host.getByRole('menuitem', { name: 'Answer in words…' }).click();
  await host.getByLabel('Your answer, as everyone will read it').fill('At noon.');
  await picture(host, 'answering');
  await host.getByRole('button', { name: 'Mark as answered', exact: true }).last().click();
  await card(ben, 'When is lunch?').waitFor({ state: 'detached' });
  await ben.getByRole('tab', { name: 'Answered' }).click();
  await card(ben, 'When is lunch?').getByText('At noon.').waitFor();
  await room.getByRole('heading', { name: 'When is lunch?' }).waitFor({ state: 'detached' });
  await picture(ben, 'answered');
  await clean(ben, host);

  // Nothing new is asked any more, and a voter sees why.
  await host.getByRole('button', { name: 'Take no more questions' }).click();
  await ben.getByText('No more questions are taken for now.').waitFor();
  assert.deepEqual(faults(), []);
});

test('the server is killed in the middle: questions and votes are there once, and it goes on', async (t) => {
  const server = await plenum(t);
  const { open } = await browser(t);
  const host = await open();
  const code = await start(host, server.url);
  const ben = await enter(open, server.url, code, 'Ben');
  const cleo = await enter(open, server.url, code, 'Cleo');
  await ask(ben, 'Before?');
  await vote(cleo, 'Before?').tap();
  await votes(host, 'Before?', 2);

  await server.stop('SIGKILL');
  await ask(ben, 'During?');
  await ben.locator('.unsent', { hasText: 'During?' }).getByText('Sending…').waitFor();
  await cleo.getByText(/Offline/).waitFor();
  await vote(cleo, 'Before?').tap();
  await cleo.locator('.vote[aria-busy=true]').waitFor();
  await becomes(() => vote(cleo, 'Before?').getAttribute('aria-pressed'), 'false');
  await picture(ben, 'offline');
  await plenum(t, { folder: server.folder, listen: new URL(server.url).host });

  await card(cleo, 'During?').waitFor({ timeout: 60_000 });
  for (const page of [host, ben, cleo]) {
    await votes(page, 'Before?', 1);
    await becomes(() => card(page, 'During?').count(), 1);
  }
  await becomes(() => ben.locator('.unsent').count(), 0);
  await vote(host, 'During?').click();
  await votes(ben, 'During?', 2);
});

test('while somebody reads nothing moves: what is new is offered', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  const ben = await enter(open, url, code, 'Ben');
  await ask(ben, 'One?');
  await ask(ben, 'Two?');
  await card(host, 'Two?').hover();
  await ask(ben, 'Three?');
  const line = host.getByRole('button', { name: 'Show 1 new question' });
  await line.waitFor();
  assert.deepEqual(await texts(host), ['One?', 'Two?']);
  await picture(host, 'offer');
  assert.deepEqual(await barriers(host), []);
  await line.click();
  await card(host, 'Three?').waitFor();
  await card(host, 'Three?').hover();
  await vote(host, 'Three?').click();
  await votes(host, 'Three?', 2);
  assert.deepEqual(await texts(host), ['One?', 'Two?', 'Three?']);
  await host.getByRole('button', { name: 'Show the new order' }).click();
  await host.locator('article').first().filter({ hasText: 'Three?' }).waitFor();

  // Writing a question is not disturbed by what others ask.
  await host.getByLabel('Ask a question').fill('Half of');
  await ask(ben, 'Four?');
  await host.getByRole('button', { name: 'Show 1 new question' }).waitFor();
  await becomes(() => host.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
});
