// The parts that are more than native elements, by keyboard, on the page that shows them all.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { becomes, browser, plenum } from './harness.mjs';

const { url } = await plenum({ after });
const { open } = await browser({ after });

async function kit(options) {
  const page = await open(options);
  await page.goto(`${url}/kit`);
  await page.getByRole('heading', { name: 'Kit', level: 1 }).waitFor();
  return page;
}

const focused = (page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim().replace(/\s+/g, ' '));

test('a menu opens, moves, acts and gives the focus back', async () => {
  const page = await kit();
  await page.getByRole('button', { name: 'Add' }).nth(1).focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=menuitem]:focus', { hasText: /^\s*Document/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.match(await focused(page), /^Poll/);
  await page.keyboard.press('ArrowDown'); // over the chat, which cannot be chosen
  assert.match(await focused(page), /^Empty the bin/);
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('A poll.').waitFor();
  assert.equal(await focused(page), 'Add');

  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('menu', { name: 'Add' }).waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'Add');
});

test('a dialog keeps the focus and gives it back', async () => {
  const page = await kit();
  const opener = page.getByRole('button', { name: 'Dialog' });
  await opener.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete the room for ever?' });
  await dialog.waitFor();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const at = document.activeElement;
      return at !== document.body && !at?.closest('dialog');
    });
    assert.ok(!outside, 'the focus left the dialog');
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'Dialog');
});

test('a drawer takes no focus on a laptop, and is a sheet on a phone', async () => {
  const page = await kit();
  await page.getByRole('button', { name: 'Drawer' }).press('Enter');
  await page.getByRole('dialog', { name: 'Who is here' }).waitFor();
  assert.equal(await focused(page), 'Drawer');

  await page.setViewportSize({ width: 390, height: 844 });
  const sheet = page.getByRole('dialog', { name: 'Who is here' });
  await sheet.waitFor();
  await sheet.evaluate((element) => Promise.all(element.getAnimations().map((motion) => motion.finished)));
  const box = await sheet.boundingBox();
  assert.ok(
    box && Math.round(box.y + box.height) === 844 && Math.round(box.width) === 390,
    JSON.stringify(box),
  );
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('dialog', { name: 'Who is here' }).waitFor({ state: 'hidden' });
});

test('tabs move by arrows', async () => {
  const page = await kit();
  await page.getByRole('tab', { name: 'People' }).focus();
  await page.keyboard.press('ArrowRight');
  await becomes(() => page.getByRole('tab', { name: /Chat/ }).getAttribute('aria-selected'), 'true');
  await page.getByRole('tabpanel').getByText('This is chat.').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('tabpanel').getByText('This is history.').waitFor();
});

test('options are real radio buttons and check boxes', async () => {
  const page = await kit();
  const one = page.getByRole('group', { name: 'Where do we go in June?' });
  await one.getByRole('radio', { name: 'The lake' }).press('Space');
  await becomes(() => one.getByRole('radio', { name: 'The lake' }).isChecked(), true);
  await becomes(() => one.locator('input:checked').count(), 1);

  const some = page.getByRole('group', { name: 'At most two of these' });
  await becomes(() => some.locator('input:disabled').count(), 2, 'two are chosen: no third');
  await some.getByRole('checkbox', { name: 'The lake' }).press('Space');
  await becomes(() => some.locator('input:disabled').count(), 0);
});

test('bars keep their order until they are sorted', async () => {
  const page = await kit({ reducedMotion: 'reduce' });
  const table = page.getByRole('table', { name: 'Where do we go in June?' });
  const votes = () => table.locator('tbody td:nth-of-type(1)').allTextContents();
  assert.deepEqual(await votes(), ['17', '24', '9', '0', '3']);
  await page.getByRole('button', { name: 'By rank' }).click();
  assert.deepEqual(await votes(), ['24', '17', '9', '3', '0']);
  await page.getByRole('button', { name: 'As asked' }).click();
  assert.deepEqual(await votes(), ['17', '24', '9', '0', '3']);
});

test('targets are large enough for a thumb', async () => {
  const page = await kit({ viewport: { width: 390, height: 844 } });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, textarea, label:has(input)')]
      .filter((e) => e.checkVisibility() && !(e instanceof HTMLInputElement && e.closest('label')))
      .map((e) => ({ box: e.getBoundingClientRect(), text: e.outerHTML.slice(0, 120) }))
      .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
      .map(({ box, text }) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${text}`),
  );
  assert.deepEqual(small, []);
});

test('a chosen theme is there before anything is shown', async () => {
  const page = await kit({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Colours' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await ground(), 'rgb(18, 20, 26)');
  await page.reload();
  assert.equal(await ground(), 'rgb(18, 20, 26)');
  await becomes(() => page.evaluate(() => document.documentElement.dataset.theme), 'dark');
});
