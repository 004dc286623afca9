// Documents in real browsers, several people at once, against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow, plenum, post } from './harness.mjs';
import { choose, chooseWords, expected, paper } from './paper.mjs';
import { agreed, editor, meeting, words } from './writers.mjs';

/** Tells, in a page, whether this device has stored some words of a document. */
async function stored(words) {
  const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const database = await done(indexedDB.open('plenum'));
  const records = await done(database.transaction('records').objectStore('records').getAll());
  database.close();
  return JSON.stringify(records).includes(words);
}

test('two people write at once, and each sees the other', async (t) => {
  const room = await meeting(t);
  const [ada, ben] = room.pages;
  await editor(ada).click();
  await editor(ben).click();
  await Promise.all([
    ada.keyboard.type('Ada writes this. ', { delay: 15 }),
    ben.keyboard.type('Ben writes that. ', { delay: 15 }),
  ]);
  await agreed(room);
  const text = await words(ada);
  assert.equal(
    [...text]
      .filter((c) => c !== '\n')
      .sort()
      .join(''),
    [...'Ada writes this. Ben writes that. '].sort().join(''),
  );
  await ben.locator('.caret').waitFor({ state: 'attached' });
  await becomes(() => ben.locator('.caret .name').textContent(), 'Ada');
  assert.deepEqual(room.faults(), []);
});

test('formats reach the others, and only those that documents have', async (t) => {
  const room = await meeting(t);
  const [ada, ben] = room.pages;
  await editor(ada).click();
  await ada.getByLabel('Style of the paragraph').selectOption('header1');
  await ada.keyboard.type('Title');
  await ada.keyboard.press('Enter');
  await ada.keyboard.press('Control+b');
  await ada.keyboard.type('bold');
  await ada.keyboard.press('Control+b');
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('- one');
  await ada.keyboard.press('Enter');
  await ada.keyboard.press('Tab');
  await ada.keyboard.type('under it');
  await agreed(room);
  assert.deepEqual(await paper(ben), [
    ['Title', []],
    ['\n', [['header', 1]]],
    ['bold', [['bold', true]]],
    ['\none', []],
    ['\n', [['list', 'bullet']]],
    ['under it', []],
    [
      '\n',
      [
        ['indent', 1],
        ['list', 'bullet'],
      ],
    ],
  ]);

  await ben.evaluate(() => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<h4>deep</h4><p style="color:red"><b>b</b> <a href="javascript:alert(1)">bad</a> <a href="https://x.org/ä b">good</a><img src=x></p>',
    );
    document.querySelector('.ql-editor').focus();
    document
      .querySelector('.ql-editor')
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await agreed(room);
  const html = await editor(ada).innerHTML();
  assert.match(
    html,
    /<a href="https:\/\/x\.org\/%C3%A4%20b" rel="noopener noreferrer" target="_blank">good<\/a>/,
  );
  assert.doesNotMatch(html, /javascript|about:blank|<img|color|<h4/);
  assert.deepEqual(room.faults(), []);
});

test('undo takes back what I did and leaves what others did', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'Start.\n' }] });
  const [ada, ben] = room.pages;
  await choose(ada, 1, 1);
  await ada.keyboard.press('Control+End');
  await ada.keyboard.type(' Ada was here.');
  await agreed(room);
  await chooseWords(ben, 'was');
  await ben.keyboard.type('is');
  await ben.keyboard.press('Home');
  await ben.keyboard.type('Ben! ');
  await agreed(room);
  assert.equal(await words(ada), 'Ben! Start. Ada is here.\n');
  for (let i = 0; i < 6; i++) await ada.keyboard.press('Control+z');
  await agreed(room);
  assert.equal(await words(ben), 'Ben! Start.is\n');
  for (let i = 0; i < 6; i++) await ada.keyboard.press('Control+Shift+z');
  await agreed(room);
  assert.equal(await words(ben), 'Ben! Start. Ada is here.\n');
});

test('what is written while the server is away is kept, counted, and arrives once', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'Start.\n' }] });
  const [ada, ben] = room.pages;
  await room.server.stop('SIGKILL');
  await ada.getByText('Offline').first().waitFor();
  await choose(ada, 0, 0);
  await ada.keyboard.type('Ada offline. ');
  await chooseWords(ben, '.');
  await ben.keyboard.type('! Ben offline.');
  await ada.getByText(/Offline: \d+ changes? kept on this device/).waitFor();
  await plenum(t, { folder: room.server.folder, listen: new URL(room.server.url).host });
  await agreed(room);
  assert.equal(await words(ada), 'Ada offline. Start! Ben offline.\n');
});

/** Lets a test cut a page's connection to the room and give it back; the rest of the network stays. */
async function cutter(page) {
  let cut = false;
  let last;
  await page.routeWebSocket(/\/socket$/, (route) => {
    if (cut) return void route.close();
    route.connectToServer();
    last = route;
  });
  await page.reload();
  await page.locator('.ql-editor[contenteditable=true]').waitFor();
  return async (now) => {
    cut = now;
    if (!cut) return;
    await last.close();
    await page.getByText('Offline').first().waitFor();
  };
}

