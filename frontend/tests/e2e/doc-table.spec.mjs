// Tables in documents: in real browsers against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow } from './harness.mjs';
import { choose } from './paper.mjs';
import { agreed, editor, meeting, saved } from './writers.mjs';

/** What a page shows of its tables: rows of cells, each where it stands on the screen. */
const table = (page) =>
  page.evaluate(() => {
    const rows = [];
    for (const cell of document.querySelectorAll('.ql-editor td:not(.ql-left)')) {
      const [row, column] = cell.style.gridArea.split(' / ').map(Number);
      (rows[row - 1] ??= [])[column - 1] = [...cell.querySelectorAll('p')]
        .filter((line) => line.checkVisibility())
        .map((line) => line.textContent)
        .join('/');
    }
    return rows.map((row) => Array.from(row, (text) => text ?? '—').join('|'));
  });

const cell = (page, row, column) =>
  page.locator(`.ql-editor td[style*="grid-area: ${row} / ${column};"]`).first();

const press = (page, name) => page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();

async function deed(page, name) {
  await page.getByRole('button', { name: 'The table' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

async function type(page, ...keys) {
  for (const key of keys) {
    if (/^(Tab|Shift\+Tab|Enter|Home|End|Backspace|Delete|Control\+.*|Arrow.*)$/.test(key)) {
      await page.keyboard.press(key);
    } else await page.keyboard.type(key);
  }
}

function paste(page, html) {
  return page.evaluate((html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', html);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.ql-editor').dispatchEvent(event);
  }, html);
}

test('two people write in one table, change it without the network, and it is one table', async (t) => {
  const { pages, faults, view } = await meeting(t, {
    content: [{ insert: 'Plan\n\n' }],
    options: [{}, { viewport: { width: 320, height: 700 } }],
  });
  const [ada, ben] = pages;
  await editor(ada).locator('p').nth(1).click();
  await type(ada, '/table');
  await ada.getByRole('option', { name: 'Table' }).waitFor();
  await type(ada, 'Enter', 'Task', 'Tab', 'Who', 'Tab', 'When', 'Tab', 'Minutes');
  await becomes(() => table(ben), ['Task|Who|When', 'Minutes||', '||']);

  // Both at once, in two cells and in one.
  await cell(ben, 3, 1).click();
  await Promise.all([type(ada, 'Tab', 'Ada is it'), type(ben, 'Room')]);
  await becomes(() => table(ada), ['Task|Who|When', 'Minutes|Ada is it|', 'Room||']);
  await cell(ben, 2, 2).click();
  await Promise.all([type(ada, 'End', ' now'), type(ben, 'Home', 'yes ')]);
  await becomes(() => table(ben), ['Task|Who|When', 'Minutes|yes Ada is it now|', 'Room||']);

  // Without the network: a column and a row at once, text in empty cells, and a row that goes.
  await saved(ben);
  await ben.context().setOffline(true);
  await cell(ada, 1, 1).click();
  await deed(ada, 'Column after');
  await type(ada, 'Where');
  await cell(ada, 3, 1).click();
  await deed(ada, 'Delete the row');
  await cell(ben, 1, 1).click();
  await deed(ben, 'Row below');
  await type(ben, 'Ben');
  await cell(ben, 3, 3).click();
  await type(ben, 'noon');
  await becomes(() => table(ben), ['Task|Who|When', 'Ben||', 'Minutes|yes Ada is it now|noon', 'Room||']);
  await ben.context().setOffline(false);
  const merged = ['Task|Where|Who|When', 'Ben|—||', 'Minutes||yes Ada is it now|noon'];
  for (const page of pages) await becomes(() => table(page), merged);
  await agreed({ pages, view });

  // Where a cell is missing one writes as in any other.
  await cell(ada, 2, 1).click();
  await type(ada, 'Tab', 'here');
  for (const page of pages) {
    await becomes(() => table(page), ['Task|Where|Who|When', 'Ben|here||', merged[2]]);
  }
  // Undo takes back one's own alone: what was typed, then the cell.
  await type(ada, 'Control+z');
  await becomes(() => table(ben), ['Task|Where|Who|When', 'Ben|||', merged[2]]);
  await agreed({ pages, view });

  assert.equal(await overflow(ben), 0);
  const wide = await editor(ben)
    .locator('table')
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  assert.ok(wide, 'on a phone a table scrolls within itself');
  for (const page of pages) assert.deepEqual(await barriers(page), []);
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  );
});

test('keys, deleting and pasting leave a table whole; history and files know it', async (t) => {
  const { pages, faults, view, code, id } = await meeting(t, {
    content: [{ insert: 'above\n' }],
    names: ['Ada'],
  });
  const [ada] = pages;
  await editor(ada).getByText('above').click();
  await press(ada, 'Table');
  await type(ada, 'a', 'Tab', 'b', 'Tab', 'c', 'Tab', 'd', 'Enter', 'e');
  await becomes(() => table(ada), ['a|b|c', 'd/e||', '||']);
  // At the borders of cells nothing is deleted.
  await cell(ada, 1, 2).click();
  await type(ada, 'Home', 'Backspace', 'End', 'Delete', 'x');
  await cell(ada, 1, 1).click();
  await type(
    ada,
    'End',
    'ArrowRight',
    'y',
    'ArrowDown',
    'z',
    'ArrowLeft',
    'ArrowLeft',
    'w',
    'Shift+Tab',
    'v',
  );
  await becomes(() => table(ada), ['a|ybx|cv', 'd/ew|z|', '||']);
  // Over several cells only their text is.
  await cell(ada, 1, 2).click();
  await type(ada, 'Home');
  await ada.keyboard.down('Shift');
  for (let i = 0; i < 6; i++) await type(ada, 'ArrowRight');
  await ada.keyboard.up('Shift');
  await type(ada, 'Backspace');
  await becomes(async () => (await table(ada)).map((row) => row.split('|').length), [3, 3, 3]);
  await type(ada, 'Control+z');
  await becomes(() => table(ada), ['a|ybx|cv', 'd/ew|z|', '||']);
  await type(ada, 'Control+a', 'Delete');
  await becomes(() => table(ada), []);
  await type(ada, 'Control+z');
  await becomes(() => table(ada), ['a|ybx|cv', 'd/ew|z|', '||']);
  // Behind the last cell comes a new row.
  await cell(ada, 3, 3).click();
  await type(ada, 'Tab', 'last');
  await becomes(() => table(ada), ['a|ybx|cv', 'd/ew|z|', '||', 'last||']);
  await deed(ada, 'Delete the table');
  await becomes(() => table(ada), []);

  // As Word, a spreadsheet and a page on the web give it.
  await paste(
    ada,
    '<html><head><style>td{color:red}</style></head><body><table class=MsoTableGrid border=1><tr style="height:1cm">' +
      '<td width=100><p class=MsoNormal><b><span lang=EN>Task</span></b><o:p></o:p></p></td>' +
      '<td><p class=MsoNormal>Who</p></td></tr><tr><td colspan=2><p class=MsoNormal>all</p><p>of us</p></td></tr>' +
      '<tr><td>one</td></tr></table></body></html>',
  );
  await becomes(() => table(ada), ['Task|Who', 'all/of us|', 'one']);
  assert.deepEqual(await barriers(ada), []);
  await agreed({ pages, view });
  const file = await ada.evaluate(
    async (path) => (await fetch(path)).text(),
    `/api/rooms/${code}/activities/${id}/read/export?format=markdown`,
  );
  assert.match(
    file,
    /\| \*\*Task\*\* \| Who \|\n\| --- \| --- \|\n\| all<br>of us \| {2}\|\n\| one \| {2}\|/,
  );
  await ada.getByRole('button', { name: 'History' }).click();
  await ada.locator('.past table').getByRole('columnheader', { name: 'Task' }).waitFor();
  assert.deepEqual(await barriers(ada), []);
  assert.deepEqual(faults(), []);
});

test('what a line of a cell cannot become is not shown either, beside lines that become it', async (t) => {
  const line = (starts) => ({ insert: '\n', attributes: { [starts ? 'cell-start' : 'cell']: 't-r-c' } });
  const r = await meeting(t, {
    names: ['Ada'],
    content: [line(true), { insert: 'in' }, line(false), { insert: 'after\n' }],
  });
  const [ada] = r.pages;
  await choose(ada, 0, 0.9);
  await press(ada, 'List');
  await ada.locator('.ql-editor li', { hasText: 'after' }).waitFor();
  await agreed(r);
  assert.equal((await r.view()).content.at(-1).attributes.list, 'bullet');
});
