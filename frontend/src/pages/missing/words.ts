import { catalogue } from '../../lib/i18n';

/** The words of a page that is not there, in English. */
export const en = {
  title: 'Page not found',
  text: 'The link may be incomplete, or the room was deleted.',
  back: 'To the start page',
};

export const words = catalogue('missing', en);
