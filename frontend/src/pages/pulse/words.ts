import { catalogue, speech } from '../../lib/i18n';

const { number } = speech('en');

/** The words of the pulse, in English. */
export const en = {
  title: 'How the room feels',
  reactions: 'Reactions',
  names: {
    up: 'Thumbs up',
    heart: 'Heart',
    clap: 'Applause',
    laugh: 'Laughing',
    think: 'Thinking',
    party: 'Party',
  },
  lost: 'I can’t follow',
  lostHint: 'Hosts see how many, and never who. It ends by itself after a minute.',
  people: (lost: number, here: number) => `${number(lost)} of ${number(here)} can’t follow`,
  curve: (most: number) => `In the last five minutes at most ${number(most)}`,
  clear: 'Clear',
  show: 'Show how many can’t follow',
  hide: 'Hide how many can’t follow',
};

export const words = catalogue('pulse', en);
