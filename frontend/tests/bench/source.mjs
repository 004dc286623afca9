// How a long Markdown document, or one of code, opens and types in a real browser, beside a bare text field with the same text:
//   npm run bench:source -- 4000000
//   npm run bench:source -- 4000000 javascript
// Tells, in ms: until the source is on the screen, until its whole page is; and from a key to the next picture.
import { test } from 'node:test';
import { post } from '../e2e/harness.mjs';
import { meeting } from '../e2e/writers.mjs';

const size = Number(process.argv[2] ?? 1_000_000);
const language = process.argv[3] ?? '';
const TYPED = 'The quick brown fox jumps over the lazy dog. ';
const PART = 1_000_000;

/** Code as people write it. */
function coded(units) {
  let text = '';
  for (let i = 1; text.length < units; i++) {
    text += `// Part ${i} does what its name says.\nexport function part${i}(a, { b = 'c' } = {}) {\n`;
    text += `  for (let i = 0; i < a.length; i += 1) if (a[i] !== b) return \`found \${i}\`;\n  return null;\n}\n\n`;
  }
  return `${text.slice(0, units - 1)}\n`;
}

/** A text as people write it, with everything that a page can have. */
function written(units) {
  let text = '';
  for (let i = 1; text.length < units; i++) {
    text += `## Part ${i}\n\nHere is a paragraph with **bold** and *italic* words, a [link](https://example.org/${i}) and \`code\`. `;
    text += `It goes on for a while, so that it wraps on the screen.\n\n- first item ${i}\n- second item\n- [ ] a box\n\n`;
    if (i % 20 === 0) text += '```js\nconst a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n';
  }
  return `${text.slice(0, units - 1)}\n`;
}

/** Types into what has the focus, and tells the times from each key to the next picture. */
async function typing(page) {
  await page.evaluate(() => {
    globalThis.times = [];
    addEventListener(
      'keydown',
      () => {
        const since = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.times.push(performance.now() - since);
          port2.postMessage(0);
        });
      },
      true,
    );
  });
  await page.keyboard.type(TYPED, { delay: 120 });
  await page.waitForFunction((n) => globalThis.times.length === n, TYPED.length);
  const times = (await page.evaluate(() => globalThis.times)).sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.floor(share * (times.length - 1))]);
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}

test('a long source', async (t) => {
  const r = await meeting(t, { document: false, names: ['Ada'] });
  const [page] = r.pages;
  const activities = `/api/rooms/${r.code}/activities`;
  const made = await post(page, `${activities}/lobby/add`, {
    with: { kind: 'source', title: 'Notes', settings: { language } },
  });
  const { id } = made.events[0].with;
  await post(page, `${activities}/lobby/focus`, { with: { id } });
  const text = language ? coded(size) : written(size);
  for (let at = 0, n = 1; at < text.length; at += PART, n++) {
    const change = [...(at > 0 ? [{ retain: at }] : []), { insert: text.slice(at, at + PART) }];
    await post(page, `${activities}/${id}/change`, { with: { base: n - 1, change }, peer: 'bench-0001', n });
  }

  const begun = Date.now();
  await page.goto(`${r.server.url}/r/${r.code}`);
  await page.locator('.cm-content[contenteditable=true] .cm-line', { hasText: 'Part 1' }).first().waitFor();
  const source = Date.now() - begun;
  if (!language) await page.locator('[data-paper][aria-busy=false]').waitFor({ timeout: 120_000 });
  else await page.locator('.cm-content .c-keyword').first().waitFor();
  const whole = Date.now() - begun;
  await page.locator('.cm-line').nth(3).click();
  const ours = await typing(page);

  const bare = await r.open();
  await bare.setContent('<textarea style="width:100%;height:90vh"></textarea>');
  await bare.locator('textarea').evaluate((field, text) => {
    field.value = text;
    field.setSelectionRange(100, 100);
    field.focus();
  }, text);
  console.log(JSON.stringify({ size: text.length, source, whole, ours, bare: await typing(bare) }));
});
