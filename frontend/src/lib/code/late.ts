/** What a document loads when code stands in it. */
export { LANGUAGES, languageOf } from './languages';
export { Painter } from './painter';
