// A ranking from beginning to end: phones put options in order, desk and projector show the same by every
// method, and anyone counts the exported ballots again.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, exported, newPoll, phone, PHONE } from './voters.mjs';

const PROMPT = 'Which capital?';
const OPTIONS = ['Memphis', 'Nashville', 'Chattanooga', 'Knoxville'];
const binary = process.env.PLENUM_BINARY ?? fileURLToPath(new URL('../../../bin/plenum', import.meta.url));

async function ask(host) {
  await newPoll(host);
  await host.keyboard.type(PROMPT);
  await host.getByRole('radio', { name: 'Ranking' }).check();
  for (const [at, option] of OPTIONS.entries()) {
    await host.getByLabel(`Option ${'ABCD'[at]}`, { exact: true }).fill(option);
  }
  await host.getByLabel('Results').selectOption('When I show them');
}

const row = (page, name) => page.getByRole('button', { name: new RegExp(`^${name} \\(`) });
const order = (page) => page.locator('.ranks li.on .text').allTextContents();

/** Ranks by taps, and waits until the last one counts. */
async function tap(page, ...names) {
  for (const [at, name] of names.entries()) {
    await row(page, name).tap();
    await page.getByRole('button', { name: `${name} (place ${at + 1} of ${at + 1})` }).waitFor();
  }
  await counted(page);
  assert.deepEqual(await order(page), names);
}

