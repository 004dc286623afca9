// Random people do random things to one document with keys, buttons and the clipboard. In the end every
// editor shows what the server has. SEED=… repeats a run, STEPS=… makes it longer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, plenum } from './harness.mjs';
import { choose, expected, paper } from './paper.mjs';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6));
const steps = Number(process.env.STEPS ?? 150);

let state = seed >>> 0;
function below(n) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
}
const one = (list) => list[below(list.length)];

const pasted = [
  '<h4>deep</h4><p style="color:red"><b>bold</b> <a href="javascript:alert(1)">bad</a> <a href="https://x.org/ä b">good</a></p>',
  '<ul><li>a<ul><li>b</li></ul></li></ul><img src=x>',
  '<pre><code class="language-go">func main() {\n}</code></pre><p>a <code class="math">x^2</code> b</p>',
  '<pre>code\n  here</pre><table><tr><td>1</td></tr></table>',
  '',
];

async function paste(page, html) {
  await page.evaluate((html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', html);
    clipboardData.setData('text/plain', 'plain\r\ntext');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.ql-editor').dispatchEvent(event);
  }, html);
}

const acts = [
  (page) => page.keyboard.type(one(['hello ', 'ok', 'x', 'a b c'])),
  (page) => page.keyboard.type(one(['1. ', '- ', '[] '])),
  (page) => page.keyboard.insertText(one(['漢字', '😀👩‍💻', 'é', 'مرحبا'])),
  (page) => page.keyboard.press('Enter'),
  (page) => page.keyboard.press('Backspace'),
  (page) => page.keyboard.press('Delete'),
  (page) => page.keyboard.press(one(['Control+b', 'Control+i', 'Control+u'])),
  (page) => page.keyboard.press(one(['Control+z', 'Control+z', 'Control+Shift+z'])),
  (page) => page.keyboard.press(one(['ArrowLeft', 'ArrowDown', 'Home', 'End'])),
  (page) => button(page, one(['Bold', 'Italic', 'Strikethrough', 'Code in the line'])),
  (page) => button(page, 'Table'),
  (page) => page.keyboard.press(one(['Tab', 'Shift+Tab'])),
  (page) =>
    deed(page, one(['Row below', 'Column after', 'Column before', 'Delete the row', 'Delete the column'])),
  (page) => button(page, one(['List', 'Numbered list', 'Check list'])),
  (page) => style(page, one(['text', 'header1', 'header2', 'blockquote', 'code'])),
  (page) => paste(page, one(pasted)),
  (page) => language(page, one(['', 'go', 'python'])),
];

function button(page, name) {
  return page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
}

/** Changes the table that the caret is in, if it is in one. */
async function deed(page, name) {
  const tools = page.getByRole('button', { name: 'The table' });
  if (!(await tools.isVisible())) return;
  // What others do may take the caret out of it at any time.
  const open = await tools.click({ timeout: 500 }).then(
    () => true,
    () => false,
  );
  if (!open) return;
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Gives the code that the caret is in a language, if it is in some. */
async function language(page, value) {
  const menu = page.getByLabel('Language of this code');
  if (!(await menu.isVisible())) return;
  await menu.selectOption(value, { timeout: 500 }).catch(() => undefined); // others may have changed the code
  await page.locator('.ql-editor').focus();
}

async function style(page, value) {
  await page.getByLabel('Style of the paragraph').selectOption(value);
  await page.locator('.ql-editor').focus();
}

test(`three people do 150 random things at once (SEED=${seed})`, async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const pages = [await open(), await open(), await open()];
  const ask = (page, path, body) =>
    page.evaluate(
      async ([path, body]) => {
        const headers = { 'Content-Type': 'application/json' };
        const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {};
        return (await fetch(path, request)).json();
      },
      [path, body],
    );
  for (const page of pages) await page.goto(url);
  const { code } = await ask(pages[0], '/api/rooms', { title: 'Chaos', name: 'Ada' });
  const room = `/api/rooms/${code}`;
  const made = await ask(pages[0], `${room}/activities/lobby/add`, { with: { kind: 'doc', title: 'Notes' } });
  const { key } = await ask(pages[0], `${room}/links`, { role: 'editor' });
  for (const page of pages.slice(1)) await ask(page, `${room}/enter`, { name: 'Ben', key });
  for (const page of pages) {
    await page.goto(`${url}/r/${code}`);
    await page.locator('.ql-editor[contenteditable=true]').click();
  }

  for (let i = 0; i < steps; i++) {
    const page = one(pages);
    const at = below(1000) / 1000;
    const kind = below(5);
    if (kind === 0) await choose(page, at, at);
    if (kind === 1) await choose(page, at, Math.min(1, at + below(100) / 1000));
    await one(acts)(page);
  }

  const view = `${room}/activities/${made.events[0].with.id}/view`;
  let wrong = [''];
  for (let i = 0; i < 150 && wrong.length > 0; i++) {
    const want = JSON.stringify(expected((await ask(pages[0], view)).view.content));
    const shown = await Promise.all(pages.map(async (page) => JSON.stringify(await paper(page))));
    wrong = shown.filter((one) => one !== want).map((one) => `${one}\nis not\n${want}`);
    if (wrong.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(wrong, []);
  assert.ok((await ask(pages[0], view)).view.rev > steps / 4, 'something was written');
  assert.deepEqual(faults(), []);
});
