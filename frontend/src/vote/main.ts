import '../styles/tokens.css';
import '../styles/colours.css';
import '../styles/base.css';
import '../activities/poll/voting/voting.css';
import './vote.css';
import { placed, rare } from '../activities/poll/question';
import { nextBeat } from '../activities/poll/voting/view';
import { theme } from '../lib/theme';
import { codeInPath } from './code';
import { show } from './dom';
import { page, titleOf } from './page';
import { Phone } from './phone';
import { language } from './words';

document.documentElement.lang = language;
document.documentElement.dataset['theme'] = theme();

const found = document.getElementById('vote');
if (!found) throw new Error('vote.html has no #vote');
const target = found;

const phone = new Phone(codeInPath(location.pathname), soon);
let due = false;
let beat: ReturnType<typeof setTimeout> | undefined;

/** What changes in one turn is shown at once. */
function soon(): void {
  if (due) return;
  due = true;
  queueMicrotask(paint);
}

function paint(): void {
  due = false;
  clearTimeout(beat);
  const asked = phone.seat?.present;
  if (phone.seat?.gate || (asked && (rare(asked.kind) || placed(asked) || asked.worth || asked.secrecy)))
    phone.laterFor(asked ?? null).need();
  document.title = `${titleOf(phone)} · Plenum`;
  show(target, page(phone));
  const next = phone.seat && nextBeat(phone.seat);
  if (next !== null) beat = setTimeout(paint, next);
}

paint();
if (phone.code) void phone.look();
