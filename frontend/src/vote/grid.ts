// The forms that are answered row by row, as the phone's page loads them when one is asked: like special.ts, a
// file with its own copy of what it needs.
import { en } from '../activities/poll/grid/en';
import style from '../activities/poll/grid/grid.css?inline';
import { gridIn } from '../activities/poll/grid/part';
import { zh } from '../activities/poll/grid/zh';
import { closest } from '../lib/i18n/choice';
import { speech } from '../lib/i18n/speech';
import { here } from './later';

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const language = closest();

here.grid = gridIn({ en, 'zh-CN': zh }[language], speech(language));
