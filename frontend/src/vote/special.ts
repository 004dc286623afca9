// The rarer forms, as the phone's page loads them when one is asked: one file with its own copy of what it
// needs, as the page itself is no file that could be asked for a part of it.
import { en } from '../activities/poll/special/en';
import { specialIn } from '../activities/poll/special/special';
import quiz from '../activities/poll/special/quiz.css?inline';
import ranking from '../activities/poll/special/ranking.css?inline';
import style from '../activities/poll/special/special.css?inline';
import { zh } from '../activities/poll/special/zh';
import { closest } from '../lib/i18n/choice';
import { speech } from '../lib/i18n/speech';
import { here } from './later';

// A style element would not be allowed here; a sheet that a script makes is.
const sheet = new CSSStyleSheet();
sheet.replaceSync(ranking + style + quiz);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const language = closest();

here.special = specialIn({ en, 'zh-CN': zh }[language], speech(language));
