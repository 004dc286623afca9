import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of the list of what was done to the room, in English. `by` is who did it. */
export const en = {
  empty: 'Nothing yet. Who changes the room, its people or its rules stands here.',
  older: 'Older',
  hint: 'Only hosts see this.',
  somebody: 'Somebody',
  untitled: 'something without a title',
  more: (n: number) => plural(n, { other: '# more' }),
  other: (by: string) => `${by} changed the room.`,
  roles: {
    viewer: 'somebody who only sees',
    participant: 'somebody who votes and talks',
    editor: 'a writer',
    host: 'a host',
    owner: 'the owner',
  } as Record<string, string>,
  titled: (by: string, title: string) => `${by} named the room “${title}”.`,
  added: (by: string, title: string) => (title ? `${by} added “${title}”.` : `${by} added something.`),
  renamed: (by: string, title: string) => `${by} renamed something to “${title}”.`,
  shown: (by: string, title: string) => `${by} showed “${title}”.`,
  hidden: (by: string, title: string) => `${by} hid “${title}”.`,
  binned: (by: string, title: string) => `${by} moved “${title}” to the bin.`,
  restored: (by: string, title: string) => `${by} took “${title}” out of the bin.`,
  admitted: (by: string, names: string) => `${by} let ${names} in.`,
  refused: (by: string, names: string) => `${by} did not let ${names} in.`,
  removed: (by: string, name: string) => `${by} removed ${name}.`,
  readmitted: (by: string, name: string) => `${by} let ${name} in again.`,
  muted: (by: string, name: string) => `${by} muted ${name}.`,
  unmuted: (by: string, name: string) => `${by} gave ${name} the voice back.`,
  handed: (by: string, name: string) => `${by} handed the room to ${name}.`,
  role: (by: string, name: string, role: string) => `${by} made ${name} ${role}.`,
  became: (by: string, role: string) => `${by} became ${role}.`,
  linked: (by: string, role: string) => `${by} made a link for ${role}.`,
  revoked: (by: string, role: string) => `${by} revoked a link for ${role}.`,
  used: (by: string, role: string) => `${by} came in by a link, as ${role}.`,
  codeRole: (by: string, role: string) => `${by} made everyone who comes by the code ${role}.`,
  locked: (by: string) => `${by} locked the room.`,
  unlocked: (by: string) => `${by} unlocked the room.`,
  ended: (by: string) => `${by} ended the room for everyone.`,
  opened: (by: string) => `${by} opened the room again.`,
  door: (by: string, policy: string) => `${by} set who comes in: ${policy}.`,
  braked: (by: string, what: string) => `${by} stopped ${what}.`,
  released: (by: string, what: string) => `${by} let ${what} go on.`,
  slowed: (by: string, pace: string) => `${by} set the slow mode: ${pace}.`,
  unslowed: (by: string) => `${by} ended the slow mode.`,
};

export const words = catalogue('audit', en);
