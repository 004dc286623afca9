// Dates that a host picks in a calendar and people in other time zones answer, down to the entry of a calendar;
// a grid that is answered row by row on the narrowest phone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, exported, newPoll, phone, PHONE, room } from './voters.mjs';

const NARROW = { viewport: { width: 320, height: 640 } };
const DAY = 86_400_000;

/** Pictures for whoever wants to look: a folder in PLENUM_PICTURES. */
async function picture(page, name, fullPage = false) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
}

async function meeting(t, options) {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url, options);
  await newPoll(host);
  const projector = async () => {
    const screen = await host.context().newPage();
    await screen.setViewportSize({ width: 1920, height: 1080 });
    await screen.goto(`${url}/r/${code}/present`);
    return screen;
  };
  return { host, phone: (name, o) => phone(open, url, code, name, o), projector, faults };
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** The hours of a time in a zone, as a page says them. */
function hours(zone, ...times) {
  const clock = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  return times.map((at) => clock.format(at)).join('–');
}

const row = (page, prompt, name) =>
  page.getByRole('table', { name: prompt }).getByRole('row', { name }).first();

test('days and times are picked, answered in two other time zones, and one of them becomes an entry', async (t) => {
  const prompt = 'When do we meet?';
  const { host, phone, projector, faults } = await meeting(t, { timezoneId: 'Europe/Berlin' });
  await host.keyboard.type(prompt);
  await host.getByRole('radio', { name: 'Dates', exact: true }).check();
  await press(host, 'Add to the deck');
  await host.getByRole('alert').getByText('Choose at least one day.').waitFor();
  // The first three days of the month after next, with the keys, too.
  await press(host, 'Next month');
  await press(host, 'Next month');
  const days = await host
    .locator('.calendar td button:not(.other)')
    .evaluateAll((all) => all.slice(0, 3).map((one) => one.dataset.date));
  await host.locator(`[data-date="${days[0]}"]`).focus();
  await host.keyboard.press('Space');
  await host.keyboard.press('ArrowRight');
  await host.keyboard.press('Enter');
  await host.locator(`[data-date="${days[2]}"]`).click();
  const add = host.getByRole('button', { name: /^Add a time on / });
  await add.first().click();
  await host.getByLabel(/^From, on/).fill('14:00');
  await host.getByLabel(/^To, on/).fill('15:30');
  await host
    .getByRole('button', { name: /^Same times on all days/ })
    .first()
    .click();
  await host.getByText('3 days and times').waitFor();
  await host
    .getByRole('button', { name: /^Remove .*14:00–15:30/ })
    .last()
    .click();
  assert.equal(await host.getByLabel('Time zone of the times').inputValue(), 'Europe/Berlin');
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'dates-editor', true);
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();

  const [ben, cleo] = [
    await phone('Ben', { ...PHONE, timezoneId: 'Asia/Kolkata' }),
    await phone('Cleo', { ...NARROW, timezoneId: 'America/St_Johns', colorScheme: 'dark' }),
  ];
  const screen = await projector();
  await press(host, 'Open voting');
  await screen.getByRole('heading', { name: prompt }).waitFor();

  // 14:00 in Berlin, whether its clocks are put forward then or not.
  const offset = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'shortOffset' })
    .formatToParts(Date.parse(days[0]))
    .find((part) => part.type === 'timeZoneName').value;
  const at = Date.parse(`${days[0]}T14:00Z`) - Number(offset.slice(3)) * 3_600_000;
  const half = at + 5_400_000;
  await ben
    .getByText(hours('Asia/Kolkata', at, half))
    .first()
    .waitFor();
  await ben.getByText('Times are in your time zone: India Standard Time').waitFor();
  await cleo
    .getByText(hours('America/St_Johns', at, half))
    .first()
    .waitFor();
  await press(cleo, 'Show the host’s time zone');
  await cleo.getByText('14:00–15:30').first().waitFor();
  await cleo.getByText(/Times are in the host’s time zone: Central European Time/).waitFor();
  await press(cleo, 'Show my time zone');

  const cells = (page) => page.locator('.date button');
  await cells(ben).nth(0).click();
  await counted(ben);
  await cells(ben).nth(1).click();
  await cells(ben).nth(1).click();
  await cells(ben).nth(1).getByText('If need be').waitFor();
  await press(ben, '✗ No to the other one');
  await cells(ben).nth(2).getByText('No').waitFor();
  // By the keys alone, and changed: what counts is what was said last.
  await cells(cleo).nth(0).focus();
  await cleo.keyboard.press('Space');
  await cells(cleo).nth(0).getByText('Yes').waitFor();
  await cleo.keyboard.press('ArrowRight');
  await cells(cleo).nth(0).getByText('If need be').waitFor();
  await cells(cleo).nth(1).focus();
  await cleo.keyboard.press('ArrowRight');
  await cells(cleo).nth(1).getByText('Yes').waitFor();
  await counted(cleo);
  for (const page of [ben, cleo]) {
    assert.deepEqual(await barriers(page), []);
    assert.equal(await overflow(page), 0);
  }
  const small = await cells(cleo).evaluateAll((all) => all.filter((one) => one.clientHeight < 44).length);
  assert.equal(small, 0);
  await picture(ben, 'dates-phone');
  await picture(cleo, 'dates-narrow-dark', true);

  // Both are as good: a tie is shown as one, and Ben ends it.
  await row(screen, prompt, /14:00–15:30 1 1 0 ★ Best \(tie\)$/).waitFor();
  await picture(screen, 'dates-screen');
  await cells(ben).nth(1).click();
  await cells(ben).nth(1).click();
  await row(host, prompt, / 2 0 0 ★ Best$/).waitFor();
  await host.getByText('Who answered what', { exact: true }).click();
  await host.getByRole('row', { name: /^Ben Yes Yes No$/ }).waitFor();
  await host.getByRole('row', { name: /^Cleo If need be Yes No answer yet$/ }).waitFor();
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'dates-desk', true);

  await press(host, 'Close voting');
  await ben.getByText(/^Suits most people: /).waitFor();
  for (const page of [host, ben]) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Add to calendar: / }).click(),
    ]);
    assert.equal(file.suggestedFilename(), `${days[1]}.ics`);
    const text = await readFile(await file.path(), 'utf8');
    const utc = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
    assert.ok(text.includes(`\r\nDTSTART:${utc(at + DAY)}\r\nDTEND:${utc(half + DAY)}\r\n`), text);
    assert.ok(text.includes(`\r\nSUMMARY:${prompt}\r\n`), text);
  }
  const csv = await exported(host, /^Results as CSV/);
  assert.match(csv.text, /14:00 – 15:30 \(Europe\/Berlin, UTC\+0[12]:00\)",2,1,,,1,best,yes/);
  await picture(ben, 'dates-closed', true);
  assert.deepEqual(faults(), []);
});

