// Whole meetings: people write and vote together, and then the server dies, the network goes, or a new version comes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { browser, get, plenum, post } from './harness.mjs';
import { choose, expected, paper } from './paper.mjs';
import { counted } from './voters.mjs';

const LAPTOP = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const PROMPT = 'Where do we go in June?';
const QUESTION = {
  id: 'q1',
  kind: 'single',
  prompt: PROMPT,
  options: [
    { id: 'a', text: 'The lake' },
    { id: 'b', text: 'The old town' },
  ],
  show: 'live',
};

/** A room with a document and an open question, on a folder that outlives its server. */
async function meeting(t, hosts) {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const server = await plenum(t, { folder });
  const { open } = await browser(t, hosts && { hosts: `MAP ${hosts} 127.0.0.1` });
  const url = hosts ? server.url.replace('127.0.0.1', hosts) : server.url;
  const ada = await open(LAPTOP);
  await ada.goto(url);
  const { code } = await post(ada, '/api/rooms', { title: 'Team day', name: 'Ada' });
  const api = `/api/rooms/${code}`;
  const add = async (kind, title, settings) => {
    const answer = await post(ada, `${api}/activities/lobby/add`, { with: { kind, title, settings } });
    return answer.events[0].with.id;
  };
  const doc = await add('doc', 'Notes', {});
  const poll = await add('poll', 'Trip', { questions: [QUESTION] });
  await post(ada, `${api}/activities/${poll}/open`, { with: { question: 'q1' } });
  await post(ada, `${api}/activities/lobby/focus`, { with: { id: poll } });
  const { key } = await post(ada, `${api}/links`, { role: 'editor' });
  const room = { server, folder, url, api, code, doc, poll, key, open, ada };
  await write(room, ada);
  return room;
}

/** Opens the notes on a page that is in the room. */
async function write({ url, code }, page) {
  await page.goto(`${url}/r/${code}`);
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await page.locator('.ql-editor[contenteditable=true]').click();
}

async function writer(room, name) {
  const page = await room.open(LAPTOP);
  await page.goto(room.url);
  await post(page, `${room.api}/enter`, { name, key: room.key });
  await write(room, page);
  return page;
}

