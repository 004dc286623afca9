// Who writes together in the tests of documents: a room, a document, and people with devices of their own.
import assert from 'node:assert/strict';
import { browser, get, plenum, post } from './harness.mjs';
import { expected, paper } from './paper.mjs';

/**
 * A room with one document, unless that is not wanted, and the people who write in it.
 *
 * @param {Pick<import('node:test').TestContext, 'after'>} t
 */
export async function meeting(
  t,
  { document = true, content = null, names = ['Ada', 'Ben'], options = [] } = {},
) {
  const server = await plenum(t);
  const { open, faults } = await browser(t);
  const pages = [];
  for (const i of names.keys()) {
    pages.push(await open(options[i]));
    await pages[i].goto(server.url);
  }
  const [host, ...others] = pages;
  const { code } = await post(host, '/api/rooms', { title: 'Team day', name: names[0] });
  const lobby = `/api/rooms/${code}/activities/lobby`;
  const { key } = await post(host, `/api/rooms/${code}/links`, { role: 'editor' });
  for (const [i, page] of others.entries())
    await post(page, `/api/rooms/${code}/enter`, { name: names[i + 1], key });
  let id = '';
  if (document) {
    const settings = content ? { content } : {};
    const made = await post(host, `${lobby}/add`, { with: { kind: 'doc', title: 'Notes', settings } });
    id = made.events[0].with.id;
    await post(host, `${lobby}/focus`, { with: { id } }); // phones show it, too
  }
  for (const page of pages) {
    await page.goto(`${server.url}/r/${code}`);
    if (id) await page.locator('.ql-editor[contenteditable=true]').waitFor();
  }
  const view = async () => (await get(host, `/api/rooms/${code}/activities/${id}/view`)).view;
  return { server, pages, faults, open, code, id, view };
}

const standing = (page) => page.locator('.line[role=status]').first().textContent();

/** Waits until everybody has saved and shows what the server has, and tells that as JSON. */
export async function agreed({ pages, view }) {
  let wrong = '';
  for (let i = 0; i < 300; i++) {
    const want = JSON.stringify(expected((await view()).content));
    const shown = await Promise.all(pages.map(async (page) => JSON.stringify(await paper(page))));
    const lines = await Promise.all(pages.map(standing));
    if (shown.every((one) => one === want) && lines.every((line) => line === 'Saved')) return want;
    wrong = `${lines.join(', ')}\nserver ${want}\n${shown.join('\n')}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not agreed: ${wrong}`);
}

export const editor = (page) => page.locator('.ql-editor');
export const words = async (page) => (await paper(page)).map(([text]) => text).join('');
export const saved = (page) => page.locator('.line[role=status]', { hasText: 'Saved' }).first().waitFor();

/** Waits until a page shows a text. */
export async function shows(page, text) {
  let seen = '';
  for (let i = 0; i < 100; i++) {
    seen = await words(page);
    if (seen === text) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(seen, text);
}
