// What leaves a poll: tables that add up to what the screens show, a report to print, charts.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum, post } from './harness.mjs';
import { counted, exported, phone, PHONE, room } from './voters.mjs';

async function picture(page, name, options = {}) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, ...options });
}

const QUESTIONS = [
  {
    id: 'lunch',
    kind: 'single',
    prompt: '=Where shall we have lunch today, after all that was said this morning?',
    options: [
      { text: 'At the lake, if the weather holds and everyone has a coat' },
      { text: '在老城区的面馆' },
      { text: 'في البيت مع الجميع' },
    ],
  },
  { id: 'mood', kind: 'rating', prompt: 'How was it?', low: 'dull', high: 'great' },
  {
    id: 'order',
    kind: 'ranking',
    prompt: 'What comes first?',
    options: [{ text: 'Tea' }, { text: 'Talk' }, { text: 'Rest' }],
  },
  { id: 'word', kind: 'words', prompt: 'In a word?' },
  { id: 'high', kind: 'estimate', prompt: 'How high is it?', unit: 'm', truth: 40 },
  { id: 'say', kind: 'wall', prompt: 'What else?' },
  {
    id: 'who',
    kind: 'single',
    prompt: 'Who leads?',
    secrecy: 'anonymous',
    options: [{ text: 'Ann' }, { text: 'Ben' }],
  },
];

const ANSWERS = {
  lunch: (i, options) => ({ options: [options[[0, 0, 1, 2, 0, 1][i]]] }),
  mood: (i) => ({ score: [5, 4, 4, 2, 5, 3][i] }),
  order: (i, options) => ({ options: [options[i % 3], options[(i + 1) % 3]] }),
  word: (i) => ({ texts: [['good', '很好', 'טוב', 'good', 'long', 'Good'][i]] }),
  high: (i) => ({ number: [12, 35, 40, 41, 38, 90][i] }),
  say: (i) => ({ texts: [`Answer ${i}: ${'more of that, please. '.repeat(i + 1)}`] }),
  who: (i, options) => ({ options: [options[i % 2]] }),
};

/** A room whose poll has been asked and answered by six people; the last question is closed, too. */
async function asked(t, options = {}) {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url, options);
  const path = `/api/rooms/${code}/activities`;
  const settings = { questions: QUESTIONS };
  const made = await post(host, `${path}/lobby/add`, {
    with: { kind: 'poll', title: 'Team day: votes', settings },
  });
  const { id } = made.events[0].with;
  const people = [];
  for (const name of ['Bea', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus'])
    people.push(await phone(open, url, code, name));
  const view = await host.evaluate(async (path) => (await fetch(path)).json(), `${path}/${id}/view`);
  for (const question of view.view.questions) {
    await post(host, `${path}/${id}/open`, { with: { question: question.id } });
    const ids = question.options.map((o) => o.id);
    for (const [i, one] of people.entries()) {
      const ballot = { question: question.id, round: 1, turn: 1, ...ANSWERS[question.id](i, ids) };
      const answer = await post(one, `${path}/${id}/vote`, { with: ballot });
      assert.ok(answer.mine, JSON.stringify(answer));
    }
    await post(host, `${path}/${id}/close`, { with: { question: question.id } });
  }
  await host.goto(`${url}/r/${code}`);
  await host
    .getByRole('button', { name: /Team day: votes/ })
    .first()
    .click();
  await host.getByRole('heading', { name: 'Who leads?' }).waitFor();
  return { url, code, id, host, people, faults, open };
}

test('the tables have what the screens show, and nothing that runs', async (t) => {
  const { host, faults } = await asked(t);
  await host.getByRole('button', { name: 'Export', exact: true }).click();
  await host.getByRole('menuitem', { name: /^Spreadsheet/ }).waitFor();
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'inout-menu');
  await host.keyboard.press('Escape');

  const results = await exported(host, /^Results as CSV/);
  assert.equal(results.name, 'Team day votes - Results.csv');
  assert.ok(results.text.startsWith('\ufeffNo.,Question,'));
  assert.match(
    results.text,
    /\r\n1,"'=Where shall we have lunch [^"]*",single choice,1,closed,6,"At the lake[^"]*",3,0\.5,/,
  );
  assert.match(results.text, /,在老城区的面馆,2,0\.3333,/);
  assert.match(results.text, /,Who leads\?,single choice,1,closed,6,Ann,3,0\.5,/);

  const answers = await exported(host, /^Answers by person/);
  assert.match(answers.text, /\r\nCleo,"At the lake[^"]*",4,Talk > Rest,很好,35,/);
  assert.ok(!answers.text.includes('Who leads?'));
  const ballots = await exported(host, /^Secret votes/);
  assert.match(ballots.text, /\r\n7,Who leads\?,1,,Ann,3\r\n7,Who leads\?,1,,Ben,3\r\n$/);
  assert.ok(!/Bea|Cleo|Dan|Eve|Fay|Gus/.test(ballots.text));

  const book = await exported(host, /^Spreadsheet/);
  assert.equal(book.name, 'Team day votes.xlsx');
  assert.equal((await readFile(book.file)).subarray(0, 2).toString(), 'PK');
  assert.deepEqual(faults(), []);
});

