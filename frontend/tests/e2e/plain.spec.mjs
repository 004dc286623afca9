// A browser that runs no scripts: it comes by the code, joins, answers and corrects by plain forms.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { PHONE, room } from './voters.mjs';

const shots = process.env.PLENUM_PICTURES;
async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

test('without scripts one joins by the code, answers every form of question, and corrects', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  await host.getByText('Saved').waitFor();
  const lobby = `/api/rooms/${code}/activities/lobby`;
  const questions = [
    { id: 'q1', kind: 'single', prompt: 'Tea?', options: [{ text: 'Black' }, { text: 'Green' }] },
    { id: 'q2', kind: 'ranking', prompt: 'Which town?', options: [{ text: 'Rome' }, { text: 'Oslo' }] },
    { id: 'q3', kind: 'wall', prompt: 'What is missing?', secrecy: 'anonymous', most: 2 },
  ];
  const made = await post(host, `${lobby}/add`, { with: { kind: 'poll', settings: { questions } } });
  const poll = made.events[0].with.id;
  const run = (name, question) =>
    post(host, `/api/rooms/${code}/activities/${poll}/${name}`, { with: { question } });
  const results = async () => {
    const { view } = await get(host, `/api/rooms/${code}/activities/${poll}/view`);
    return view.questions.map(({ people }) => people);
  };

  const ben = await open({ ...PHONE, viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  await ben.goto(`${url}/${code.toLowerCase()}`);
  await ben.waitForURL(`${url}/plain/${code}`);
  await shot(ben, 'plain-join');
  await ben.getByLabel('Your name').fill('Ben');
  await ben.getByRole('button', { name: 'Join' }).click();
  await ben.getByText('Nothing can be answered just now').waitFor();

  await post(host, `${lobby}/focus`, { with: { id: poll } });
  await run('open', 'q1');
  await ben.getByRole('link', { name: 'Look again' }).click();
  await ben.getByRole('radio', { name: 'Green' }).check();
  await shot(ben, 'plain-single');
  await ben.getByRole('button', { name: 'Send' }).click();
  await ben.getByText('Your answer counts.').waitFor();
  assert.equal(await ben.getByRole('radio', { name: 'Green' }).isChecked(), true);
  assert.match(await ben.getByRole('table').innerText(), /Green\s+1/);
  await ben.reload(); // sends nothing again
  assert.deepEqual(await results(), [1, 0, 0]);

  await run('open', 'q2');
  await ben.getByRole('radio', { name: 'Black' }).check();
  await ben.getByRole('button', { name: 'Send the change' }).click();
  await ben.getByRole('alert').filter({ hasText: 'Something else is on everyone’s screen' }).waitFor();
  await ben.getByLabel('Rome').selectOption('1');
  await ben.getByLabel('Oslo').selectOption('1');
  await ben.getByRole('button', { name: 'Send' }).click();
  await ben.getByRole('alert').filter({ hasText: 'Each place can be given once' }).waitFor();
  await shot(ben, 'plain-ranks');
  assert.equal(await ben.getByLabel('Oslo').inputValue(), '1'); // to be corrected
  await ben.getByLabel('Oslo').selectOption('2');
  await ben.getByRole('button', { name: 'Send' }).click();
  await ben.getByText('Your answer counts.').waitFor();

  await run('open', 'q3');
  await ben.getByRole('link', { name: 'Look again' }).click();
  await ben.getByText('Nobody sees who has chosen what.').waitFor();
  await ben.getByLabel('Your answer').first().fill('More <b>light</b>');
  await ben.getByRole('button', { name: 'Send' }).click();
  await ben.getByText('Your answer counts.').waitFor();
  await run('close', 'q3');
  await ben.getByRole('link', { name: 'Look again' }).click();
  await ben.getByText('This question is closed.').waitFor(); // by whom its answers are, nobody knows any more
  await becomes(results, [1, 1, 1]);

  // The same pages, looked at by axe, which is a script.
  const eve = await open({ ...PHONE, viewport: { width: 320, height: 640 }, locale: 'zh-CN' });
  await eve.goto(`${url}/plain/${code}`);
  assert.deepEqual(await barriers(eve), []);
  await eve.getByLabel('你的名字（其他人会看到）').fill('小李');
  await eve.getByRole('button', { name: '加入' }).click();
  await run('present', 'q1');
  await eve.getByRole('link', { name: '刷新' }).click();
  await eve.getByRole('radio', { name: 'Black' }).check();
  await eve.getByRole('button', { name: '提交' }).click();
  await eve.getByText('你的回答已计入').waitFor();
  await shot(eve, 'plain-zh');
  assert.deepEqual(await barriers(eve), []);
  assert.equal(await overflow(eve), 0);
  const refused = /\/plain\/.* 409 \(Conflict\)/; // two forms were not taken, as they should not be
  assert.deepEqual(
    faults().filter((fault) => !refused.test(fault)),
    [],
  );
});
