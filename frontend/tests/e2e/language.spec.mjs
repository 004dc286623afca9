// Another language: what a browser asks for, or a person chooses, is spoken by every page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

const chinese = { locale: 'zh-CN' };
const small = { ...chinese, viewport: { width: 320, height: 640 } };
const shots = process.env.PLENUM_SHOTS; // a folder for pictures to look at

async function fine(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  await becomes(() => page.locator('html').getAttribute('lang'), 'zh-CN');
  await becomes(() => overflow(page), 0, `${name} is wider than its window`);
  assert.deepEqual(await barriers(page), [], name);
}

test('a Chinese browser is spoken to in Chinese on all pages', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open({ ...chinese, viewport: { width: 1440, height: 900 } });
  await host.goto(url);
  await host.getByLabel('房间主题').waitFor();
  await fine(host, 'start-laptop');
  await host.getByLabel('房间主题').fill('团队日');
  await host.getByLabel('你的名字').fill('王小明');
  await host.getByRole('button', { name: '新建房间' }).click();
  await host.waitForURL(/\/r\//); // the start page has something that is saved, too
  await host.getByText('已保存').waitFor();
  const code = host.url().slice(-6);
  await fine(host, 'room-laptop');

  const phone = await open(small);
  await phone.goto(url);
  await phone.getByLabel('房间码').fill('222222');
  await phone.getByText('没有这个房间，请检查房间码。').waitFor(); // the server's refusal, in our words
  await fine(phone, 'start-phone');
  await phone.goto(`${url}/${code}`);
  await phone.getByLabel('你的名字').fill('李雷');
  await fine(phone, 'enter-phone');
  await phone.getByRole('button', { name: '加入' }).click();
  await phone.getByText('你已加入').waitFor();

  await host.getByRole('button', { name: '添加', exact: true }).click();
  await host.getByRole('menuitem', { name: /^投票/ }).click();
  const desk = host.getByRole('region', { name: '新问题' });
  await desk.getByRole('button', { name: '添加问题' }).click();
  await host.keyboard.type('六月我们去哪里？');
  await host.getByLabel('选项 A').fill('西湖');
  await host.getByLabel('选项 B').fill('黄山');
  await fine(host, 'editor-laptop');
  await host.getByRole('button', { name: '添加到列表' }).click();
  await host.getByRole('button', { name: '开始投票' }).click();
  await phone.getByText('点一下即可投票。').waitFor();
  await phone.getByRole('radio', { name: '西湖' }).check();
  await phone.getByText(/^已计票 ✓ \d\d:\d\d:\d\d$/).waitFor();
  await fine(phone, 'vote-phone');
  await fine(host, 'desk-laptop');

  const screen = await host.context().newPage();
  await screen.goto(`${url}/r/${code}/present`);
  await screen.getByRole('heading', { name: '六月我们去哪里？' }).waitFor();
  await fine(screen, 'present');
  const inside = await open(small);
  await inside.goto(`${url}/r/${code}`);
  await inside.getByLabel('你的名字').fill('韩梅梅');
  await inside.getByRole('button', { name: '加入' }).click();
  await inside.getByText('已保存').waitFor();
  await fine(inside, 'room-phone');
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('404')),
    [],
  );
});

test('a language chosen in the menu changes every page of the browser at once, and stays', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  const made = await page.request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
  const { code } = await made.json();
  const files = [];
  page.on('request', (request) => files.push(request.url()));
  await page.goto(url);
  await page.getByRole('heading', { name: 'Join a room' }).waitFor();
  assert.equal(files.filter((file) => file.includes('zh-CN')).length, 0, 'English does not load Chinese');
  const room = await page.context().newPage();
  await room.goto(`${url}/r/${code}`);
  await room.getByText('Saved').waitFor();

  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await page.getByRole('heading', { name: '加入房间' }).waitFor();
  await room.getByText('已保存').waitFor();
  assert.equal(await page.title(), 'Plenum：一起写，一起定');
  await page.reload();
  await page.getByRole('heading', { name: '加入房间' }).waitFor();
  await page.goto(`${url}/${code}`);
  await page.getByText('你已加入').waitFor();

  await room.getByRole('button', { name: '语言' }).click();
  await room.getByRole('menuitemradio', { name: 'English' }).click();
  await room.getByText('Saved').waitFor();
  await becomes(() => room.locator('html').getAttribute('lang'), 'en');
  assert.deepEqual(faults(), []);
});
