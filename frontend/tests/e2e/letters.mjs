// A mail server that takes every letter, for the tests of what is mailed.
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * @param {Pick<import('node:test').TestContext, 'after'>} t
 * @returns {Promise<{env: Record<string, string>, next: () => Promise<{to: string, text: string}>}>} the settings
 *   of a program that sends its letters here, and the next letter that was not asked for yet
 */
export async function postOffice(t) {
  const letters = [];
  const waiting = [];
  const took = (letter) => (waiting.length ? waiting.shift()(letter) : letters.push(letter));
  const server = createServer((socket) => talk(socket, took));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return {
    env: {
      PLENUM_SMTP: `smtp://127.0.0.1:${server.address().port}`,
      PLENUM_MAIL_FROM: 'Plenum <plenum@example.org>',
      PLENUM_BASE_URL: 'http://plenum.example',
    },
    next: () =>
      letters.length
        ? Promise.resolve(letters.shift())
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
  };
}

function talk(socket, took) {
  let to = '';
  let data = null; // the lines of a letter that is being told
  let rest = '';
  const say = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (data !== null) {
      if (line !== '.') return data.push(line.replace(/^\.\./, '.'));
      took({ to, text: plain(data.join('\n')) });
      data = null;
      return say('250 taken');
    }
    if (/^RCPT/i.test(line)) to = /<(.*)>/.exec(line)[1];
    if (/^DATA/i.test(line)) {
      data = [];
      return say('354 go on');
    }
    say(/^QUIT/i.test(line) ? '221 bye' : '250 ok');
  };
  socket.setEncoding('utf8');
  socket.on('error', () => {}); // the program ended in the middle of a letter
  socket.on('data', (text) => {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop();
    lines.forEach(hear);
  });
  say('220 here');
}

/** The text of a letter in quoted-printable. */
function plain(letter) {
  const body = letter.slice(letter.indexOf('\n\n') + 2).replace(/=\n/g, '');
  return decodeURIComponent(body.replace(/%/g, '%25').replace(/=([0-9A-F]{2})/g, '%$1'));
}
