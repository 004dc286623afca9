import { catalogue } from '../../lib/i18n';

/** The words of what calls a person, in English. */
export const en = {
  title: 'Notifications',
  fresh: 'New',
  none: 'Nothing here yet. When somebody mentions you, answers you or calls everyone, it shows up here.',
  readAll: 'Mark all as read',
  untitled: (code: string) => `Room ${code}`,
  why: {
    mention: (name: string) => `${name} mentioned you`,
    reply: (name: string) => `${name} answered you`,
    here: (name: string) => `${name} called everyone`,
    said: (name: string) => `${name} wrote`,
  },
  level: {
    label: 'From this room',
    hint: 'For you alone. Others do not see it.',
    all: 'Everything that is said',
    mentions: 'What calls you: mentions, answers, @here',
    none: 'Nothing',
    kept: 'Saved.',
  },
  offline: 'The list cannot be loaded just now. Check your connection and try again.',
};

export const words = catalogue('notices', en);
