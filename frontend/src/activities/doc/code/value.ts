const LANGUAGE = /^[a-z0-9][a-z0-9+#._-]{0,31}$/;

/** Whether a value can be that of a line of code: true, or a language. As on the server. */
export function isCode(value: unknown): boolean {
  return value === true || (typeof value === 'string' && LANGUAGE.test(value));
}

/** Whether a text can name a language. */
export function isLanguage(name: string): boolean {
  return LANGUAGE.test(name);
}
