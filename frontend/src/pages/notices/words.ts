import { catalogue } from '../../lib/i18n';

/** The words of what calls a person, in English. */
export const en = {
  title: 'Notifications',
  fresh: 'New',
  none: 'Nothing here yet. When somebody mentions you, answers you or calls everyone, it shows up here.',
  readAll: 'Mark all as read',
  untitled: (code: string) => `Room ${code}`,
  why: {
    direct: (name: string) => `${name} wrote to you alone`,
    mention: (name: string) => `${name} mentioned you`,
    reply: (name: string) => `${name} answered you`,
    here: (name: string) => `${name} called everyone`,
    said: (name: string) => `${name} wrote`,
  },
  level: {
    label: 'From this room',
    hint: 'For you alone. Others do not see it.',
    all: 'Everything that is said',
    mentions: 'Mentions, answers, @here',
    none: 'Nothing',
  },
  settings: 'Settings',
  kept: 'Saved.',
  device: {
    title: 'On this device',
    on: 'This device rings when something calls you, also while Plenum is closed.',
    off: 'When something calls you while Plenum is closed, this device can tell you. Your browser will ask whether it may.',
    denied:
      'Your browser does not let this site notify you. Allow it in the settings of the browser for this site, then come back here.',
    insecure:
      'Devices only ring for sites with HTTPS, and this one came without. The list above works all the same.',
    unable:
      'This browser cannot do that. On an iPhone or iPad, add Plenum to the Home Screen first. The list above works all the same.',
    turnOn: 'Let this device ring',
    turnOff: 'No longer on this device',
    failed: 'This device cannot be reached by its browser’s push service just now. Try again later.',
  },
  mail: {
    title: 'Mail me what I have not read',
    hint: 'When it stays unread for a while; at most one mail in four hours.',
  },
  quiet: {
    title: 'Quiet hours',
    hint: 'No device of yours rings. What calls you waits in the list.',
    from: 'From',
    to: 'to',
    zone: (zone: string) => `Time zone: ${zone}`,
    wrong: 'The hours must begin and end at different times.',
  },
  offline: 'The list cannot be loaded just now. Check your connection and try again.',
};

export const words = catalogue('notices', en);
