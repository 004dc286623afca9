// Markdown documents: in real browsers against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, get, overflow, post } from './harness.mjs';
import { meeting } from './writers.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const source = (page) => page.locator('.cm-content');
const preview = (page) => page.locator('.md');

/** A room with a Markdown document that everybody has open. */
async function sources(t, { content = '', ...rest } = {}) {
  const r = await meeting(t, { document: false, ...rest });
  const [host] = r.pages;
  const lobby = `/api/rooms/${r.code}/activities/lobby`;
  const settings = content ? { content: [{ insert: content }] } : {};
  const made = await post(host, `${lobby}/add`, { with: { kind: 'source', title: 'Notes', settings } });
  const { id } = made.events[0].with;
  await post(host, `${lobby}/focus`, { with: { id } });
  for (const page of r.pages) {
    await page.goto(`${r.server.url}/r/${r.code}`);
    await page.locator('.cm-content[contenteditable=true]').waitFor({ state: 'attached' });
  }
  const text = async () =>
    (await get(host, `/api/rooms/${r.code}/activities/${id}/view`)).view.content
      .map((op) => op.insert)
      .join('');
  return { ...r, id, text };
}

/** What CodeMirror has on the screen. */
const shown = (page) =>
  page.locator('.cm-content').evaluate((root) =>
    [...root.querySelectorAll('.cm-line')]
      .map((line) => {
        const copy = line.cloneNode(true);
        for (const flag of copy.querySelectorAll('.other')) flag.remove();
        return copy.textContent.replaceAll('\u200b', '');
      })
      .join('\n'),
  );

/** Waits until the server has a text and all of these show it. */
async function agreed(r, pages, want) {
  let seen = [];
  for (let i = 0; i < 200; i++) {
    seen = [await r.text(), ...(await Promise.all(pages.map(async (page) => `${await shown(page)}\n`)))];
    if (seen.every((one) => (want === undefined ? one === seen[0] : one === want))) return seen[0];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not agreed: ${JSON.stringify(seen)}`);
}

test('two write at once, one without the network for a while; undo takes back only one’s own', async (t) => {
  const r = await sources(t, { content: '# Plan\n\nfirst\nlast\n' });
  const [ada, ben] = r.pages;
  await source(ada).click();
  await ada.keyboard.press('Control+Home');
  await source(ben).click();
  await ben.keyboard.press('Control+End');
  await Promise.all([
    ada.keyboard.type('Ada 😀 writes. ', { delay: 15 }),
    ben.keyboard.type(' Ben 漢字 writes.', { delay: 15 }),
  ]);
  await agreed(r, r.pages, 'Ada 😀 writes. # Plan\n\nfirst\nlast Ben 漢字 writes.\n');
  await ada.locator('.other bdi', { hasText: 'Ben' }).waitFor({ state: 'attached' });

  await ben.context().setOffline(true);
  await ben.keyboard.press('Enter');
  await ben.keyboard.type('- [ ] offline');
  await ben.keyboard.press('Enter');
  await ben.keyboard.type('too');
  await ada.keyboard.type('And on. ');
  await ben.locator('.line[role=status]', { hasText: 'Offline' }).first().waitFor();
  await ben.context().setOffline(false);
  const both = 'Ada 😀 writes. And on. # Plan\n\nfirst\nlast Ben 漢字 writes.\n- [ ] offline\n- [ ] too\n';
  await agreed(r, r.pages, both);
  await becomes(() => preview(ada).locator('input[type=checkbox]').count(), 2);

  for (let i = 0; i < 40 && !(await r.text()).startsWith('#'); i++) {
    await ada.keyboard.press('Control+z');
    await agreed(r, r.pages);
  }
  await agreed(r, r.pages, '# Plan\n\nfirst\nlast Ben 漢字 writes.\n- [ ] offline\n- [ ] too\n');
  for (let i = 0; i < 40 && !(await r.text()).includes('And on. #'); i++) {
    await ada.keyboard.press('Control+Shift+z');
    await agreed(r, r.pages);
  }
  await agreed(r, r.pages, both);
  assert.deepEqual(await barriers(ada), []);
  const ours = r.faults().filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'));
  assert.deepEqual(ours, []);
});

test('what is composed is not disturbed by what others write', async (t) => {
  const r = await sources(t, { content: 'ab\n' });
  const [ada, ben] = r.pages;
  await source(ada).click();
  await ada.keyboard.press('Control+End');
  const ime = await ada.context().newCDPSession(ada);
  await ime.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await source(ben).click();
  await ben.keyboard.press('Control+Home');
  await ben.keyboard.type('Ben. ');
  await agreed(r, [ben], 'Ben. abni\n');
  await ime.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  assert.equal(await shown(ada), 'abnihao');
  await ime.send('Input.insertText', { text: '你好' });
  await agreed(r, r.pages, 'Ben. ab你好\n');
  await ada.keyboard.type('!');
  await agreed(r, r.pages, 'Ben. ab你好!\n');
  assert.deepEqual(r.faults(), []);
});

test('the page of a source: boxes are checked there, nothing hostile runs, both scroll together', async (t) => {
  const hostile = [
    '<script>window.hacked = 1</script>',
    '<img src=x onerror="window.hacked = 1">',
    '[a](javascript:window.hacked=1)',
    '![a](javascript:window.hacked=1)',
    '<svg/onload=window.hacked=1>',
    '```"><img src=x onerror=window.hacked=1>\nx\n```',
    '- [ ] "><img src=x onerror=window.hacked=1>',
    '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    '[a](data:text/html,<script>1</script>)',
  ].join('\n\n');
  const filler = Array.from({ length: 150 }, (_, i) => `Paragraph ${i}\n`).join('\n');
  const content = `# Top\n\n- [ ] task\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n${hostile}\n\n${filler}\n## Bottom\n\nend\n`;
  const r = await sources(t, { content });
  const [ada, ben] = r.pages;
  await preview(ada).getByRole('heading', { name: 'Bottom' }).waitFor({ state: 'attached' });
  assert.equal(
    await preview(ada).locator('script, iframe, svg, img, [onerror], [onload], a[href^=javascript]').count(),
    0,
  );
  await preview(ada).getByRole('checkbox', { name: 'task' }).click();
  await preview(ben).getByRole('checkbox', { name: 'task', checked: true }).waitFor();
  assert.ok((await r.text()).includes('- [x] task'));
  assert.equal(await ada.evaluate(() => window.hacked), undefined);
  assert.deepEqual(await barriers(ada), []);

  await source(ada).click();
  await ada.keyboard.press('Control+End');
  await ada.waitForFunction(() => {
    const pane = document.querySelector('.md').parentElement;
    const [end, all] = [
      document.querySelector('.md > :last-child').getBoundingClientRect(),
      pane.getBoundingClientRect(),
    ];
    return end.top < all.bottom && end.bottom > all.top;
  });
  const pane = ada.getByRole('region', { name: 'How it looks' });
  await pane.hover();
  await ada.mouse.wheel(0, -100_000);
  await ada.waitForFunction(() => document.querySelector('.cm-scroller').scrollTop === 0);
  assert.deepEqual(r.faults(), []);
});

