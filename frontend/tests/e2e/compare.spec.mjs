// A question is asked before and after a discussion, and again a week later in another room: side by side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum, post } from './harness.mjs';
import { phone, PHONE, room } from './voters.mjs';

const PROMPT = 'Which is heavier?';
const OPTIONS = ['A litre of water', 'A litre of oil', 'Both the same'];

async function picture(page, name, options = {}) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, ...options });
}

/** A poll of that question in a room, and a way to ask it once: what each person chooses. */
async function poll(host, code, title) {
  const path = `/api/rooms/${code}/activities`;
  const question = { kind: 'single', prompt: PROMPT, options: OPTIONS.map((text) => ({ text })) };
  const settings = { questions: [question, { kind: 'wall', prompt: `Why, ${title}?` }] };
  const made = await post(host, `${path}/lobby/add`, { with: { kind: 'poll', title, settings } });
  const { id } = made.events[0].with;
  await post(host, `${path}/lobby/focus`, { with: { id } });
  const { view } = await host.evaluate(async (path) => (await fetch(path)).json(), `${path}/${id}/view`);
  const [{ id: question1, options }, { id: wall }] = view.questions;
  const run = (name, which) => post(host, `${path}/${id}/${name}`, { with: { question: which } });
  return async (people, choices, round = 1) => {
    if (round > 1) await run('again', question1);
    await run('open', question1);
    for (const [i, person] of people.entries()) {
      const ballot = { question: question1, round, turn: 1, options: [options[choices[i]].id] };
      assert.ok((await post(person, `${path}/${id}/vote`, { with: ballot })).mine);
    }
    await run('close', question1);
    await run('reveal', question1);
    if (round > 1) return;
    await run('open', wall);
    await run('close', wall);
    await run('present', question1);
  };
}

/** The table of a comparison, as texts. */
const table = (page) =>
  page
    .getByRole('table', { name: PROMPT })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((c) => c.innerText.trim()).join(' | ')));

test('two rounds and two polls stand side by side', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const people = [];
  for (const name of ['Bea', 'Cleo', 'Dan', 'Eve']) people.push(await phone(open, url, code, name));
  const ask = await poll(host, code, 'Monday');
  await ask(people, [1, 1, 0, 2]);

  await host.goto(`${url}/r/${code}`);
  await host.getByRole('button', { name: 'Monday' }).first().click();
  const compare = async () => {
    await host.getByRole('button', { name: 'Export', exact: true }).click();
    await host.getByRole('menuitem', { name: /^Compare/ }).click();
  };
  await compare();
  await host.getByText('No question was closed in two rounds.').waitFor();
  await host.getByRole('button', { name: 'Back to the questions' }).click();

  // After they have talked it over.
  await ask(people, [0, 0, 0, 2], 2);
  const screen = await host.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(`${url}/r/${code}/present`);
  await screen.getByRole('heading', { name: PROMPT }).waitFor();
  await screen.getByText('4 people voted').waitFor();
  await screen.keyboard.press('c');
  const rounds = ['A litre of water | 25% | 75% | +50 points', 'A litre of oil | 50% | 0% | −50 points'];
  await becomes(async () => (await table(screen)).slice(0, 2), rounds);
  assert.deepEqual(await barriers(screen), []);
  await becomes(() => overflow(screen), 0);
  await picture(screen, 'compare-screen');
  await screen.keyboard.press('c');
  await screen.getByText('3 · 75%').or(screen.locator('.bars').getByText('75%')).first().waitFor();
  await compare();
  await becomes(async () => (await table(host)).slice(0, 2), rounds);
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'compare-rounds');

  // A week later, in another room.
  const later = await post(host, '/api/rooms', { title: 'Next week', name: 'Ada' });
  const fresh = await phone(open, url, later.code, 'Fay');
  await (
    await poll(host, later.code, 'Next Monday')
  )([fresh], [0]);
  await host.getByRole('button', { name: 'Back to the questions' }).click();
  await compare();
  await host.getByRole('combobox', { name: 'Room' }).selectOption('Next week');
  await becomes(async () => (await table(host)).slice(0, 1), ['A litre of water | 100% | 75% | −25 points']);
  await host.getByRole('article').getByText('Why, Next Monday?').waitFor();
  await host.getByRole('article').getByText('Why, Monday?').waitFor();
  await host.setViewportSize(PHONE.viewport);
  await becomes(() => overflow(host), 0);
  await picture(host, 'compare-phone', { fullPage: true });
  assert.deepEqual(faults(), []);
});