test('a chart stands on its own', async (t) => {
  const { host, faults } = await asked(t, { colorScheme: 'dark' });
  for (const { id, prompt } of QUESTIONS) {
    await host
      .getByRole('navigation', { name: 'Questions' })
      .getByRole('button', { name: prompt })
      .first()
      .click();
    await host.getByRole('heading', { name: prompt }).waitFor();
    const svg = await exported(host, /^This chart as a vector/);
    assert.ok(svg.text.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="960"'));
    assert.match(svg.text, /6 people voted/);
    assert.match(svg.text, /fill="#ffffff"/);
    const png = await exported(host, /^This chart as a picture/);
    const bytes = await readFile(png.file);
    assert.deepEqual([...bytes.subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.equal(bytes.readUInt32BE(16), 1920);
    const folder = process.env.PLENUM_PICTURES;
    if (folder)
      await (await import('node:fs/promises')).copyFile(png.file, `${folder}/inout-chart-${id}.png`);
    if (id === 'lunch') {
      assert.equal(png.name, '=Where shall we have lunch today, after all that was said th.png');
      assert.match(svg.text, /text-anchor="start" direction="rtl">في البيت/);
      assert.match(svg.text, /direction="rtl"/);
      assert.match(svg.text, />3<.*>50%</s);
    }
    if (id === 'order') assert.match(svg.text, /decided by Run-off|Tie: /);
  }
  assert.deepEqual(faults(), []);
});

test('the report is a paper, on the screen and printed, and what came out goes into a document', async (t) => {
  const { host, faults } = await asked(t, { colorScheme: 'dark' });
  await host.getByRole('button', { name: 'Export', exact: true }).click();
  await host.getByRole('menuitem', { name: /^Report/ }).click();
  await host.getByRole('article').getByRole('heading', { name: 'Team day: votes', level: 1 }).waitFor();
  for (const { prompt } of QUESTIONS)
    await host.getByRole('article').getByRole('heading', { name: prompt }).waitFor();
  await host.getByText('Decided by: Run-off').waitFor();
  assert.deepEqual(await barriers(host), []);
  await becomes(() => overflow(host), 0);
  await picture(host, 'inout-report');
  await host.emulateMedia({ media: 'print' });
  await host.waitForFunction(
    () => getComputedStyle(document.querySelector('.report .bar')).display === 'none',
  );
  for (const gone of ['Export', 'Back to the questions'])
    await becomes(() => host.getByRole('button', { name: gone }).isVisible(), false);
  // Nothing holds the paper: it goes on for as many pages as it needs.
  const [paper, page] = await host.evaluate(() => [
    document.querySelector('.report .paper').scrollHeight,
    document.documentElement.scrollHeight,
  ]);
  assert.ok(paper > 1000 && page >= paper, `a paper of ${paper} px is on a page of ${page} px`);
  await host.emulateMedia({ media: null });
  const folder = process.env.PLENUM_PICTURES;
  const pdf = await host.pdf({ format: 'A4', ...(folder ? { path: `${folder}/inout-report.pdf` } : {}) });
  assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
  await host.setViewportSize(PHONE.viewport);
  await becomes(() => overflow(host), 0);
  await picture(host, 'inout-report-phone');
  await host.getByRole('button', { name: 'Back to the questions' }).click();
  await host.getByRole('heading', { name: 'Who leads?' }).waitFor();

  // What came out goes into a document: a new one, and then the same again.
  await host.emulateMedia({ media: 'screen' });
  await host.setViewportSize({ width: 1280, height: 900 });
  const into = host.getByRole('dialog', { name: 'Into which document?' });
  for (const document of ['A new document', 'Minutes']) {
    await host.getByRole('button', { name: 'Export', exact: true }).click();
    await host.getByRole('menuitem', { name: /^Put into a document/ }).click();
    await into.getByRole('button', { name: document }).waitFor();
    assert.deepEqual(await barriers(host, 'dialog[open]'), []);
    if (document === 'Minutes') await picture(host, 'inout-into');
    await into.getByRole('button', { name: document }).click();
    await host.getByText('The results are in “Minutes”.').waitFor();
    await into.waitFor({ state: 'detached' });
  }
  await host.getByRole('button', { name: 'Minutes', exact: true }).first().click();
  const text = host.locator('.ql-editor');
  await text.getByRole('heading', { name: 'Who leads?' }).first().waitFor();
  await becomes(() => text.getByRole('heading', { level: 3 }).count(), 2 * QUESTIONS.length);
  await becomes(() => text.locator('td').filter({ hasText: '在老城区的面馆' }).count(), 2);
  await text.getByText('Median: 39 m').first().waitFor();
  await picture(host, 'inout-minutes');
  assert.deepEqual(faults(), []);
});

const GIFT = `// A quiz
::Fruit:: Which is a fruit? {=Tomato ~Leek ~Carrot}

When was it? {#1822:1}

Match them {=a -> b =c -> d}

Shall we go? {}
`;

test('questions come from a file, when the host has seen them', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const path = `/api/rooms/${code}/activities`;
  const made = await post(host, `${path}/lobby/add`, { with: { kind: 'poll', title: 'Quiz', settings: {} } });
  const { id } = made.events[0].with;
  await host.getByRole('button', { name: 'Quiz', exact: true }).first().click();
  const choose = async (name, text) => {
    await host
      .getByRole('navigation', { name: 'Questions' })
      .getByRole('button', { name: 'Add a question' })
      .click();
    await host.getByRole('menuitem', { name: /^Questions from a file/ }).click();
    const dialog = host.getByRole('dialog', { name: 'Questions from a file' });
    const buffer = Buffer.from(text);
    await dialog.getByLabel('File with questions').setInputFiles({ name, mimeType: '', buffer });
    return dialog;
  };
  const dialog = await choose('quiz.gift', GIFT);
  await dialog.getByRole('heading', { name: '3 questions can be added' }).waitFor();
  await dialog.getByText('Single choice · 3 options · right: Tomato').waitFor();
  await dialog.getByText('Line 6: Questions with pairs cannot be asked here.').waitFor();
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'inout-file');
  const before = await host.evaluate(async (path) => (await fetch(path)).json(), `${path}/${id}/view`);
  assert.equal(before.view.questions.length, 0);
  await dialog.getByRole('button', { name: 'Add 3 questions' }).click();
  await host.getByRole('heading', { name: 'Which is a fruit?' }).waitFor();
  await host.getByText('3 questions are in the deck.').waitFor();
  const after = await host.evaluate(async (path) => (await fetch(path)).json(), `${path}/${id}/view`);
  assert.deepEqual(
    after.view.questions.map((q) => [q.kind, q.prompt, q.key?.right ?? q.truth ?? null]),
    [
      ['single', 'Which is a fruit?', [0]],
      ['estimate', 'When was it?', 1822],
      ['wall', 'Shall we go?', null],
    ],
  );
  await host.getByRole('button', { name: 'Undo' }).click();
  await host.getByText('Ask the first question. Nobody sees it before you show it.').waitFor();

  // A file in the letters of an old spreadsheet, and one that is none.
  const table = Buffer.from('question;option 1;option 2\nCaf\xe9?;oui;non\n', 'latin1');
  const second = await choose('questions.csv', table);
  await second.getByText('Café?').waitFor();
  await second
    .getByLabel('File with questions')
    .setInputFiles({ name: 'a.txt', mimeType: '', buffer: Buffer.from('Dear Ada') });
  await second.getByText('This file is none of them.').waitFor();
  const [example] = await Promise.all([
    host.waitForEvent('download'),
    second.getByRole('button', { name: 'Download an example (CSV)' }).click(),
  ]);
  await second.getByLabel('File with questions').setInputFiles(await example.path());
  await second.getByRole('heading', { name: '8 questions can be added' }).waitFor();
  assert.equal(await second.getByText('could not be read').count(), 0);
  await host.setViewportSize({ width: 320, height: 640 });
  await becomes(() => overflow(host), 0);
  await picture(host, 'inout-file-phone');
  await second.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(
    faults().filter(
      (fault) => !fault.includes('questions') && !fault.includes('400') && !fault.includes('409'),
    ),
    [],
  );
});