/** Ballots cast over HTTP by people without a page. */
async function cast({ url, code, poll, question }, ranking, times) {
  const post = (path, cookie, data) =>
    fetch(`${url}/api/rooms/${code}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify(data),
    });
  for (let i = 0; i < times; i++) {
    const entered = await post('enter', '', { name: `Voter ${ranking[0]} ${i}` });
    const [cookie] = entered.headers.getSetCookie()[0].split(';');
    const options = ranking.map((name) => question.options.find((o) => o.text === name).id);
    const ballot = { with: { question: question.id, round: 1, turn: 1, options } };
    const answer = await post(`activities/${poll}/vote`, cookie, ballot);
    assert.equal(answer.status, 200, await answer.text());
  }
}

test('people rank, the methods differ, and anyone counts again', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const made = await host.request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
  const { code } = await made.json();
  await host.goto(`${url}/r/${code}`);
  await ask(host);
  assert.deepEqual(await barriers(host), []);
  await host.getByRole('button', { name: 'Add to the deck' }).click();
  await host.getByRole('heading', { name: PROMPT }).waitFor();

  const touch = { ...PHONE, hasTouch: true };
  const ben = await phone(open, url, code, 'Ben', touch);
  const cleo = await phone(open, url, code, 'Cleo', { viewport: { width: 320, height: 700 } });
  const dan = await phone(open, url, code, 'Dan', touch);
  const screen = await host.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(`${url}/r/${code}/present`);
  await host.getByRole('button', { name: 'Open voting', exact: true }).click();
  await screen.getByRole('heading', { name: PROMPT }).waitFor();

  await tap(ben, 'Memphis', 'Nashville', 'Chattanooga', 'Knoxville');

  // Cleo has only a keyboard.
  await row(cleo, 'Chattanooga').focus();
  await cleo.keyboard.press('Enter');
  await row(cleo, 'Nashville').focus();
  await cleo.keyboard.press('Space');
  await cleo.getByRole('button', { name: 'Nashville (place 2 of 2)' }).waitFor();
  await cleo.keyboard.press('ArrowUp');
  await cleo.getByRole('button', { name: 'Nashville (place 1 of 2)' }).waitFor();
  await becomes(() => cleo.evaluate(() => document.activeElement?.textContent ?? ''), /Nashville/);
  await cleo.getByRole('button', { name: 'Chattanooga: one place up' }).press('Enter');
  await cleo.getByRole('button', { name: 'Chattanooga (place 1 of 2)' }).waitFor();
  assert.equal(
    await cleo.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    'Chattanooga: one place up',
  );
  await row(cleo, 'Chattanooga').press('ArrowDown');
  await row(cleo, 'Knoxville').focus();
  await cleo.keyboard.press('Enter');
  await cleo.getByText('Your order: Nashville, Chattanooga, and Knoxville').waitFor({ state: 'attached' });
  await counted(cleo);
  assert.deepEqual(await barriers(cleo), []);
  await becomes(() => overflow(cleo), 0);

  // Dan changes his mind: out with one, and the last one dragged to the top.
  await tap(dan, 'Nashville', 'Chattanooga', 'Knoxville');
  await row(dan, 'Nashville').tap();
  await dan.getByRole('button', { name: 'Nashville (not in your order yet)' }).waitFor();
  const handle = await dan.locator('li', { hasText: 'Knoxville' }).locator('.handle').boundingBox();
  const top = await dan.locator('li', { hasText: 'Chattanooga' }).boundingBox();
  await dan.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await dan.mouse.down();
  await dan.mouse.move(handle.x + handle.width / 2, top.y + 5, { steps: 5 });
  await dan.mouse.up();
  await dan.getByRole('button', { name: 'Knoxville (place 1 of 2)' }).waitFor();
  assert.deepEqual(await order(dan), ['Knoxville', 'Chattanooga']);
  await counted(dan);

  // The rest of Tennessee votes without a page.
  const { activities } = (
    await (await host.request.get(`${url}/api/rooms/${code}/activities/lobby/view`)).json()
  ).view;
  const poll = activities.find((a) => a.kind === 'poll').id;
  const { view } = await (await host.request.get(`${url}/api/rooms/${code}/activities/${poll}/view`)).json();
  const [question] = view.questions;
  const voting = { url, code, poll, question };
  await cast(voting, ['Memphis', 'Nashville', 'Chattanooga', 'Knoxville'], 3);
  await cast(voting, ['Nashville', 'Chattanooga', 'Knoxville', 'Memphis'], 1);
  await cast(voting, ['Chattanooga', 'Knoxville', 'Nashville', 'Memphis'], 1);
  await cast(voting, ['Knoxville', 'Chattanooga', 'Nashville', 'Memphis'], 2);

  // Nobody but the host is told before it is shown.
  const results = `${url}/api/rooms/${code}/activities/${poll}/read/results?question=${question.id}&round=1`;
  await host.getByRole('button', { name: 'Close voting' }).click();
  await host.getByText('Who wins differs by method.').waitFor();
  const before = await ben.request.get(results);
  assert.equal((await before.json()).because, 'not-shown');
  const secret = await ben.request.get(results.replace('/results', '/export'));
  assert.equal((await secret.json()).because, 'role');
  assert.equal(await screen.getByText('Who wins differs by method.').count(), 0);
  assert.deepEqual(await barriers(host), []);

  await host.getByRole('button', { name: 'Show results', exact: true }).first().click();
  await screen.getByText('Who wins differs by method.').waitFor();
  const told = async (page) =>
    page
      .locator('.outcome dl > div')
      .evaluateAll((all) => all.map((e) => e.textContent?.replace(/\s+/g, ' ').trim()));
  const wins = ['Run-off decides Knoxville', 'Duels Nashville', 'Points Tie: Nashville and Chattanooga'];
  assert.deepEqual(await told(screen), wins);
  assert.deepEqual(await told(host), wins);
  await ben.getByText('4 × first').waitFor();
  await ben.getByText('Winner by run-off: Knoxville.').waitFor();
  await host.getByText('All numbers as tables').click();
  await host
    .getByRole('table', { name: 'Run-off' })
    .getByRole('row', { name: /^1 Knoxville 3 4 6$/ })
    .waitFor();
  await host.getByRole('button', { name: 'Next round' }).click();
  await host.getByText('Round 2 of 3').waitFor();
  assert.deepEqual(await barriers(screen), []);
  assert.deepEqual(await barriers(ben), []);

  const { file } = await exported(host, /^These votes for a recount/);
  const { stdout } = await promisify(execFile)(binary, ['recount', file]);
  assert.match(stdout, /^Which capital\?\nBallots: 10 {3}Options: 4 {3}Winners: 1\n/);
  assert.match(stdout, /== Run-off \(instant run-off\), which decides\n[^=]*Elected: Knoxville\n/);
  assert.match(stdout, /== Schulze [^=]*Elected: Nashville\n/);
  assert.match(stdout, /== Borda [^=]*Tied: Nashville, Chattanooga\n/);
  assert.match(stdout, /Who wins differs by method\./);
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('403')),
    [],
  );
});
