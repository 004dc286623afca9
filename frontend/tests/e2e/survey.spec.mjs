// A survey as people use it: written with jumps, answered page by page, stopped and gone on with, without a
// network, looked at, taken along, on the projector.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { enter, start } from './rooms.mjs';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const look = process.env.PLENUM_PICTURES;

async function picture(page, name) {
  if (!look) return;
  await page.screenshot({ path: `${look}/survey-${name}.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${look}/survey-${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
}

async function clean(page) {
  assert.deepEqual(await barriers(page), []);
  await becomes(() => overflow(page), 0);
}

function button(page, name) {
  return page.getByRole('button', { name, exact: true });
}

/** Makes a survey in a new room. */
async function survey(page, url) {
  const code = await start(page, url);
  await button(page, 'Add').click();
  await page.getByRole('menuitem', { name: /^Survey/ }).click();
  await button(page, 'Add a page').first().waitFor();
  return code;
}

/** A person on a phone, where the survey is. */
async function answering(open, url, code, name) {
  const page = await open(phone);
  await enter(page, url, code, name);
  await button(page, 'Start').waitFor();
  return page;
}

/** The form of a question of the page that is being written. */
function question(page, n) {
  return page.getByRole('group', { name: `Question ${n}`, exact: true });
}

/** Writes three pages: who was not there goes from the first to the last one. */
async function write(page) {
  await button(page, 'Add a page').click();
  await page.getByLabel('Title of the page').fill('You');
  const first = question(page, 1);
  await first.getByLabel('Question', { exact: true }).fill('Were you there?');
  await first.getByLabel('Option 1').fill('Yes');
  await first.getByLabel('Option 2').fill('No');
  await button(page, 'Save the page').click();
  await page.getByRole('article', { name: 'Page 1' }).waitFor();

  await button(page, 'Add a page').click();
  await question(page, 1).getByLabel('Kind of answer').selectOption('nps');
  await question(page, 1).getByLabel('Question', { exact: true }).fill('Would you recommend it?');
  await button(page, 'Add a question').click();
  const second = question(page, 2);
  await second.getByLabel('Kind of answer').selectOption('number');
  await second.getByLabel('Question', { exact: true }).fill('How far did you travel?');
  await second.getByLabel('Unit').fill('km');
  await second.getByRole('switch').uncheck();
  await button(page, 'Save the page').click();
  await page.getByRole('article', { name: 'Page 2' }).waitFor();

  await button(page, 'Add a page').click();
  await question(page, 1).getByLabel('Kind of answer').selectOption('long');
  await question(page, 1).getByLabel('Question', { exact: true }).fill('Anything else?');
  await question(page, 1).getByRole('switch').uncheck();
  await button(page, 'Save the page').click();
  await page.getByRole('article', { name: 'Page 3' }).waitFor();

  await button(page, 'Edit page 1').click();
  await button(page, 'Go elsewhere after an answer').click();
  await page.getByLabel('If the answer is').selectOption({ label: 'No' });
  await page.getByLabel('go to', { exact: true }).selectOption({ label: 'page 3' });
  await picture(page, 'writing');
  await button(page, 'Save the page').click();
  await page.getByText('If “No”, go to page 3.').waitFor();
}

test('written with a jump, answered by three, one of whom stops: figures, files, phone and projector', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  const code = await survey(ada, url);
  await write(ada);
  await ada.getByText('About the survey').click();
  await ada.getByLabel('Introduction').fill('A few questions about Friday.');
  await ada.getByLabel('Text at the end').fill('See you next year!');
  await button(ada, 'Save').click();
  await ada.getByRole('switch', { name: 'Answers can be changed' }).check();
  await clean(ada);
  await picture(ada, 'desk');
  await button(ada, 'Open the survey').click();
  await ada.getByText('Nobody has started yet.').waitFor();
  await button(ada, 'More for Survey').click();
  await ada.getByRole('menuitem', { name: 'Bring to everyone’s screen' }).click();

  // Ben was there: all three pages, with a mistake on the way.
  const ben = await answering(open, url, code, 'Ben');
  await ben.getByText('A few questions about Friday.').waitFor();
  await ben.getByText('Hosts see your answers with your name.').waitFor();
  await clean(ben);
  await picture(ben, 'intro');
  await button(ben, 'Start').click();
  await ben.getByRole('heading', { name: 'You' }).waitFor();
  await button(ben, 'Next').click();
  await ben.getByText('Please answer this question.').waitFor();
  await clean(ben);
  await picture(ben, 'wrong');
  await ben.getByLabel('Yes').check();
  await button(ben, 'Next').click();
  await ben.getByText('Page 2 of 3').first().waitFor();
  await ben.getByRole('radio', { name: '10', exact: true }).check();
  await ben.getByLabel('How far did you travel?').fill('12,5');
  await clean(ben);
  await picture(ben, 'page');
  await button(ben, 'Next').click();
  await ben.getByLabel('Anything else?').fill('=HYPERLINK("x")');
  await button(ben, 'Send').click();
  await ben.getByText('Your answers were sent at').waitFor();
  await ben.getByText('See you next year!').waitFor();
  await clean(ben);
  await picture(ben, 'end');

  // Cleo was not: two pages, sent without a network.
  const cleo = await answering(open, url, code, 'Cleo');
  await button(cleo, 'Start').click();
  await cleo.getByLabel('No', { exact: true }).check();
  await cleo.context().setOffline(true);
  await button(cleo, 'Next').click();
  await cleo.getByText('Page 3 of 3').first().waitFor();
  await cleo.getByText('Kept on this device.').waitFor();
  await button(cleo, 'Send').click();
  await cleo.getByText('Your answers are kept on this device and are being sent.').waitFor();
  await cleo.context().setOffline(false);
  await cleo.getByText('Your answers were sent at').waitFor({ timeout: 60_000 });

  // Dan stops on the second page, with something written there, and comes back.
  const dan = await answering(open, url, code, 'Dan');
  await button(dan, 'Start').click();
  await dan.getByLabel('Yes').check();
  await button(dan, 'Next').click();
  await dan.getByLabel('How far did you travel?').fill('7');
  await dan.getByText('Kept. You can go on later.').waitFor();
  await ada.getByRole('row', { name: /^Page 2 2 1$/ }).waitFor();
  await dan.reload();
  await dan.getByText('Page 2 of 3').first().waitFor();
  await becomes(() => dan.getByLabel('How far did you travel?').inputValue(), '7');
  await button(dan, 'Back').click();
  await dan.getByLabel('Yes').waitFor();
  await becomes(() => dan.getByLabel('Yes').isChecked(), true);

  // What hosts see: how far people come, and what they answered.
  await ada.getByRole('row', { name: /You 3 1$/ }).waitFor();
  await ada.getByRole('row', { name: /^Page 3 2 0$/ }).waitFor();
  await ada.getByText('Average 12.5 km').waitFor();
  await ada.getByText('Score +100').waitFor();
  await button(ada, 'Show what was answered').click();
  await ada.getByText('=HYPERLINK("x")').waitFor();
  await ada.getByText('Person by person').click();
  await ada.getByText('1 of 2').waitFor();
  await clean(ada);
  await picture(ada, 'results');
  await button(ada, 'Download').click();
  const [file] = await Promise.all([
    ada.waitForEvent('download'),
    ada.getByRole('menuitem', { name: 'Answers as CSV' }).click(),
  ]);
  const csv = await readFile(await file.path(), 'utf8');
  assert.match(csv, /Ben,[^,]+,Yes,10,12\.5,"'=HYPERLINK\(""x""\)"/);
  assert.match(csv, /Cleo,[^,]+,No,,,/);

  // Ben changes what he sent; it counts when he sends it again.
  await button(ben, 'Change my answers').click();
  await ben.getByLabel('No', { exact: true }).check();
  await button(ben, 'Next').click();
  await button(ben, 'Send again').click();
  await ben.getByText('Your answers were sent at').waitFor();
  await ada.getByText('0 people answered').first().waitFor();

  // Shared, everybody sees the counts, and nobody but hosts what was written.
  await ada.getByRole('switch', { name: 'Show results to everyone' }).check();
  await ben.getByText('Results so far').waitFor();
  await ben.getByText('2 people answered').first().waitFor();
  await clean(ben);
  await picture(ben, 'shared');
  assert.equal(await ben.getByText('HYPERLINK').count(), 0);

  const screen = await open({ storageState: await ada.context().storageState() });
  await screen.goto(`${url}/r/${code}/present`);
  await screen.getByText('have answered').waitFor();
  await picture(screen, 'screen');
  await screen.keyboard.press('ArrowRight');
  await screen.getByRole('heading', { name: 'Were you there?' }).waitFor();
  await picture(screen, 'screen-result');

  await button(ada, 'Close the survey').click();
  await dan.getByText('This survey is closed.').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  );
});

test('without names, by the keyboard alone: nothing is shown before five have sent it', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const ada = await open();
  const code = await survey(ada, url);
  await button(ada, 'Add a page').click();
  await question(ada, 1).getByLabel('Question', { exact: true }).fill('Tea or coffee?');
  await question(ada, 1).getByLabel('Option 1').fill('Tea');
  await question(ada, 1).getByLabel('Option 1').press('Enter');
  await ada.keyboard.type('Coffee');
  await ada.keyboard.press('Control+Enter');
  await ada.getByRole('article', { name: 'Page 1' }).waitFor();
  await ada.getByText('About the survey').click();
  await ada.getByRole('switch', { name: 'Without names' }).check();
  await button(ada, 'Open the survey').click();
  await ada.getByText('Nobody has started yet.').waitFor();
  for (let n = 1; n <= 5; n++) {
    const page = await open();
    await enter(page, url, code, `Guest ${n}`);
    await page.getByText('Without names: hosts see neither').waitFor();
    await button(page, 'Start').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Tea' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('Your answers were sent at').waitFor();
    if (n === 4) await ada.getByText('Results appear when five people have sent their answers.').waitFor();
    await page.context().close();
  }
  await ada.getByText('5 people answered').waitFor();
  assert.equal(await ada.getByText('Person by person').count(), 0);
  await clean(ada);
});
