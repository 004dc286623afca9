import { catalogue, speech } from '../../lib/i18n';

const { plural } = speech('en');

/** The words of the projector's page. */
export const en = {
  join: 'Join at',
  code: 'Code',
  scan: 'Scan to join, no app needed',
  welcome: 'Join with your phone',
  nobody: 'Nobody is here yet.',
  here: (n: number) => plural(n, { one: '# person is here', other: '# people are here' }),
  more: (n: number) => plural(n, { one: 'and # more', other: 'and # more' }),
  offline: 'The connection is lost. This screen goes on by itself.',
  controls: 'Screen',
  full: 'Full screen',
  window: 'Leave full screen',
  dark: 'Dark colours',
  light: 'Light colours',
  help: 'Keys',
  back: 'Back to the room',
  next: 'Next step (hosts)',
  keys: { space: 'Space, →' },
};

export const words = catalogue('present', en);
