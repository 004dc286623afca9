import { catalogue } from '../i18n';

export const en = {
  waits: 'Being brought…',
  part: (share: string) => `${share} brought`,
  made: 'Being prepared…',
  drop: (name: string) => `Leave out ${name}`,
  again: 'Try again',
  missing: 'This image is not here any more.',
  download: (name: string, size: string) => `Download ${name}, ${size}`,
  open: (name: string) => `Open the image ${name}`,
};

/** Of files that are brought into a room. */
export const words = catalogue('files', en);