async function voter({ url, code, open }, name) {
  const page = await open(PHONE);
  await page.goto(`${url}/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Tap to vote.').waitFor();
  return page;
}

const choice = (page, name) => page.getByRole('radio', { name });

/** What the server has stored, and what its log says when it is counted again. */
async function truth({ ada, api, doc, poll }) {
  const { view } = await get(ada, `${api}/activities/${doc}/view`);
  const { people, counts } = await get(ada, `${api}/activities/${poll}/read/recount?question=q1&round=1`);
  return { content: view.content, people, counts };
}

/** Waits until every writer has saved and shows what the server has. */
async function agree(room, pages) {
  let wrong = '';
  for (let i = 0; i < 300; i++) {
    const want = JSON.stringify(expected((await truth(room)).content));
    const shown = await Promise.all(pages.map(async (page) => JSON.stringify(await paper(page))));
    const lines = await Promise.all(
      pages.map((page) => page.locator('.line[role=status]').first().textContent()),
    );
    if (shown.every((one) => one === want) && lines.every((line) => line === 'Saved')) return;
    wrong = `${lines.join(', ')}\nserver ${want}\n${shown.join('\n')}`;
    await room.ada.waitForTimeout(100);
  }
  throw new Error(`not agreed: ${wrong}`);
}

const letters = (text) =>
  [...text]
    .filter((c) => c !== '\n')
    .sort()
    .join('');
const written = (content) => letters(content.map((part) => part.insert).join(''));

test('the server dies while people write and vote: everyone goes on, and screens and database agree', async (t) => {
  const room = await meeting(t);
  const { ada } = room;
  const ben = await writer(room, 'Ben');
  const [cleo, dan, eve] = [await voter(room, 'Cleo'), await voter(room, 'Dan'), await voter(room, 'Eve')];
  const screen = await ada.context().newPage();
  await screen.goto(`${room.url}/r/${room.code}/present`);
  await screen.getByRole('heading', { name: PROMPT }).waitFor();
  const loads = [];
  for (const page of [ada, ben, cleo, dan, eve, screen])
    page.on('framenavigated', () => loads.push(page.url()));

  const typing = Promise.all([
    ada.keyboard.type('Ada writes and does not stop for a dead server. ', { delay: 60 }),
    ben.keyboard.type('Ben writes on, too, and sees what Ada wrote later. ', { delay: 60 }),
  ]);
  await choice(cleo, 'The lake').check();
  await counted(cleo);
  await choice(dan, 'The old town').check();
  await room.server.stop('SIGKILL');
  await choice(eve, 'The lake').check();
  await eve.getByText('Kept on this device').waitFor();
  await plenum(t, { folder: room.folder, listen: new URL(room.server.url).host });
  await typing;

  // Somebody comes late, and writes along.
  const fay = await writer(room, 'Fay');
  await fay.keyboard.type('Fay came late. ', { delay: 20 });
  await agree(room, [ada, ben, fay]);
  for (const page of [cleo, dan, eve]) await counted(page);
  const stored = await truth(room);
  assert.equal(
    written(stored.content),
    letters(
      'Ada writes and does not stop for a dead server. Ben writes on, too, and sees what Ada wrote later. Fay came late. ',
    ),
  );
  assert.deepEqual([stored.people, stored.counts], [3, { a: 2, b: 1 }]);
  const table = screen.getByRole('table', { name: PROMPT });
  await table.getByRole('row', { name: /^The lake 2 / }).waitFor({ state: 'attached' });
  await table.getByRole('row', { name: /^The old town 1 / }).waitFor({ state: 'attached' });
  await screen.getByText('3 people voted').waitFor();
  assert.deepEqual(loads, []);
});

test('a minute without network, with edits and a vote: both arrive once, and what others did meanwhile', async (t) => {
  const room = await meeting(t);
  const { ada } = room;
  const ben = await writer(room, 'Ben');
  const cleo = await voter(room, 'Cleo');
  await ada.keyboard.type('Before. ');
  await agree(room, [ada, ben]);

  for (const page of [ben, cleo]) await page.context().setOffline(true);
  await choose(ben, 0, 0);
  await ben.keyboard.type('Ben alone. ', { delay: 20 });
  await ben.getByText(/Offline: \d+ changes? kept on this device/).waitFor();
  await choice(cleo, 'The old town').check();
  await cleo.getByText('Kept on this device').waitFor();
  await ada.keyboard.type('Ada meanwhile. ', { delay: 20 });
  await ada.waitForTimeout(60_000);
  assert.equal((await truth(room)).people, 0);

  for (const page of [ben, cleo]) await page.context().setOffline(false);
  await agree(room, [ada, ben]);
  await counted(cleo);
  const stored = await truth(room);
  assert.equal(stored.content.map((part) => part.insert).join(''), 'Ben alone. Before. Ada meanwhile. \n');
  assert.deepEqual([stored.people, stored.counts], [1, { b: 1 }]);
});

test('by plain http on a name of the network, which is no secure context, one writes and votes', async (t) => {
  const room = await meeting(t, 'plenum.test');
  const { ada } = room;
  assert.equal(await ada.evaluate(() => isSecureContext), false);
  const ben = await writer(room, 'Ben');
  const cleo = await voter(room, 'Cleo');
  await ada.keyboard.type('Ada. ', { delay: 20 });
  await ben.keyboard.type('Ben. ', { delay: 20 });
  await choice(cleo, 'The lake').check();
  await counted(cleo);
  await agree(room, [ada, ben]);
  // What was written without the server outlives a reload here, too.
  await room.server.stop('SIGKILL');
  await choose(ben, 0, 0);
  await ben.keyboard.type('Kept. ');
  await ben.getByText(/Offline: \d+ changes? kept on this device/).waitFor();
  await plenum(t, { folder: room.folder, listen: new URL(room.server.url).host });
  await write(room, ben);
  await agree(room, [ada, ben]);
  assert.equal(written((await truth(room)).content), letters('Kept. Ada. Ben. '));
});

test('a new version comes while people write: it is said, and nothing is lost', async (t) => {
  const next = join(await mkdtemp(join(tmpdir(), 'plenum-next-')), 'plenum');
  t.after(() => rm(join(next, '..'), { recursive: true, force: true }));
  const building = promisify(execFile)(
    'go',
    ['build', '-ldflags', '-X main.build=next', '-o', next, './cmd/plenum'],
    { cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
  );
  const room = await meeting(t);
  const { ada } = room;
  const ben = await writer(room, 'Ben');
  const cleo = await voter(room, 'Cleo');
  await building;
  const typing = Promise.all([
    ada.keyboard.type('Ada writes while it is exchanged. ', { delay: 60 }),
    ben.keyboard.type('Ben does as well. ', { delay: 60 }),
  ]);
  await room.server.stop('SIGTERM');
  await choice(cleo, 'The lake').check();
  await plenum(t, { folder: room.folder, listen: new URL(room.server.url).host, binary: next });
  await typing;
  await agree(room, [ada, ben]);
  await counted(cleo);
  for (const page of [ada, ben]) await page.getByText('A new version is on the server.').waitFor();

  await ben.reload();
  await write(room, ben);
  assert.equal(await ben.getByText('A new version is on the server.').count(), 0);
  await ben.keyboard.type('And on. ', { delay: 20 });
  await agree(room, [ada, ben]);
  assert.equal(
    written((await truth(room)).content),
    letters('Ada writes while it is exchanged. Ben does as well. And on. '),
  );
});
