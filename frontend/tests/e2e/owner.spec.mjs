// Owning a room: handing it over, ending it for everyone, links that end, who may do what, and the log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { counted, newPoll, PHONE, phone, room } from './voters.mjs';
import { enter } from './rooms.mjs';

const people = (page) => page.getByRole('button', { name: 'People', exact: true }).click();

/** Nothing in the way, in both looks. */
async function sound(page) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a host ends the room for everyone and opens it again; a phone and a laptop go and come back', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await open({ viewport: PHONE.viewport });
  await enter(ben, url, code, 'Ben');
  const cleo = await phone(open, url, code, 'Cleo');
  await newPoll(host);
  await host.keyboard.type('Tea?');
  await host.getByLabel('Option A').fill('Yes');
  await host.getByLabel('Option A').press('Enter');
  await host.keyboard.type('No');
  await host.getByRole('button', { name: 'Add to the deck' }).click();
  await host.getByRole('button', { name: 'Open voting', exact: true }).click();
  await cleo.getByRole('radio', { name: /Yes/ }).click();
  await counted(cleo);

  await people(host);
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByRole('button', { name: 'End for everyone' }).click();
  await ben.getByText('A host has ended this for now. Nothing is lost.').waitFor();
  await cleo.getByText('A host has ended this for now. Nothing is lost.').waitFor();
  await host.getByText('The room has ended: only hosts are in.').first().waitFor();
  await sound(host);
  await sound(ben);
  await sound(cleo);

  // Nobody comes in meanwhile, old or new.
  await ben.getByRole('button', { name: 'Try again' }).click();
  await ben.getByRole('heading', { name: 'Join “Team day”' }).waitFor();
  await ben.getByText('Come back when it is opened again.').waitFor();
  await sound(ben);
  const dan = await open(PHONE);
  await dan.goto(`${url}/${code}`);
  await dan.getByText('A host has ended this for now. Nothing is lost.').waitFor();
  await dan.getByLabel('Your name').fill('Dan');
  await dan.getByRole('button', { name: 'Join' }).click();
  await dan.getByRole('alert').waitFor();

  await host.getByRole('status').getByRole('button', { name: 'Open it again' }).click();
  await host.getByText('The room has ended: only hosts are in.').first().waitFor({ state: 'detached' });
  await ben.getByRole('button', { name: 'Try again' }).click();
  await ben.getByText('Saved').waitFor();
  await cleo.getByRole('button', { name: 'Load again' }).click();
  await counted(cleo);
  await dan.getByRole('button', { name: 'Join' }).click();
  await dan.getByText('Tea?').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('403')),
    [],
  );
});

test('a guest hands the room over, and is a host from then on', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await open();
  await enter(ben, url, code, 'Ben');
  await people(host);
  await host.getByRole('button', { name: 'More for Ben' }).click();
  await host.getByRole('menuitem', { name: 'Hand the room over' }).click();
  const asked = host.getByRole('dialog', { name: 'Hand the room to Ben?' });
  await asked.getByText('Only Ben can give the room back to you.').waitFor();
  await sound(host);
  await host.getByRole('button', { name: 'Keep it' }).click();
  await asked.waitFor({ state: 'detached' });
  await host.getByRole('button', { name: 'More for Ben' }).click();
  await host.getByRole('menuitem', { name: 'Hand the room over' }).click();
  await asked.getByRole('button', { name: 'Hand the room over' }).click();
  await host.getByText('Ben owns the room now.').waitFor();
  await host.getByText('you · host').waitFor();
  await people(ben);
  await ben.getByText('you · owner').waitFor();

  // The new owner reads what was done; the former one may not do it again.
  await ben.getByRole('tab', { name: 'Log' }).click();
  await ben.getByText('Ada handed the room to Ben.').waitFor();
  await ben.getByText('Ada became a host.').waitFor();
  await sound(ben);
  await becomes(() => host.getByRole('button', { name: 'More for Ben' }).count(), 0);
  assert.deepEqual(faults(), []);
});

