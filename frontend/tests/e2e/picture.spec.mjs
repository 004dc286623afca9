// Items between two axes, pins on a picture, options with pictures and slides: from the laptop where they are
// written to the phone, the keys and the projector.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum } from './harness.mjs';
import { picture as stripes } from './pictures.mjs';
import { counted, exported, newPoll, phone, PHONE, room } from './voters.mjs';

const NARROW = { viewport: { width: 320, height: 640 } };

/** Pictures for whoever wants to look: a folder in PLENUM_PICTURES. */
async function shot(page, name, fullPage = false) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
}

/** A picture as a file. */
const png = (name, width, height) => ({ name, mimeType: 'image/png', buffer: stripes(width, height) });

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function fresh(host, kind, prompt) {
  await press(host, 'Add a question');
  await host.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
  await host.getByLabel(kind === 'Slide' ? 'Title' : 'Question', { exact: true }).fill(prompt);
}

async function put(host, prompt) {
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
}

/** Brings a picture with the file field of an editor. */
async function bring(host, name, file, nth = 0) {
  await host.getByLabel(name, { exact: true }).nth(nth).setInputFiles([file]);
}

/** Scrolls to the end, so that nothing is half below the line that stays in sight. */
const toEnd = (page) => page.locator('.voting .below').scrollIntoViewIfNeeded();

const row = (page, prompt, name) =>
  page.getByRole('table', { name: prompt }).getByRole('row', { name }).first();

async function meeting(t, options) {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url, options);
  await newPoll(host);
  const screen = await host.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(`${url}/r/${code}/present`);
  return { host, screen, code, url, faults, phone: (name, o) => phone(open, url, code, name, o) };
}

test('items are placed by a finger and by the keys, and stand where people put them', async (t) => {
  const prompt = 'What first?';
  const { host, screen, phone, faults } = await meeting(t);
  await host.keyboard.type(prompt);
  await host.getByRole('radio', { name: '2 × 2', exact: true }).check();
  const items = host.getByRole('group', { name: 'What is placed' }).getByRole('textbox');
  for (const [at, text] of ['A new roof', 'The garden, with the old trees', '茶'].entries())
    await items.nth(at).fill(text);
  await press(host, 'Add to the deck');
  await host.getByRole('alert').getByText('Both axes need a title.').first().waitFor();
  await host.getByLabel('Axis across').fill('Effort');
  await host.getByLabel('At the left end').fill('little');
  await host.getByLabel('At the right end').fill('much');
  await host.getByLabel('Axis upwards').fill('Value');
  assert.deepEqual(await barriers(host), []);
  await shot(host, 'axes-editor', true);
  await put(host, prompt);
  const [ben, cleo] = [await phone('Ben', PHONE), await phone('Cleo', { ...NARROW, colorScheme: 'dark' })];
  await press(host, 'Open voting');

  // A finger: the first is placed where it is set down, then the next; what is placed can be moved.
  await ben.locator('.plane').waitFor();
  const tap = async (x, y) => {
    const box = await ben.locator('.plane').boundingBox();
    await ben.mouse.click(box.x + box.width * x, box.y + box.height * (1 - y));
  };
  await tap(0.2, 0.9);
  await counted(ben);
  await tap(0.8, 0.3);
  await ben.getByText('2 of 3 placed').waitFor();
  const drag = async (from, to) => {
    const box = await ben.locator('.plane').boundingBox();
    const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * (1 - y)];
    await ben.mouse.move(...at(from));
    await ben.mouse.down();
    await ben.mouse.move(...at(to), { steps: 5 });
    await ben.mouse.up();
  };
  await drag([0.8, 0.3], [0.6, 0.1]);
  const slider = (page, name) => page.getByRole('slider', { name, exact: true });
  await becomes(() => slider(ben, 'The garden, with the old trees: Value').inputValue(), '1');
  await becomes(() => slider(ben, 'The garden, with the old trees: Effort').inputValue(), '6');
  await counted(ben);
  await shot(ben, 'axes-phone', true);

  // The keys alone, on the narrowest phone: nothing is placed before both sliders were set.
  const [effort, value] = ['Effort', 'Value'].map((axis) => slider(cleo, `A new roof: ${axis}`));
  await effort.focus();
  assert.equal(await effort.getAttribute('aria-valuetext'), 'not placed');
  await cleo.keyboard.press('ArrowLeft');
  await becomes(() => effort.getAttribute('aria-valuetext'), '4 (little – much)');
  await cleo.getByText('0 of 3 placed').waitFor();
  await value.focus();
  await cleo.keyboard.press('End');
  await cleo.getByText('1 of 3 placed').waitFor();
  await counted(cleo);
  for (const page of [ben, cleo]) {
    await toEnd(page);
    assert.deepEqual(await barriers(page), []);
    assert.equal(await overflow(page), 0);
  }
  await shot(cleo, 'axes-narrow-dark', true);
  for (const page of [host, screen]) await row(page, prompt, /A new roof 2 3 9\.5/).waitFor();
  await row(host, prompt, /A new roof 2 3 9\.5 1 0\.5$/).waitFor();
  await shot(screen, 'axes-screen');
  await shot(host, 'axes-desk', true);
  assert.deepEqual(await barriers(host), []);
  await ben.getByText('Average: Effort 3, Value 9.5').waitFor();
  await cleo.getByRole('button', { name: 'Leave out A new roof' }).click();
  await row(host, prompt, /A new roof 1 2 9/).waitFor();
  await press(host, 'Close voting');
  const csv = await exported(host, /^Results as CSV/);
  assert.match(csv.text, /A new roof,1,1,,2,,Mean,Effort/);
  const { text } = await exported(host, /^This chart as a vector drawing/);
  for (const said of ['A new roof', 'Effort', 'Value']) assert.ok(text.includes(said), text);
  assert.deepEqual(faults(), []);
});