test('a grid is answered row by row on the narrowest phone, and stands as a table', async (t) => {
  const prompt = 'How was the day?';
  const { host, phone, projector, faults } = await meeting(t, { colorScheme: 'dark' });
  await host.keyboard.type(prompt);
  await host.getByRole('radio', { name: 'Grid', exact: true }).check();
  const rows = host.getByRole('group', { name: 'Rows' }).getByRole('textbox');
  const statements = [
    'The room',
    'The talks, all of them together, with what was said afterwards',
    '吃的东西',
  ];
  for (const [at, text] of statements.entries()) await rows.nth(at).fill(text);
  await host.getByLabel('What the lowest means').fill('bad');
  await host.getByLabel('What the highest means').fill('very good');
  await host.getByRole('switch', { name: /Every row has to be answered/ }).check();
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'grid-editor', true);
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
  const [ben, cleo] = [await phone('Ben', NARROW), await phone('Cleo', { ...PHONE, colorScheme: 'dark' })];
  const screen = await projector();
  await press(host, 'Open voting');

  const choose = (page, row, step) =>
    page.getByRole('radiogroup', { name: row }).getByRole('radio', { name: step }).check();
  await choose(ben, 'The room', /^4/);
  await choose(ben, '吃的东西', /^1, bad/);
  await ben.getByText('2 of 3 rows answered').waitFor();
  await ben.getByText('Counts as soon as every row is answered.').waitFor();
  await picture(ben, 'grid-narrow', true);
  await choose(ben, /^The talks/, /^5, very good/);
  await counted(ben);
  for (const [at, step] of [/^5/, /^3/, /^2/].entries()) await choose(cleo, statements[at], step);
  await counted(cleo);
  await choose(cleo, 'The room', /^3/);
  for (const page of [host, screen]) {
    await row(page, prompt, /^The room 0 0 1 1 0 3\.5$/).waitFor();
    await row(page, prompt, /^吃的东西 1 1 0 0 0 1\.5$/).waitFor();
  }
  for (const page of [ben, cleo]) {
    await page.getByText('Average 3.5').waitFor();
    assert.deepEqual(await barriers(page), []);
    assert.equal(await overflow(page), 0);
  }
  assert.deepEqual(await barriers(host), []);
  await picture(cleo, 'grid-dark', true);
  await picture(host, 'grid-desk', true);
  await picture(screen, 'grid-screen');

  // Columns of one's own, of which several can be chosen; secret ones are counted at the close.
  await press(host, 'Close voting');
  await host.getByText('Voting is closed.').waitFor();
  await press(host, 'Add a question');
  await picture(host, 'grid-menu');
  await host.getByRole('menuitem', { name: /^Grid/ }).click();
  await host.getByLabel('Question', { exact: true }).fill('Who brings what?');
  for (const [at, text] of ['Bread', 'Soup'].entries()) await rows.nth(at).fill(text);
  await host.getByLabel('What is chosen in a row').selectOption({ label: 'Columns of my own' });
  const columns = host.getByRole('group', { name: 'Columns' }).getByRole('textbox');
  for (const [at, text] of ['I bring it', 'I cook it', 'I eat it'].entries())
    await columns.nth(at).fill(text);
  await host.getByRole('switch', { name: /Several can be chosen/ }).check();
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: 'Who brings what?' }).waitFor();
  await press(host, 'Open voting');
  const box = (page, row, column) =>
    page.getByRole('group', { name: row }).getByRole('checkbox', { name: column });
  await box(ben, 'Soup', 'I cook it').check();
  await box(ben, 'Soup', 'I eat it').check();
  await box(ben, 'Bread', 'I eat it').check();
  await box(ben, 'Bread', 'I eat it').uncheck();
  await counted(ben);
  await becomes(() => row(screen, 'Who brings what?', /^Soup/).innerText(), /^Soup\s+0\s+1\s+1$/);
  await row(screen, 'Who brings what?', /^Bread 0 0 0$/).waitFor();
  assert.equal(await overflow(ben), 0);
  await picture(ben, 'grid-several', true);
  assert.deepEqual(faults(), []);
});
