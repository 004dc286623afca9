import { format } from '../../../lib/i18n';
import { read } from '../../../lib/net/api';
import { words as keptWords } from '../keeping/words';
import { words as roomWords } from '../words';
import { words } from './words';

/** One thing that somebody did to the room or its people. */
export interface Line {
  seq: number;
  at: number;
  /** The member. */
  by: string;
  did: string;
  with: unknown;
}

/** A page of the list, the newest first. */
export interface Page {
  lines: Line[];
  /** Names by the ids of members, as they are called now, and titles by the ids of activities. */
  people: Record<string, string>;
  activities: Record<string, string>;
  /** Where an older page begins, if there is one. */
  before?: number;
}

/** What happened in the room before a seq, or until now. */
export function readAudit(code: string, before?: number): Promise<Page> {
  return read(code, 'lobby', 'audit', before === undefined ? {} : { before: String(before) });
}

/** What the events carry that a line is about. */
interface With {
  id?: string;
  activity?: string;
  member?: string;
  name?: string;
  title?: string;
  role?: string;
  on?: boolean;
  locked?: boolean;
  class?: string;
  seconds?: number;
  days?: number;
  policy?: string;
  people?: { id: string; name: string }[];
  until?: number;
  uses?: number;
}

type Say = (by: string, w: With, names: Pick<Page, 'people' | 'activities'>) => string;

const lines: Record<string, Say> = {
  titled: (by, { title = '' }) => words().titled(by, title),
  added: (by, { title = '', id = '' }, { activities }) => words().added(by, activities[id] || title),
  renamed: (by, { title = '' }) => words().renamed(by, title),
  shown: (by, w, names) => words().shown(by, titleOf(w, names)),
  hidden: (by, w, names) => words().hidden(by, titleOf(w, names)),
  binned: (by, w, names) => words().binned(by, titleOf(w, names)),
  restored: (by, w, names) => words().restored(by, titleOf(w, names)),
  admitted: (by, { people = [] }) => words().admitted(by, listed(people)),
  refused: (by, { people = [] }) => words().refused(by, listed(people)),
  removed: (by, w, names) => words().removed(by, nameOf(w, names)),
  readmitted: (by, w, names) => words().readmitted(by, nameOf(w, names)),
  muted: (by, w, names) => words()[w.on ? 'muted' : 'unmuted'](by, nameOf(w, names)),
  role: (by, w, names) => {
    const name = nameOf(w, names);
    if (w.role === 'owner') return words().handed(by, name);
    return name === by ? words().became(by, roleOf(w)) : words().role(by, name, roleOf(w));
  },
  linked: (by, w) => words().linked(by, roleOf(w)),
  revoked: (by, w) => words().revoked(by, roleOf(w)),
  hooked: (by, { title = '' }) => words().hooked(by, title),
  unhooked: (by, { title = '' }) => words().unhooked(by, title),
  rekeyed: (by, { title = '' }) => words().rekeyed(by, title),
  rehooked: (by, { title = '' }) => words().rehooked(by, title),
  screened: (by, w, names) => words().screened(by, titleOf({ ...w, id: w.activity ?? '' }, names)),
  unscreened: (by, w, names) => words().unscreened(by, titleOf({ ...w, id: w.activity ?? '' }, names)),
  used: (by, w) => words().used(by, roleOf(w)),
  codeRole: (by, w) => words().codeRole(by, roleOf(w)),
  locked: (by, { locked }) => words()[locked ? 'locked' : 'unlocked'](by),
  passcode: (by, { on }) => words()[on ? 'sealed' : 'unsealed'](by),
  deleted: (by, { on }) => words()[on ? 'deleted' : 'undeleted'](by),
  archived: (by, { on }) => words()[on ? 'archived' : 'unarchived'](by),
  ended: (by, { on }) => words()[on ? 'ended' : 'opened'](by),
  door: (by, { policy = 'open' }) =>
    words().door(by, (roomWords().door.policies as Record<string, string>)[policy] ?? policy),
  braked: (by, w) => words()[w.on ? 'braked' : 'released'](by, whatOf(w)),
  kept: (by, { days = 0 }) => words().kept(by, keptWords().days(days)),
  slowed: (by, { seconds = 0 }) =>
    seconds === 0 ? words().unslowed(by) : words().slowed(by, roomWords().brakes.pace(seconds)),
};

/** A line as a sentence in the language on the screen. */
export function sentence(
  { by, did, with: content }: Line,
  names: Pick<Page, 'people' | 'activities'>,
): string {
  const who = names.people[by] ?? words().somebody;
  return lines[did]?.(who, content as With, names) ?? words().other(who);
}

function nameOf({ member, id, name }: With, { people }: Pick<Page, 'people'>): string {
  return people[member ?? id ?? ''] ?? name ?? words().somebody;
}

function titleOf({ id = '', title = '' }: With, { activities }: Pick<Page, 'activities'>): string {
  return activities[id] || title || words().untitled;
}

function roleOf({ role = '' }: With): string {
  return words().roles[role] ?? role;
}

function whatOf({ class: name = '' }: With): string {
  return (roomWords().brakes.what as Record<string, string>)[name] ?? name;
}

/** The first few by name, and how many more. */
function listed(people: { name: string }[]): string {
  const first = people.slice(0, 3).map(({ name }) => name);
  const more = people.length - first.length;
  return format().list(more > 0 ? [...first, words().more(more)] : first);
}
