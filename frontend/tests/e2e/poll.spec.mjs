// A poll from beginning to end: what the host's desk, the projector and the phones show is the same.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, newPoll, phone, PHONE, room } from './voters.mjs';

const PROMPT = 'Where do we go in June?';

/** A new poll with one question whose results come when the host shows them. */
async function ask(host, timer = 'No timer') {
  await newPoll(host);
  await host.keyboard.type(PROMPT);
  await host.getByLabel('Option A').fill('The lake');
  await host.getByLabel('Option A').press('Enter');
  await host.keyboard.type('The old town');
  await host.getByLabel('Results').selectOption('When I show them');
  await host.getByLabel('Timer').selectOption(timer);
  await host.getByRole('button', { name: 'Add to the deck' }).click();
  await host.getByRole('heading', { name: PROMPT }).waitFor();
}

const next = (host, name) => host.getByRole('button', { name, exact: true }).click();
const option = (page, name) => page.getByRole('radio', { name });
const vote = async (page, name) => {
  await option(page, name).check();
  await counted(page);
};

/** Where a phone shows what, to the pixel. */
const places = (page) =>
  page
    .locator('legend, .option, .line')
    .evaluateAll((all) => all.map((e) => JSON.stringify(e.getBoundingClientRect())));

/** The votes in the table that is heard instead of the bars. */
async function shows(page, lake, town) {
  const table = page.getByRole('table', { name: PROMPT });
  for (const [name, votes] of [
    ['The lake', lake],
    ['The old town', town],
  ]) {
    await table.getByRole('row', { name: new RegExp(`^${name} ${votes} `) }).waitFor({ state: 'attached' });
  }
}

async function phoneShows(page, lake, town) {
  const said = (n) => (n === 1 ? '1 vote' : `${n} votes`);
  await page.locator('.option', { hasText: 'The lake' }).getByText(said(lake), { exact: true }).waitFor();
  await page.locator('.option', { hasText: 'The old town' }).getByText(said(town), { exact: true }).waitFor();
}

test('a host, a projector and three phones go through a poll together', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const screen = await open({ viewport: { width: 1920, height: 1080 } });
  await screen.goto(`${url}/r/${code}/present`);
  await screen.getByLabel('Your name').fill('Projector');
  await screen.getByRole('button', { name: 'Join' }).click();
  await screen
    .getByRole('img', { name: `QR code for ${url}/${code}` })
    .first()
    .waitFor();

  const phones = [];
  for (const name of ['Ben', 'Cleo', 'Dan']) phones.push(await phone(open, url, code, name));
  const [ben, cleo, dan] = phones;
  let before = [];
  await screen.getByText('Cleo').waitFor();

  await t.test('a draft is seen by nobody else', async () => {
    await ask(host);
    await shows(host, 0, 0);
    for (const page of [...phones, screen]) assert.equal(await page.getByText(PROMPT).count(), 0);
  });

  await t.test('opening brings it to everyone', async () => {
    await next(host, 'Open voting');
    for (const page of phones) await page.getByText('Tap to vote.').waitFor();
    await screen.getByRole('heading', { name: PROMPT }).waitFor();
    before = await places(cleo);
  });

  await t.test('votes are counted, and changed', async () => {
    await vote(ben, 'The lake');
    await vote(cleo, 'The lake');
    await vote(dan, 'The old town');
    await shows(host, 2, 1);
    await vote(cleo, 'The old town');
    await shows(host, 1, 2);
    await host.getByText('3 of 5').waitFor();
    for (const page of [...phones, screen]) await page.getByText('3 people voted').waitFor();
  });

  await t.test('a vote is taken back, and given again', async () => {
    await ben.getByRole('button', { name: 'Take back' }).click();
    await ben.getByText('Your vote is taken back.').waitFor();
    await shows(host, 0, 2);
    await screen.getByText('2 people voted').waitFor();
    await vote(ben, 'The lake');
    await shows(host, 1, 2);
  });

  await t.test('nobody but the host sees results before they are shown', async () => {
    await host.getByText('Only you see these results').waitFor();
    assert.equal(await ben.locator('.votes').count(), 0);
    const votes = screen.locator('.bars .amount').first();
    assert.equal(await votes.evaluate((e) => getComputedStyle(e).visibility), 'hidden');
    assert.deepEqual(await screen.locator('.bars .amount b').allTextContents(), ['0', '0']);
  });

  await t.test('a reload keeps what was chosen, and the time of counting', async () => {
    const said = await ben.getByText(/^Counted ✓/).textContent();
    await ben.reload();
    await ben.getByText(said, { exact: true }).waitFor();
    await becomes(() => option(ben, 'The lake').isChecked(), true);
  });

  await t.test('after the close nothing can be chosen', async () => {
    await next(host, 'Close voting');
    for (const page of phones) {
      await page.getByText('Results come when the host shows them.').waitFor();
      await becomes(() => option(page, 'The lake').isDisabled(), true);
    }
  });

  await t.test('the results are the same everywhere', async () => {
    await next(host, 'Show results');
    await shows(host, 1, 2);
    await shows(screen, 1, 2);
    for (const page of phones) await phoneShows(page, 1, 2);
    assert.deepEqual(await places(cleo), before, 'nothing has moved since the question was opened');
    assert.deepEqual(await screen.locator('.bars .name').allTextContents().then(trimmed), [
      'The old town',
      'The lake',
    ]);
  });

  await t.test('there are no barriers', async () => {
    for (const page of [host, screen, ben]) assert.deepEqual(await barriers(page), []);
    for (const page of [host, screen, ben]) await becomes(() => overflow(page), 0);
  });

  await t.test('the next round begins without votes', async () => {
    await host.keyboard.press('g');
    const sure = host.getByRole('dialog', { name: 'Ask again in a new round?' });
    await sure.getByText('The 3 votes of this round stay stored').waitFor();
    await sure.getByRole('button', { name: 'Ask again in a new round' }).click();
    for (const page of phones) await page.getByText('Voting opens in a moment.').waitFor();
    await next(host, 'Open voting');
    await vote(dan, 'The lake');
    await shows(host, 1, 0);
    await next(host, 'Close voting');
    await next(host, 'Show results');
    await shows(screen, 1, 0);
    for (const page of phones) await phoneShows(page, 1, 0);
    await becomes(() => ben.locator('.option.on').count(), 0);
  });

  await t.test('at the end the screens show how to join', async () => {
    await next(host, 'Back to the join screen');
    for (const page of phones) await page.getByText('Waiting for the next question').waitFor();
    await screen.getByText(/people are here$/).waitFor();
  });
  assert.deepEqual(faults(), []);
});

