// Images in documents: dropped, pasted and chosen while others write, described, sized, seen on a phone, taken along.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, overflow } from './harness.mjs';
import { give, picture } from './pictures.mjs';
import { agreed, editor, meeting, saved } from './writers.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const png = (name, width, height) => ({ name, mimeType: 'image/png', buffer: picture(width, height) });
const images = (page) => page.locator('.ql-editor img');
const there = (page, n) =>
  page.waitForFunction((n) => {
    const all = [...document.querySelectorAll('.ql-editor img')];
    return all.length === n && all.every((it) => it.naturalWidth > 0);
  }, n);
const shot = (page, name) =>
  process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });

test('an image comes where it was dropped while others write, is described and sized, and is seen on a phone', async (t) => {
  const content = [{ insert: 'Where we meet\nBring water.\n' }];
  const it = await meeting(t, { content, options: [{}, phone] });
  const [ada, ben] = it.pages;
  await editor(ada).click();
  await ada.keyboard.press('Control+Home');
  await ada.keyboard.press('End');
  const [chooser] = await Promise.all([
    ada.waitForEvent('filechooser'),
    ada.getByRole('button', { name: 'Image', exact: true }).click(),
  ]);
  // Somebody writes above while it is on its way: it stands where it was wanted.
  await editor(ben).click();
  await ben.keyboard.press('Control+Home');
  await chooser.setFiles(png('map.png', 900, 500));
  await ben.keyboard.type('All: ');
  await there(ada, 1);
  await there(ben, 1);
  await agreed(it);
  const [text, image] = (await it.view()).content;
  assert.equal(text.insert, 'All: Where we meet');
  assert.deepEqual(image.attributes, { shape: '900x500' });

  await images(ada).click();
  const tools = ada.getByRole('group', { name: 'The image' });
  await tools.getByRole('button', { name: 'Small' }).click();
  await tools.getByLabel('Describe it for those who do not see it').fill('A map of the island');
  await ada.keyboard.press('Enter');
  await ada.getByRole('img', { name: 'A map of the island' }).waitFor();
  await agreed(it);
  assert.deepEqual((await it.view()).content[1].attributes, {
    alt: 'A map of the island',
    shape: '900x500',
    size: 'small',
  });
  await becomes(async () => Math.round((await images(ada).boundingBox()).width), 240);
  assert.deepEqual(await barriers(ada), []);
  await shot(ada, 'doc-tools');
  await tools.getByRole('button', { name: 'Full' }).click();
  await ada.keyboard.press('ArrowRight');
  await tools.waitFor({ state: 'detached' });
  await agreed(it);
  await becomes(() => overflow(ben), 0);
  await shot(ben, 'doc-phone');
  await shot(ada, 'doc');

  // By the keys alone: select it, change it, take it out, and have it back.
  await ada.keyboard.press('Control+Home');
  await ada.keyboard.press('End');
  await ada.keyboard.press('Shift+ArrowRight'); // it stands on a line of its own, being as wide
  await tools.waitFor();
  await ada.keyboard.press('Delete');
  await images(ben).waitFor({ state: 'detached' });
  await ada.keyboard.press('Control+z');
  await there(ben, 1);
  await agreed(it);
  assert.deepEqual(it.faults(), []);
});

test('pasted, dropped and by the slash; nothing from elsewhere; kept in history and files', async (t) => {
  const it = await meeting(t, { content: [{ insert: 'Plan\n' }], names: ['Ada'] });
  const [ada] = it.pages;
  await editor(ada).click();
  await ada.keyboard.press('Control+End');
  await give(editor(ada), 'paste', [png('pasted.png', 60, 40)]);
  await there(ada, 1);
  await ada.keyboard.press('Control+End');
  await ada.keyboard.press('Enter');
  // Asked for before the key: the browser would open a window of its own as long as nobody listens.
  const chooser = ada.waitForEvent('filechooser');
  await ada.keyboard.type('/ima');
  await ada.getByRole('option', { name: 'Image' }).waitFor();
  await ada.keyboard.press('Enter');
  await (await chooser).setFiles(png('chosen.png', 30, 30));
  await there(ada, 2);

  const broken = { ...png('broken.png', 50, 50), buffer: picture(50, 50).subarray(0, 50) };
  await give(editor(ada), 'paste', [broken]);
  await ada.getByText('This image cannot be read. It may be incomplete.').waitFor();
  assert.deepEqual(await barriers(ada), []);
  await shot(ada, 'doc-refused');
  await ada.getByRole('button', { name: 'Leave out broken.png' }).click();

  await editor(ada).evaluate((root) => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<p>from<img src="https://elsewhere.example/x.png" onerror="window.bad=1">elsewhere</p>',
    );
    root.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }));
  });
  await ada.getByText('fromelsewhere').waitFor();
  await saved(ada);
  await agreed(it);
  const files = (await it.view()).content.flatMap(({ insert }) => insert.image ?? []);
  assert.equal(files.length, 2);
  assert.ok(files.every((file) => /^sha256-[0-9a-f]{64}$/.test(file)));

  await ada.getByRole('button', { name: 'More for this document' }).click();
  const [page] = await Promise.all([
    ada.waitForEvent('download'),
    ada.getByRole('menuitem', { name: 'Save as a web page' }).click(),
  ]);
  assert.equal(page.suggestedFilename(), 'Notes.html');
  const html = await readFile(await page.path(), 'utf8');
  assert.equal(html.match(/<img src="data:image\/png;base64,/g).length, 2);
  await ada.getByRole('button', { name: 'More for this document' }).click();
  const [markdown] = await Promise.all([
    ada.waitForEvent('download'),
    ada.getByRole('menuitem', { name: 'Save as Markdown' }).click(),
  ]);
  assert.match(await readFile(await markdown.path(), 'utf8'), new RegExp(`!\\[\\]\\(files/${files[0]}\\)`));

  await ada.getByRole('button', { name: /History/ }).click();
  await ada.locator('.past img').first().waitFor();
  await becomes(() => ada.locator('.past img').count(), 2);
  const refused = /415.*name=broken\.png/; // the browser tells of what the server refuses
  assert.deepEqual(
    it.faults().filter((fault) => !refused.test(fault)),
    [],
  );
});