test('a link for one person: what is left of it, used up, its time over, revoked', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const { host, code } = await room(open, url);
  await host.getByRole('button', { name: 'Share' }).click();
  const writers = host.getByRole('dialog').locator('section', { hasText: 'Who opens this link can write' });
  await writers.getByText('Until when, and for how many').click();
  await writers.getByLabel('For how many people').fill('0.5');
  await writers.getByLabel('Good for').selectOption({ label: 'A time of my own' });
  await writers.getByRole('button', { name: 'Make a link' }).click();
  await writers.getByText('Choose a time to come.').waitFor();
  await writers.getByText('A number from 1 to 10,000, or nothing.').waitFor();
  await writers.getByLabel('For how many people').fill('1');
  await writers.getByLabel('Good for').selectOption({ label: '1 hour' });
  await writers.getByRole('button', { name: 'Make a link' }).click();
  await writers.getByText(/^1 of 1 left · until /).waitFor();
  const address = await writers.locator('.link').innerText();
  assert.match(address, new RegExp(`^${url}/r/${code}#key=`));
  await sound(host);
  await host.setViewportSize({ width: 320, height: 700 });
  await becomes(() => overflow(host), 0);
  await host.setViewportSize({ width: 1280, height: 800 });

  const ben = await open();
  await ben.goto(address);
  await ben.getByLabel('Your name').fill('Ben');
  await ben.getByRole('button', { name: 'Join' }).click();
  await ben.getByText('Saved').waitFor();
  await writers.getByText('Used up: 1 person came').waitFor();
  await ben.goto(address); // who is in already
  await ben.getByText('Saved').waitFor();
  const eve = await open();
  await eve.goto(address);
  await eve.getByLabel('Your name').fill('Eve');
  await eve.getByRole('button', { name: 'Join' }).click();
  await eve.getByText('This link was for fewer people').waitFor();

  // Who is in with less, and comes by a link that is over, stays as they are and is told.
  await enter(eve, url, code, 'Eve');
  await eve.goto('about:blank');
  await eve.goto(address);
  await eve.getByText('This link was for fewer people').waitFor();
  await eve.getByText('Saved').waitFor();
  await writers.getByRole('button', { name: 'Revoke' }).click();
  await writers.getByText('Used up').waitFor({ state: 'detached' });

  // Links that give less: who reads, and who comments, is told no way to more.
  await host.getByText('Links to read or to comment').click();
  for (const [role, says] of [
    ['participant', 'Who opens this link comments'],
    ['viewer', 'Who opens this link reads along'],
  ]) {
    const links = host.getByRole('dialog').locator('section', { hasText: says });
    await links.getByRole('button', { name: 'Make a link' }).click();
    const way = await links.locator('.link').innerText();
    const page = await open();
    await page.goto(way);
    await page.getByLabel('Your name').fill(role);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Saved').waitFor();
    const about = await get(page, `/api/rooms/${code}`);
    assert.equal(about.member.role, role);
    const view = await get(page, `/api/rooms/${code}/activities/lobby/view`);
    assert.ok(!JSON.stringify(view).includes(way.split('key=')[1]));
    assert.deepEqual(view.view.links ?? [], []);
  }
  await sound(host);
});

test('everybody reads who may do what, from the table of the server; hosts read the log as it goes on', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const lobby = `/api/rooms/${code}/activities/lobby`;
  for (const kind of ['doc', 'poll', 'qa', 'source'])
    await post(host, `${lobby}/add`, { with: { kind, title: `A ${kind}` } });
  const ben = await open({ ...PHONE, reducedMotion: 'reduce' });
  await enter(ben, url, code, 'Ben');
  await ben
    .getByRole('navigation')
    .getByRole('button', { name: /People/ })
    .click();
  await ben.getByRole('button', { name: 'Who may do what' }).click();
  const dialog = ben.getByRole('dialog');
  const part = (role) => dialog.locator(`[data-role=${role}]`);
  await part('participant').getByText('you', { exact: true }).waitFor();
  await becomes(() => part('participant').innerText(), /write messages/);
  await becomes(() => part('editor').innerText(), /name versions/);
  await becomes(() => part('host').innerText(), /decide who comes in/);
  await becomes(() => part('owner').innerText(), /hand the room to somebody else/);
  await sound(ben);

  await people(host);
  await host.getByRole('tab', { name: 'Log' }).click();
  await host.getByText('Ada added “A doc”.').waitFor();
  await post(host, `${lobby}/brake`, { with: { class: 'write', on: true } });
  await host.getByText('Ada stopped writing.').waitFor();
  for (let i = 0; i < 60; i++) await post(host, `${lobby}/slow`, { with: { seconds: i % 2 ? 10 : 30 } });
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByRole('tab', { name: 'Log' }).click();
  await host
    .getByText(/Ada set the slow mode/)
    .first()
    .waitFor();
  await host.getByRole('button', { name: 'Older' }).click();
  await host.getByText('Ada added “A doc”.').waitFor();
  await sound(host);
  assert.deepEqual(faults(), []);
});

test('a passcode is asked for at both doors, and not of who has a link; the host takes it away again', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const { host, code } = await room(open, url);
  const { key } = await post(host, `/api/rooms/${code}/links`, { role: 'editor' });
  await people(host);
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByLabel('Passcode', { exact: true }).fill('abc');
  await host.getByRole('button', { name: 'Ask for it' }).click();
  await host.getByText('A passcode has 4 to 64 characters.').waitFor();
  await host.getByLabel('Passcode', { exact: true }).fill('together 42');
  await host.getByRole('button', { name: 'Ask for it' }).click();
  await host.getByText('The door asks for a passcode.').waitFor();
  await sound(host);

  for (const [address, options, inside] of [
    [`${url}/${code}`, PHONE, 'You are in'],
    [`${url}/r/${code}`, {}, 'Saved'],
  ]) {
    const page = await open(options);
    await page.goto(address);
    await page.getByLabel('Your name').fill('Ben');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('This room asks for a passcode.').waitFor();
    await page.getByLabel('Passcode of the room').fill('to gether');
    const { height } = await page.getByLabel('Passcode of the room').boundingBox();
    assert.ok(height >= 44, `the field is ${height} px high`);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('This passcode is wrong.').waitFor();
    await sound(page);
    await page.getByLabel('Passcode of the room').fill('together 42');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText(inside).waitFor();
    await page.reload();
    await page.getByText(inside).waitFor();
  }
  const eve = await open();
  await eve.goto(`${url}/r/${code}#key=${key}`);
  await eve.getByLabel('Your name').fill('Eve');
  assert.equal(await eve.getByLabel('Passcode of the room').count(), 0);
  await eve.getByRole('button', { name: 'Join' }).click();
  await eve.getByText('Saved').waitFor();

  await host.getByRole('tab', { name: 'Log' }).click();
  await host.getByText('Ada set a passcode.').waitFor();
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByRole('button', { name: 'No passcode' }).click();
  await host.getByLabel('Passcode', { exact: true }).waitFor();
  const late = await open();
  await enter(late, url, code, 'Late');
});
