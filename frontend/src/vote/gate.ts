// What lies before a vote, as the phone's page loads it where a poll asks for a code or an account: like
// special.ts, a file with its own copy of what it needs.
import { en } from '../activities/poll/gate/en';
import style from '../activities/poll/gate/gate.css?inline';
import { gateIn } from '../activities/poll/gate/gate';
import { zh } from '../activities/poll/gate/zh';
import { closest } from '../lib/i18n/choice';
import { here } from './later';

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

here.gate = gateIn({ en, 'zh-CN': zh }[closest()]);
