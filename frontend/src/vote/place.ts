// Axes, pins, slides and options with pictures, as the phone's page loads them when one is shown: like
// special.ts, a file with its own copy of what it needs.
import { en } from '../activities/poll/place/en';
import { placeIn } from '../activities/poll/place/part';
import style from '../activities/poll/place/place.css?inline';
import { zh } from '../activities/poll/place/zh';
import { en as specialEn } from '../activities/poll/special/en';
import quiz from '../activities/poll/special/quiz.css?inline';
import { zh as specialZh } from '../activities/poll/special/zh';
import { closest } from '../lib/i18n/choice';
import { here } from './later';

const sheet = new CSSStyleSheet();
sheet.replaceSync(style + quiz);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const language = closest();

here.place = placeIn({ en, 'zh-CN': zh }[language], { en: specialEn, 'zh-CN': specialZh }[language]);
