// A quiz of three questions on the host's desk, the projector and phones: one joins late, one is reloaded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, browser, overflow, plenum } from './harness.mjs';
import { counted, newPoll, PHONE, room } from './voters.mjs';

/** Pictures for whoever wants to look: a folder in PLENUM_PICTURES. */
async function picture(page, name) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** Writes a choice; options with a star are right. */
async function writeChoice(host, kind, prompt, options) {
  await host.getByLabel('Question', { exact: true }).fill(prompt);
  await host.getByRole('radio', { name: kind, exact: true }).check();
  await host.getByRole('switch', { name: 'Quiz question' }).check();
  for (const [at, text] of options.entries()) {
    const letter = 'ABCDEF'[at];
    await host.getByRole('textbox', { name: `Option ${letter}`, exact: true }).fill(text.replace('*', ''));
    if (text.startsWith('*')) await host.getByLabel(`Option ${letter} is right`).check();
  }
}

async function add(host, prompt) {
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
}

async function another(host) {
  await host.getByRole('button', { name: 'Add a question' }).click();
  await host.getByRole('menuitem', { name: /^Single choice/ }).click();
}

const told = (page, text) => page.locator('.quiz.told').getByText(text, { exact: true }).waitFor();

test('a host, a projector and phones play a quiz', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  await newPoll(host);
  const frames = [];

  const fruit = 'Which of these is a fruit?';
  await writeChoice(host, 'Single choice', fruit, ['Carrot', '*Tomato', 'Leek']);
  await host.getByLabel('Timer').selectOption('20 seconds');
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'quiz-editor');
  await add(host, fruit);
  await another(host);
  const even = 'Which numbers are even?';
  await writeChoice(host, 'Multiple choice', even, ['*2', '3', '*4']);
  await host.getByLabel('At most').fill('3');
  await add(host, even);
  await another(host);
  const high = 'How high is the tower?';
  await host.getByLabel('Question', { exact: true }).fill(high);
  await host.getByRole('radio', { name: 'Estimate', exact: true }).check();
  await host.getByRole('switch', { name: 'Quiz question' }).check();
  await press(host, 'Add to the deck');
  await host.getByRole('alert').getByText('Give the true value.').waitFor();
  await host.getByLabel(/^True value/).fill('330');
  await host.getByLabel(/^How far off/).fill('10');
  await add(host, high);

  const screen = await host.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(`${url}/r/${code}/present`);
  const listen = async (page) =>
    page.on('websocket', (socket) => socket.on('framereceived', (f) => frames.push(String(f.payload))));
  const join = async (name, options = PHONE, seen = 'You are in') => {
    const page = await open(options);
    await listen(page);
    page.setDefaultTimeout(15000);
    await page.goto(`${url}/${code}`);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText(seen).waitFor();
    return page;
  };
  host.setDefaultTimeout(15000);
  screen.setDefaultTimeout(15000);
  const [ben, cleo] = [await join('Ben'), await join('Cleo', { ...PHONE, colorScheme: 'dark' })];

  await t.test('the rules are set in one place', async () => {
    await press(host, 'Quiz settings');
    await host.getByRole('radio', { name: /Right and fast answers/ }).check();
    await host.getByRole('switch', { name: 'More for right answers in a row' }).check();
    await host.getByLabel('Time to read before answering').selectOption('3 seconds');
    await host.getByRole('combobox', { name: /^Cleo/ }).selectOption('twice the time');
    assert.deepEqual(await barriers(host), []);
    await picture(host, 'quiz-rules');
    await press(host, 'Done');
  });

  await t.test('people read, answer, and nobody is told what is right', async () => {
    await host
      .getByRole('button', { name: new RegExp(fruit.replace('?', '.')) })
      .first()
      .click();
    await press(host, 'Open voting');
    await ben.getByText(/^Read first\. You can answer in \d seconds?\.$/).waitFor();
    await picture(screen, 'quiz-reading');
    await cleo.getByText('You have twice the time.').waitFor();
    await ben.getByRole('radio', { name: 'Tomato' }).check();
    await counted(ben);
    await cleo.getByRole('radio', { name: 'Carrot' }).check();
    await counted(cleo);
    await picture(ben, 'quiz-phone');
    await picture(cleo, 'quiz-phone-more');
    await picture(screen, 'quiz-open');
    await picture(host, 'quiz-desk');
    await cleo.reload();
    await cleo.getByText(/^Counted ✓/).waitFor(); // from the server
    await press(host, 'Close voting');
    await cleo.getByText('Results come when the host shows them.').waitFor();
    assert.equal(frames.filter((f) => f.includes('"key":{') || f.includes('"gain"')).length, 0);
    assert.ok(frames.some((f) => f.includes(fruit)));
  });

  await t.test('the reveal says who was right, and what it brought', async () => {
    await press(host, 'Show results');
    await told(ben, 'Right');
    await ben.getByText(/^✓ Right answer$/).waitFor();
    await ben.getByText('1,000 points · place 1 of 2').waitFor();
    await told(cleo, 'Not right');
    await screen.locator('.mark.right').first().waitFor();
    for (const page of [ben, cleo, screen, host]) assert.deepEqual(await barriers(page), []);
    await picture(ben, 'quiz-right');
    await picture(cleo, 'quiz-wrong');
    await picture(screen, 'quiz-reveal');
    await press(host, 'Show the leader board');
    await screen.getByRole('heading', { name: 'Leader board' }).waitFor();
    await screen.getByText('Ben').waitFor();
    await picture(screen, 'quiz-board');
  });

  const dan = await join('Dan', { viewport: { width: 320, height: 640 } }, fruit);

  await t.test('who comes late plays on from there', async () => {
    await press(host, 'Next question');
    await press(host, 'Open voting');
    await dan.getByRole('checkbox', { name: '2' }).check();
    await dan.getByRole('checkbox', { name: '4' }).check();
    await counted(dan);
    await cleo.getByRole('checkbox', { name: '2' }).check();
    await cleo.getByRole('checkbox', { name: '4' }).check();
    await counted(cleo);
    await ben.getByRole('checkbox', { name: '2' }).check();
    await counted(ben);
    await press(host, 'Close voting');
    await press(host, 'Show results');
    await told(dan, 'Right');
    await told(ben, 'Partly right');
    await ben.getByText('1,500 points · place 1 of 3').waitFor();
    await dan.getByText('1,000 points · place 2 of 3').waitFor();
    await overflow(dan);
    await picture(dan, 'quiz-narrow');
    await press(host, 'Show the leader board');
    await screen.getByText('Dan').waitFor();
  });

  await t.test('the last question ends on the podium', async () => {
    await press(host, 'Next question');
    await press(host, 'Open voting');
    for (const [page, number] of [
      [ben, '400'],
      [cleo, '335'],
      [dan, '340'],
    ]) {
      await page.getByLabel('Your number').fill(number);
      await press(page, 'Send');
      await counted(page);
    }
    await press(host, 'Close voting');
    await press(host, 'Show results');
    await cleo.getByText('Right answer: 330 ±10').waitFor();
    await cleo.getByText('2 right in a row: +100').waitFor();
    await cleo.getByText('2,100 points · place 1 of 3').waitFor();
    await dan.getByText('2,100 points · place 1 of 3').waitFor();
    await ben.getByText('1,500 points · place 3 of 3').waitFor();
    await picture(cleo, 'quiz-number');
    await press(host, 'Show the winners');
    await screen.getByRole('heading', { name: 'Winners' }).waitFor();
    await screen.getByText('Cleo').waitFor();
    assert.deepEqual(await barriers(screen), []);
    await picture(screen, 'quiz-podium');
  });
  assert.deepEqual(faults(), []);
});

