// Secret votes: who sees what is said before anybody votes, results move in steps, and few votes stay hidden.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, exported, newPoll, phone, PHONE, room } from './voters.mjs';

const NARROW = { viewport: { width: 320, height: 640 } };

async function picture(page, name) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function written(t, prompt, secrecy, more = async () => {}, options = {}) {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url, options);
  await newPoll(host);
  await host.keyboard.type(prompt);
  await host.getByRole('textbox', { name: 'Option A', exact: true }).fill('Ann');
  await host.getByRole('textbox', { name: 'Option B', exact: true }).fill('Ben');
  await host.getByRole('radio', { name: secrecy, exact: true }).check();
  await more(host);
  assert.deepEqual(await barriers(host), []);
  await picture(host, `secret-editor-${secrecy}`);
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
  const join = (name, shape) => phone(open, url, code, name, shape);
  const projector = async () => {
    const screen = await host.context().newPage();
    await screen.setViewportSize({ width: 1920, height: 1080 });
    await screen.goto(`${url}/r/${code}/present`);
    return screen;
  };
  return { url, code, host, join, projector, faults };
}

test('an anonymous vote says so, and its results move from five votes on', async (t) => {
  const prompt = 'Who shall lead?';
  const { host, join, projector, faults } = await written(t, prompt, 'Nobody');
  const people = [];
  for (const [i, name] of ['Bea', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus'].entries())
    people.push(await join(name, i === 1 ? NARROW : i === 2 ? { ...PHONE, colorScheme: 'dark' } : PHONE));
  const screen = await projector();
  await press(host, 'Open voting');
  await screen.getByText('This vote is anonymous').waitFor();
  for (const [i, one] of people.slice(0, 4).entries()) {
    await one.getByText('Nobody can see how you vote').waitFor();
    await one.getByRole('radio', { name: i % 2 ? 'Ben' : 'Ann' }).check();
    await counted(one);
  }
  await people[0].getByText('Shown from five votes on.').waitFor();
  await screen.getByText('4 people voted').waitFor();
  await screen.getByText('Shown from five votes on.').waitFor();
  await host.getByText('Shown from five votes on.').waitFor();
  await picture(host, 'secret-desk');
  await picture(screen, 'secret-hall');
  for (const [i, one] of people.entries()) {
    assert.deepEqual(await barriers(one), []);
    await becomes(() => overflow(one), 0);
    await picture(one, `secret-phone-${i}`);
  }
  for (const one of people.slice(4)) {
    await one.getByRole('radio', { name: 'Ann' }).check();
    await counted(one);
  }
  await screen.getByText('5 of 6 votes are shown').waitFor();
  assert.deepEqual(await barriers(screen), []);
  await picture(screen, 'secret-hall-five');

  await press(host, 'Close voting');
  await screen
    .getByRole('table', { name: prompt })
    .getByRole('row', { name: /^Ann 4 / })
    .waitFor({ state: 'attached' });
  // Whoever comes back is told by this device alone that the vote was counted.
  await people[0].reload();
  await people[0].getByText(/Closed. Counted ✓/).waitFor();
  await picture(people[0], 'secret-phone-closed');
  await picture(host, 'secret-desk-closed');
  assert.deepEqual(faults(), []);
});

test('results of fewer than five anonymous votes stay hidden', async (t) => {
  const prompt = 'Shall we go home?';
  const { host, join, faults } = await written(t, prompt, 'Nobody', async () => {}, { colorScheme: 'dark' });
  const bea = await join('Bea');
  await press(host, 'Open voting');
  await bea.getByRole('radio', { name: 'Ben' }).check();
  await counted(bea);
  await press(host, 'Close voting');
  await bea.getByText('Fewer than five people voted, so the results stay hidden.').waitFor();
  await host.getByText('Fewer than five people voted, so the results stay hidden.').waitFor();
  assert.equal(await host.getByRole('button', { name: 'Show results' }).count(), 0);
  await press(host, 'Export');
  await host.getByRole('menuitem', { name: /^Secret votes as CSV/ }).waitFor();
  assert.equal(await host.getByRole('menuitem', { name: /recount|chart/ }).count(), 0);
  await host.keyboard.press('Escape');
  await picture(host, 'secret-desk-few');
  await picture(bea, 'secret-phone-few');
  assert.deepEqual(faults(), []);
});

test('as guests: hosts get each vote under a number', async (t) => {
  const prompt = 'Who is the best?';
  const { host, join, faults } = await written(t, prompt, 'As guests');
  const bea = await join('Bea');
  await press(host, 'Open voting');
  await bea.getByText('Hosts can see each vote, but as “Guest” with a number').waitFor();
  await bea.getByRole('radio', { name: 'Ben' }).check();
  await counted(bea);
  await press(host, 'Close voting');
  const { text } = await exported(host, /^These votes for a recount/);
  const file = JSON.parse(text);
  assert.equal(file.ballots.length, 1);
  assert.equal(file.ballots[0].guest, 1);
  assert.ok(!JSON.stringify(file).includes('Bea'));
  await picture(host, 'secret-desk-guests');
  assert.deepEqual(faults(), []);
});
