import { zh as chat } from '../activities/chat/name.zh';
import { zh as talk } from '../activities/chat/words.zh';
import { zh as suggestions } from '../activities/doc/suggest/words.zh';
import { zh as comments } from '../activities/doc/talk/words.zh';
import { zh as code } from '../activities/doc/code/words.zh';
import { zh as formula } from '../activities/doc/formula/words.zh';
import { zh as past } from '../activities/doc/history/words.zh';
import { zh as writing } from '../activities/doc/more/words.zh';
import { zh as blocks } from '../activities/doc/poll/words.zh';
import { zh as table } from '../activities/doc/table/words.zh';
import { zh as word } from '../activities/doc/word/words.zh';
import { zh as doc } from '../activities/doc/words.zh';
import { zh as comparison } from '../activities/poll/compare/words.zh';
import { zh as desk } from '../activities/poll/desk/words.zh';
import { zh as intake } from '../activities/poll/intake/words.zh';
import { zh as poll } from '../activities/poll/name.zh';
import { zh as out } from '../activities/poll/out/words.zh';
import { zh as quiz } from '../activities/poll/quiz/words.zh';
import { zh as grid } from '../activities/poll/grid/zh';
import { zh as gridDesk } from '../activities/poll/grid/desk.zh';
import { zh as gate } from '../activities/poll/gate/zh';
import { zh as codes } from '../activities/poll/gate/host.zh';
import { zh as place } from '../activities/poll/place/zh';
import { zh as placeDesk } from '../activities/poll/place/desk.zh';
import { zh as special } from '../activities/poll/special/zh';
import { zh as voting } from '../activities/poll/zh';
import { zh as qa } from '../activities/qa/name.zh';
import { zh as asking } from '../activities/qa/words.zh';
import { zh as survey } from '../activities/survey/name.zh';
import { zh as surveying } from '../activities/survey/words.zh';
import { zh as files } from '../lib/files/words.zh';
import { zh as source } from '../activities/source/words.zh';
import { zh as shell } from '../lib/i18n/zh';
import { zh as account } from '../pages/account/words.zh';
import { zh as notices } from '../pages/notices/words.zh';
import { zh as demo } from '../pages/home/demo/words.zh';
import { zh as present } from '../pages/present/words.zh';
import { zh as pulse } from '../pages/pulse/words.zh';
import { zh as audit } from '../pages/room/audit/words.zh';
import { zh as hooks } from '../pages/room/hooks/words.zh';
import { zh as keeping } from '../pages/room/keeping/words.zh';
import { zh as rights } from '../pages/room/rights/words.zh';
import { zh as room } from '../pages/room/words.zh';
import { zh as rooms } from '../pages/rooms/words.zh';
import { zh as missing } from '../pages/missing/words.zh';
import { zh as screens } from '../pages/screen/words.zh';
import { zh as search } from '../pages/search/words.zh';
import { zh as parts } from '../ui/words.zh';
import { deskRefusals } from './refusals.desk.zh';
import { told } from './refusals.zh';

/** Everything in Simplified Chinese. A catalogue that is not here does not compile. */
export const zh = {
  shell,
  files,
  parts,
  account,
  demo,
  room,
  audit,
  hooks,
  keeping,
  rights,
  rooms,
  notices,
  present,
  pulse,
  missing,
  screens,
  search,
  chat,
  talk,
  doc,
  writing,
  word,
  comments,
  suggestions,
  blocks,
  table,
  code,
  formula,
  past,
  poll,
  voting,
  desk,
  compare: comparison,
  out,
  intake,
  special,
  grid,
  gridDesk,
  place,
  placeDesk,
  quiz,
  gate,
  codes,
  source,
  qa,
  asking,
  survey,
  surveying,
  told: (refusal: { because: string; after?: number }): string | undefined =>
    told(refusal) ?? deskRefusals[refusal.because],
};
