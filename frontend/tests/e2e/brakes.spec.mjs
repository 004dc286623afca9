// The host runs the room: writing frozen, chat quiet and slow, voting paused, one person muted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { counted, newPoll, PHONE, phone, room } from './voters.mjs';
import { meeting } from './writers.mjs';

const chat = (page) => page.getByRole('button', { name: 'Chat', exact: true }).click();
const field = (page) => page.getByLabel('Write a message');

/** Opens what a host runs the room with. */
async function running(host) {
  await host.getByRole('button', { name: 'People', exact: true }).click();
  await host.getByRole('tab', { name: 'Room' }).click();
}

test('a host freezes writing: the phone keeps what it wrote, and goes on afterwards', async (t) => {
  const { pages, faults, code } = await meeting(t, { options: [{}, PHONE] });
  const [host, ben] = pages;
  const frozen = ben.getByText('Writing is frozen for now. A host will open it again.');
  await ben.locator('.ql-editor').click();
  await ben.keyboard.type('Ben wrote this');
  await host.getByText('Ben wrote this').waitFor();

  await running(host);
  await host.getByRole('switch', { name: 'Freeze writing' }).check();
  await frozen.waitFor();
  await ben.locator('.ql-editor[contenteditable=false]').waitFor();
  await host.getByText('Stopped for all but hosts: writing.').waitFor();
  await host.locator('.ql-editor').click();
  await host.keyboard.type('Hosts write on. ');
  await ben.getByText('Hosts write on.').waitFor();
  assert.deepEqual(await barriers(ben), []);
  assert.deepEqual(await barriers(host), []);
  await becomes(() => overflow(ben), 0);

  await host.getByRole('button', { name: 'Let it go on' }).click();
  await ben.locator('.ql-editor[contenteditable=true]').waitFor();
  await becomes(() => frozen.count(), 0);

  // How long single changes are kept is said where it is set, and where they are looked at.
  await host.getByLabel('Keep every single change of documents').selectOption({ label: '7 days' });
  await ben.getByRole('button', { name: 'History', exact: true }).click();
  await ben.getByRole('button', { name: 'Versions and changes' }).click();
  await ben.getByText('Every single change is kept for 7 days.').waitFor();
  assert.deepEqual(await barriers(ben), []);
  await becomes(() => overflow(ben), 0);
  await ben.keyboard.press('Escape');
  await ben.getByRole('button', { name: 'Back to the document' }).click();
  await ben.locator('.ql-editor[contenteditable=true]').waitFor();

  // What was written without a connection meets the brake, and stays as a draft.
  await ben.context().setOffline(true);
  await ben.getByText('Offline').first().waitFor();
  await ben.locator('.ql-editor').click();
  await ben.keyboard.type('Written far away. ');
  const lobby = `/api/rooms/${code}/activities/lobby`;
  await post(host, `${lobby}/brake`, { with: { class: 'write', on: true } });
  await ben.context().setOffline(false);
  await ben.getByText('Kept for you').waitFor({ timeout: 30_000 });
  await ben.getByText('Written far away.').first().waitFor();
  await post(host, `${lobby}/brake`, { with: { class: 'write', on: false } });
  await ben.getByRole('button', { name: 'Put at the end' }).click();
  await host.getByText('Written far away.').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  );
});

test('chat is quiet, slow, and one person is muted; what was written stays in the field', async (t) => {
  const { pages, faults, code } = await meeting(t, {
    document: false,
    names: ['Ada', 'Ben', 'Cleo'],
    options: [{}, PHONE, PHONE],
  });
  const [host, ben, cleo] = pages;
  for (const page of [ben, cleo]) await chat(page);
  await running(host);

  await field(ben).fill('half a sentence');
  await host.getByRole('switch', { name: 'Quiet chat and questions' }).check();
  await ben.getByText('The chat is quiet for now. A host will open it again.').waitFor();
  await becomes(() => field(ben).isDisabled(), true);
  await becomes(() => field(ben).inputValue(), 'half a sentence');
  assert.deepEqual(await barriers(ben), []);
  await host.getByRole('switch', { name: 'Quiet chat and questions' }).uncheck();
  await field(ben).click(); // waits until it is open again
  await field(ben).press('Enter');
  await cleo.getByText('half a sentence').waitFor();

  await host.getByLabel('Slow mode').selectOption({ label: '5 minutes' });
  await ben.getByText('Slow mode: a message every 5 minutes.').waitFor();
  await field(ben).fill('one more');
  await field(ben).press('Enter');
  await ben.getByText(/^Yours can go out in \d+ seconds\.$/).waitFor();
  await becomes(() => field(ben).inputValue(), 'one more');
  await field(cleo).fill('Cleo says');
  await field(cleo).press('Enter');
  await ben.getByText('Cleo says').waitFor();
  // A script, or a page that does not know better, is told by the server how long.
  const { view } = await get(host, `/api/rooms/${code}/activities/lobby/view`);
  const { id } = view.activities.find((activity) => activity.kind === 'chat');
  await assert.rejects(
    post(cleo, `/api/rooms/${code}/activities/${id}/say`, { with: { text: 'again' } }),
    /429.*"slow".*minutes/,
  );
  await host.getByLabel('Slow mode').selectOption({ label: 'Off' });
  await ben.getByText('Slow mode: a message every 5 minutes.').waitFor({ state: 'detached' });
  await field(ben).press('Enter');
  await cleo.getByText('one more').waitFor();

  await host.getByRole('tab', { name: 'People' }).click();
  await host.getByRole('button', { name: 'More for Ben' }).click();
  await host.getByRole('menuitem', { name: 'Mute' }).click();
  await ben.getByText('A host has muted you. You can read along.').waitFor();
  await host.getByText('writes · muted').waitFor();
  await becomes(() => field(cleo).isDisabled(), false);
  await host.getByRole('button', { name: 'More for Ben' }).click();
  await host.getByRole('menuitem', { name: 'Give the voice back' }).click();
  await field(ben).fill('here I am again');
  await field(ben).press('Enter');
  await cleo.getByText('here I am again').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('429')),
    [],
  );
});

test('voting is paused on the phone, in words, and goes on', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben');
  await newPoll(host);
  await host.keyboard.type('Tea or coffee?');
  await host.getByLabel('Option A').fill('Tea');
  await host.getByLabel('Option A').press('Enter');
  await host.keyboard.type('Coffee');
  await host.getByRole('button', { name: 'Add to the deck' }).click();
  await host.getByRole('button', { name: 'Open voting', exact: true }).click();
  await ben.getByText('Tea or coffee?').waitFor();

  await running(host);
  await host.getByRole('switch', { name: 'Pause voting' }).check();
  await ben.getByText('Voting is paused. It goes on when a host says so.').waitFor();
  await becomes(() => ben.getByRole('radio', { name: 'Tea' }).isDisabled(), true);
  assert.deepEqual(await barriers(ben), []);
  await becomes(() => overflow(ben), 0);
  await host.getByRole('switch', { name: 'Pause voting' }).uncheck();
  await ben.getByRole('radio', { name: 'Tea' }).check();
  await counted(ben);
  assert.deepEqual(faults(), []);
});