test('teams are dealt out or chosen, and stand on the leader board', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  await newPoll(host);
  const fruit = 'Which of these is a fruit?';
  await writeChoice(host, 'Single choice', fruit, ['Carrot', '*Tomato']);
  await add(host, fruit);
  await press(host, 'Quiz settings');
  await host.getByLabel('How many teams').selectOption('2');
  await host.getByLabel('Name of team 1').fill('Red');
  await host.getByLabel('Name of team 2').fill('Blue');
  await press(host, 'Keep the names');
  await host.getByRole('button', { name: 'Keep the names' }).waitFor({ state: 'hidden' });
  assert.deepEqual(await barriers(host, '[open]'), []);
  await picture(host, 'teams-settings');
  await host.keyboard.press('Escape');
  await press(host, 'Open voting');

  const join = async (name, options = PHONE) => {
    const page = await open(options);
    await page.goto(`${url}/${code}`);
    await page.getByLabel('Your name').fill(name);
    await press(page, 'Join');
    return page;
  };
  const bea = await join('Bea');
  await bea.getByRole('radio', { name: 'Tomato' }).check();
  await counted(bea);
  const hers = (await bea.locator('.quiz .team').textContent()).trim();
  assert.match(hers, /^(Red|Blue)$/);
  await picture(bea, 'teams-phone');
  await press(host, 'Quiz settings');
  await host.getByLabel('Who is in which team').selectOption('everyone chooses');
  await host.keyboard.press('Escape');
  const cleo = await join('Cleo', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  const other = hers === 'Red' ? 'Blue' : 'Red';
  await cleo.getByRole('group', { name: 'Choose your team' }).waitFor();
  assert.deepEqual(await barriers(cleo), []);
  assert.equal(await overflow(cleo), 0);
  await picture(cleo, 'teams-phone-choice');
  await cleo.getByRole('button', { name: new RegExp(`^${other} 0 people`) }).click();
  await cleo.getByRole('radio', { name: 'Carrot' }).check();
  await counted(cleo);
  await cleo.locator('.quiz .team').getByText(other, { exact: true }).waitFor();

  const screen = await host.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(`${url}/r/${code}/present`);
  await press(host, 'Close voting');
  await press(host, 'Show results');
  await press(host, 'Show the winners');
  await screen.getByRole('listitem').filter({ hasText: hers }).getByText('1,000 points').waitFor();
  await screen.getByRole('listitem').filter({ hasText: other }).getByText('0 points').waitFor();
  assert.deepEqual(await barriers(screen), []);
  await picture(screen, 'teams-board');
  await bea.reload();
  await bea.locator('.quiz.told .team').getByText('1,000 points · place 1 of 2').waitFor();
  assert.deepEqual(await barriers(bea), []);
  await picture(bea, 'teams-phone-told');
  assert.deepEqual(faults(), []);
});