test('pins are set on a picture of the room, options have pictures, and a slide stands between', async (t) => {
  const prompt = 'Where is it cold?';
  const { host, screen, code, url, phone, faults } = await meeting(t, { colorScheme: 'dark' });
  await host.keyboard.type(prompt);
  await host.getByRole('radio', { name: 'Pin on a picture', exact: true }).check();
  await press(host, 'Add to the deck');
  await host.getByRole('alert').getByText('Choose a picture.').waitFor();
  // What only looks like a picture is none.
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  await bring(host, 'Picture', { name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
  await host.getByRole('alert').getByText('This file is no picture that can be shown.').waitFor();
  await bring(host, 'Picture', png('house.png', 800, 600));
  await host.getByLabel('What it shows').fill('The plan of the house');
  // An area that is drawn, and one whose sides are written.
  const board = await host.locator('.board svg').boundingBox();
  await host.mouse.move(board.x + board.width * 0.1, board.y + board.height * 0.1);
  await host.mouse.down();
  await host.mouse.move(board.x + board.width * 0.4, board.y + board.height * 0.5, { steps: 4 });
  await host.mouse.up();
  await host.getByLabel('Name of area 1').fill('The kitchen');
  await press(host, 'Add an area');
  await host.getByLabel('Name of area 2').fill('The hall');
  await host.getByLabel('Right side of area 2, in percent').fill('90');
  await host.getByLabel('Right side of area 2, in percent').press('Tab');
  await host.getByLabel('Pins of one person').selectOption('2');
  assert.deepEqual(await barriers(host), []);
  await shot(host, 'pins-editor', true);
  await put(host, prompt);

  await fresh(host, 'Slide', 'A short pause');
  await host
    .getByRole('textbox', { name: /^Text/ })
    .fill('**Coffee** is in the kitchen:\n- until ten\n- with milk');
  await put(host, 'A short pause');
  await fresh(host, 'Single choice', 'Which door?');
  const options = host.getByRole('group', { name: 'Options' }).getByRole('textbox');
  for (const [at, text] of ['Red', 'Blue', 'No door'].entries()) await options.nth(at).fill(text);
  for (const [at, letter] of ['A', 'B'].entries()) {
    await bring(host, `Add a picture: ${letter}`, png(`door${at}.png`, 300 + 100 * at, 400));
    await host.getByLabel(`What the picture shows: ${letter}`).fill(`A door with ${at + 2} windows`);
  }
  assert.deepEqual(await barriers(host), []);
  await shot(host, 'options-editor', true);
  await put(host, 'Which door?');

  const [ben, cleo] = [await phone('Ben', PHONE), await phone('Cleo', { ...NARROW, colorScheme: 'dark' })];
  await host
    .getByRole('button', { name: /Where is it cold/ })
    .first()
    .click();
  await press(host, 'Open voting');
  const picture = (page) => page.getByRole('img', { name: 'The plan of the house' });
  await picture(ben).waitFor();
  await becomes(() => picture(ben).evaluate((img) => img.naturalWidth), 800);
  const box = await ben.locator('.board').boundingBox();
  await ben.mouse.click(box.x + box.width * 0.2, box.y + box.height * 0.3);
  await counted(ben);
  await ben
    .getByRole('button', { name: 'Pin 1: The kitchen, 20% from the left, 30% from the top' })
    .waitFor();
  // A second one, and no third: the last one moves.
  await ben.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.9);
  await ben.getByRole('button', { name: /^Pin 2: Elsewhere, 50%/ }).waitFor();
  await ben.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.5);
  await ben.getByRole('button', { name: /^Pin 2: The hall, 70%/ }).waitFor();

  // By the keys: a pin from the list of areas, moved by arrows.
  await cleo.getByRole('checkbox', { name: /The kitchen/ }).press('Space');
  await counted(cleo);
  await cleo.getByRole('button', { name: /^Pin 1: The kitchen, 25%/ }).focus();
  await cleo.keyboard.press('ArrowRight');
  await cleo.getByRole('button', { name: /^Pin 1: The kitchen, 26%/ }).waitFor();
  await cleo.keyboard.press('Shift+ArrowLeft');
  await cleo.getByRole('button', { name: /^Pin 1: The kitchen, 21%/ }).waitFor();
  await counted(cleo);
  for (const page of [ben, cleo]) {
    await toEnd(page);
    assert.deepEqual(await barriers(page), []);
    assert.equal(await overflow(page), 0);
  }
  await shot(ben, 'pins-phone', true);
  await shot(cleo, 'pins-narrow-dark', true);
  for (const page of [host, screen]) {
    await row(page, prompt, /The kitchen 2 100%/).waitFor();
    await row(page, prompt, /The hall 1 50%/).waitFor();
  }
  await shot(screen, 'pins-screen');
  await shot(host, 'pins-desk', true);
  assert.deepEqual(await barriers(host), []);
  await becomes(
    () =>
      screen
        .locator('.heat .dots')
        .getAttribute('d')
        .then((d) => d.split('M').length),
    3,
  );
  // What nobody may: a picture of another room, and a ballot beside the picture.
  const poll = (await get(host, `/api/rooms/${code}/activities/lobby/view`)).view.activities.find(
    (a) => a.kind === 'poll',
  ).id;
  const other = { file: `sha256-${'0'.repeat(64)}`, alt: 'x', width: 5, height: 5 };
  const refused = await host.request.post(`${url}/api/rooms/${code}/activities/${poll}/write`, {
    data: { with: { question: { kind: 'pins', prompt: 'x', picture: other } } },
  });
  assert.deepEqual([refused.status(), (await refused.json()).because], [409, 'picture']);

  await press(host, 'Close voting');
  await press(host, 'Show the slide');
  for (const page of [ben, screen]) {
    await page.getByText('Coffee', { exact: true }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'with milk' }).waitFor();
  }
  assert.deepEqual(await barriers(ben), []);
  await shot(ben, 'slide-phone');
  await shot(screen, 'slide-screen');
  await press(host, 'Next question');
  await ben.getByText('Which door?').waitFor();
  await press(host, 'Open voting');
  const red = (page) => page.getByRole('img', { name: 'A door with 2 windows' });
  await red(ben).waitFor();
  await becomes(() => red(ben).evaluate((img) => img.naturalWidth > 0), true);
  await ben.getByRole('radio', { name: /Red/ }).check();
  await counted(ben);
  await cleo.getByRole('radio', { name: /Blue/ }).check();
  await counted(cleo);
  // Two beside each other on a phone, one on the narrowest.
  const columns = (page) =>
    page.locator('.options').evaluate((list) => getComputedStyle(list).gridTemplateColumns.split(' ').length);
  assert.deepEqual([await columns(ben), await columns(cleo)], [2, 1]);
  for (const page of [ben, cleo]) {
    await toEnd(page);
    assert.deepEqual(await barriers(page), []);
    assert.equal(await overflow(page), 0);
  }
  await row(host, 'Which door?', /Red \(A door with 2 windows\) 1 50%/).waitFor();
  await shot(ben, 'options-phone', true);
  await shot(cleo, 'options-narrow-dark', true);
  await becomes(
    () => screen.locator('.bars img').evaluateAll((all) => all.every((i) => i.naturalWidth > 0)),
    true,
  );
  await shot(screen, 'options-screen');

  // Without scripts the areas are a list, with the picture above.
  const plain = await get(ben, `/plain/${code}`).catch(() => null);
  assert.equal(plain, null); // it is no JSON
  const page = await ben.evaluate(async (path) => (await fetch(path)).text(), `/plain/${code}`);
  assert.match(
    page,
    /<img src="\/api\/rooms\/[^"]+\/files\/sha256-[0-9a-f]{64}" alt="A door with 2 windows"/,
  );
  assert.deepEqual(faults(), []);
});
