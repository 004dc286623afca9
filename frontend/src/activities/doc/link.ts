/** The longest link, UTF-16 units. */
const LONGEST = 2000;

/** What browsers skip, or read as something else, has no place in a link. */
const HIDDEN = /[\s\\\p{Cc}]|%(?![0-9a-f]{2})/iu;

/** Tells whether a link may be kept: to the web, to a mail address, or to a place of this server. */
export function isLink(text: string): boolean {
  if (text.length > LONGEST || HIDDEN.test(text)) return false;
  if (text.startsWith('#')) return true;
  if (text.startsWith('/')) return !text.startsWith('//');
  if (/^mailto:./i.test(text)) return URL.canParse(text);
  return /^https?:\/\/[^/?#]/i.test(text) && URL.canParse(text);
}

/** A link that stood in a text elsewhere, in a form that may be kept, or null. */
export function tidyLink(link: string): string | null {
  if (isLink(link)) return link;
  if (!/^(https?|mailto):/i.test(link) || !URL.canParse(link)) return null;
  const whole = new URL(link).href.replace(/%(?![0-9a-f]{2})/gi, '%25');
  return isLink(whole) ? whole : null;
}

/** The link that somebody means by what they typed, or null: "plenum.org" is one on the web. */
export function linkOf(typed: string): string | null {
  return tidyLink(complete(typed.trim()));
}

function complete(typed: string): string {
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed)) return typed;
  if (/^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(typed)) return `mailto:${typed}`;
  return /^[^\s/]+\.[^\s/]/.test(typed) || /^localhost\b/.test(typed) ? `https://${typed}` : typed;
}