test('what is written without a connection survives a reload', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'Start.\n' }] });
  const [ada] = room.pages;
  const cut = await cutter(ada);
  await cut(true);
  await choose(ada, 0, 0);
  await ada.keyboard.type('One. ');
  await ada.keyboard.type('Two. ');
  await ada.waitForFunction(stored, 'Two. ');
  await ada.reload();
  await cut(false);
  await agreed(room);
  assert.equal(await words(ada), 'One. Two. Start.\n');
});

test('what waits goes on being saved where something else is on the screen', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'Start.\n' }] });
  const [ada] = room.pages;
  const cut = await cutter(ada);
  await cut(true);
  await chooseWords(ada, 'Start.');
  await ada.keyboard.type('Written offline.');
  await ada.waitForFunction(stored, 'offline.');
  await ada.goto(room.server.url);
  await cut(false);
  const lobby = `/api/rooms/${room.code}/activities/lobby`;
  const plans = await post(ada, `${lobby}/add`, { with: { kind: 'doc', title: 'Plans' } });
  await post(ada, `${lobby}/focus`, { with: { id: plans.events[0].with.id } });
  await ada.goto(`${room.server.url}/r/${room.code}`);
  await ada.getByRole('heading', { name: 'Plans' }).waitFor();
  let text = '';
  for (let i = 0; i < 150 && text !== 'Written offline.\n'; i++) {
    text = (await room.view()).content.map(({ insert }) => insert).join('');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(text, 'Written offline.\n');
  assert.equal(await words(ada), '\n');
});

test('a character that is being composed is left alone by what others write', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'Before. After.\n' }] });
  const [ada, ben] = room.pages;
  await chooseWords(ada, ' After');
  await ada.keyboard.press('ArrowLeft');
  const input = await ada.context().newCDPSession(ada);
  await input.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await chooseWords(ben, 'Before');
  await ben.keyboard.type('Earlier');
  await ben.keyboard.press('End');
  await ben.keyboard.type(' And later.');
  await ben.getByText('Saved').first().waitFor();
  await ada.waitForTimeout(300);
  assert.equal(await words(ada), 'Before.に After.\n', 'nothing moves under the hand');
  await input.send('Input.imeSetComposition', { text: '日本', selectionStart: 2, selectionEnd: 2 });
  await input.send('Input.insertText', { text: '日本' });
  await agreed(room);
  assert.equal(await words(ada), 'Earlier.日本 After. And later.\n');
});

test('what others write takes neither the focus nor the selection from me', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'One two three.\n' }] });
  const [ada, ben] = room.pages;
  await chooseWords(ada, 'two');
  await choose(ben, 0, 0);
  await ben.keyboard.type('Zero. ');
  await agreed(room);
  await becomes(() => ada.evaluate(() => getSelection()?.toString()), 'two');
  await ada.getByLabel('Style of the paragraph').focus();
  await ben.keyboard.type('And more. ');
  await agreed(room);
  await becomes(() => ada.evaluate(() => document.activeElement?.nodeName), 'SELECT');
  await editor(ada).focus();
  await ada.keyboard.type('2');
  await agreed(room);
  assert.match(await words(ada), /2/);
});

test('who may not write reads along', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'Read this.\n' }], names: ['Ada'] });
  const eve = await room.open({ viewport: { width: 390, height: 844 } });
  await eve.goto(room.server.url);
  await post(eve, `/api/rooms/${room.code}/enter`, { name: 'Eve' });
  await post(room.pages[0], `/api/rooms/${room.code}/activities/lobby/focus`, { with: { id: room.id } });
  await eve.goto(`${room.server.url}/r/${room.code}`);
  await eve.getByText('You can read along.').waitFor();
  await becomes(() => editor(eve).getAttribute('contenteditable'), 'false');
  assert.equal(await eve.getByRole('toolbar').count(), 0);
  await choose(room.pages[0], 0, 0);
  await room.pages[0].keyboard.type('Please. ');
  await eve.getByText('Please. Read this.').waitFor();
  assert.deepEqual(await barriers(eve), []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`a phone has room for it, and nobody is shut out (${colorScheme})`, async (t) => {
    const content = [
      { insert: 'Title' },
      { insert: '\n', attributes: { header: 1 } },
      { insert: `${'A long paragraph with a verylongwordthatdoesnotfitanywhere. '.repeat(5)}\nlink` },
      { insert: ' here', attributes: { link: 'https://plenum.example/' } },
      { insert: '\n' },
      { insert: 'to do' },
      { insert: '\n', attributes: { list: 'unchecked' } },
      { insert: 'code '.repeat(40) },
      { insert: '\n', attributes: { 'code-block': true } },
    ];
    const phone = { viewport: { width: 320, height: 700 }, colorScheme };
    const { pages, code, id } = await meeting(t, { content, names: ['Ada'], options: [{ colorScheme }] });
    const [page] = pages;
    await post(page, `/api/rooms/${code}/activities/lobby/focus`, { with: { id } });
    assert.deepEqual(await barriers(page), []);
    await page.setViewportSize(phone.viewport);
    await page.locator('.room.phone').waitFor();
    await editor(page).waitFor();
    await becomes(() => overflow(page), 0);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('[role=toolbar] :is(button, select):not([popover] *)')]
        .map((element) => element.getBoundingClientRect())
        .filter(({ width, height }) => width < 43.5 || height < 43.5),
    );
    assert.deepEqual(small, []);
    assert.deepEqual(await barriers(page), []);
  });
}