test('on a phone: the source or the page, with buttons for the signs', async (t) => {
  const r = await sources(t, { names: ['Ada', 'Ben'], options: [undefined, PHONE] });
  const [, phone] = r.pages;
  await source(phone).tap();
  await phone.keyboard.type('Milk');
  await phone.getByRole('button', { name: 'Check list' }).tap();
  await phone.getByRole('button', { name: 'Bold' }).tap();
  await phone.keyboard.type('now');
  await agreed(r, r.pages, '- [ ] Milk**now**\n');
  await becomes(() => overflow(phone), 0);
  assert.deepEqual(await barriers(phone), []);
  await phone.getByRole('button', { name: 'Preview', exact: true }).tap();
  await preview(phone).locator('strong', { hasText: 'now' }).waitFor();
  await becomes(() => source(phone).isVisible(), false);
  assert.deepEqual(await barriers(phone), []);
  await phone.getByRole('button', { name: 'Source', exact: true }).tap();
  await source(phone).waitFor();
  assert.deepEqual(r.faults(), []);
});

test('from a document to Markdown and back, find and replace, history', async (t) => {
  const r = await sources(t, { content: '# Plan\n\n- *one* cat\n', names: ['Ada'] });
  const [ada] = r.pages;
  await ada.getByRole('button', { name: 'More for this document' }).click();
  await ada.getByRole('menuitem', { name: 'Make a document of it' }).click();
  await ada.getByText('is in the list now').waitFor();
  const { view } = await get(ada, `/api/rooms/${r.code}/activities/lobby/view`);
  const rich = view.activities.find(({ kind }) => kind === 'doc');
  const made = await get(ada, `/api/rooms/${r.code}/activities/${rich.id}/view`);
  assert.deepEqual(made.view.content, [
    { insert: 'Plan' },
    { insert: '\n', attributes: { header: 1 } },
    { insert: 'one', attributes: { italic: true } },
    { insert: ' cat' },
    { insert: '\n', attributes: { list: 'bullet' } },
  ]);
  await post(ada, `/api/rooms/${r.code}/activities/lobby/rename`, { with: { id: rich.id, title: 'Rich' } });
  await ada.getByRole('button', { name: 'Rich' }).first().click();
  await ada.locator('.ql-editor').waitFor();
  await ada.getByRole('button', { name: 'More for this document' }).click();
  await ada.getByRole('menuitem', { name: 'Make a Markdown document of it' }).click();
  await ada.getByText('“Rich” is in the list now').waitFor();
  const after = (await get(ada, `/api/rooms/${r.code}/activities/lobby/view`)).view;
  const back = after.activities.filter(({ kind }) => kind === 'source').find(({ title }) => title === 'Rich');
  const again = await get(ada, `/api/rooms/${r.code}/activities/${back.id}/view`);
  assert.deepEqual(again.view.content, [{ insert: '# Plan\n\n- _one_ cat\n' }]);

  await ada.getByRole('button', { name: 'Notes' }).first().click();
  await source(ada).click();
  await ada.keyboard.press('Control+f');
  await ada.getByLabel('Find in the document').fill('cat');
  await ada.locator('.found.now', { hasText: 'cat' }).waitFor();
  await ada.getByLabel('Replace with').fill('dog');
  await ada.getByRole('button', { name: 'Replace', exact: true }).click();
  await agreed(r, r.pages, '# Plan\n\n- *one* dog\n');
  await ada.getByLabel('Find in the document').press('Escape');
  await ada.getByRole('button', { name: 'Outline' }).click();
  await ada.getByRole('button', { name: 'Plan', exact: true }).waitFor();
  await ada.keyboard.press('Escape');
  await ada.getByRole('button', { name: 'History' }).click();
  await ada.getByText('# Plan').first().waitFor();
  assert.deepEqual(r.faults(), []);
});