function trimmed(texts) {
  return texts.map((text) => text.trim());
}

test('a vote cast while the server is away is counted when it is back', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const first = await plenum(t, { folder });
  const { open } = await browser(t);
  const { host, code } = await room(open, first.url);
  const ben = await phone(open, first.url, code, 'Ben');
  await ask(host);
  await next(host, 'Open voting');
  await ben.getByText('Tap to vote.').waitFor();

  await first.stop('SIGKILL');
  await option(ben, 'The old town').check();
  await ben.getByText('Kept on this device. It goes out when you are connected again.').waitFor();
  await plenum(t, { folder, listen: new URL(first.url).host });
  await ben.getByText(/^Counted ✓/).waitFor();
  await shows(host, 0, 1);
});

test('the projector is run by a clicker, and so is the timer', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben');
  await ask(host, '15 seconds');
  await host.goto(`${url}/r/${code}/present`);
  await host.getByText('Team day').waitFor();
  assert.equal(await ben.getByText(PROMPT).count(), 0);

  // The poll is not on the screens yet: the desk brings it there, the clicker goes on from it.
  await host.goto(`${url}/r/${code}`);
  await host.getByRole('heading', { name: PROMPT }).waitFor();
  await host.keyboard.press('p');
  await ben.getByText('Voting opens in a moment.').waitFor();
  await host.goto(`${url}/r/${code}/present`);
  await host.getByRole('heading', { name: PROMPT }).waitFor();

  await host.keyboard.press('PageDown');
  await host.getByRole('timer').waitFor();
  await vote(ben, 'The lake');
  await ben.getByRole('timer').waitFor();
  await host.getByText('1 person voted').waitFor();
  // The server's clock closes it, nobody else.
  await ben.getByText('Results come when the host shows them.').waitFor({ timeout: 60_000 });
  await host.keyboard.press('ArrowRight');
  await shows(host, 1, 0);
  await phoneShows(ben, 1, 0);
  await host.keyboard.press('Space');
  await ben.getByText('Waiting for the next question').waitFor();
  assert.deepEqual(faults(), []);
});
