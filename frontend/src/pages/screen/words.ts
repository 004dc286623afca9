import { catalogue } from '../../lib/i18n';

/** The words of screens that are shown elsewhere, in English. */
export const en = {
  none: 'This screen cannot be shown just now. It tries again by itself.',
  title: 'Screens for other places',
  hint: 'A screen shows one poll as the projector does: in a web page, in OBS, on a monitor. Nobody has to sign in, and nobody can do anything there.',
  shows: 'What it shows',
  showsHint: 'Only what everybody may see.',
  nothing: 'Add a poll or questions first, and show them to everyone.',
  code: 'With the join code',
  codeHint: 'Who sees the screen can then come in.',
  light: 'Light colours',
  clear: 'No background',
  clearHint: 'For OBS: what is behind it shines through.',
  address: 'Address',
  frame: 'For a web page (HTML)',
  once: 'Copy it now: it is shown only this once.',
  revoke: (title: string) => `Revoke the screen of ${title}`,
  revoked: 'The screen is not shown any more.',
  withCode: 'with the join code',
  hidden: 'hidden, shows nothing',
  untitled: 'something that is not there any more',
};

export const words = catalogue('screens', en);
