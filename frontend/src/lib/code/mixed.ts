import { parser as css } from '@lezer/css';
import { configureNesting, parser } from '@lezer/html';
import { parser as javascript } from '@lezer/javascript';

/** HTML with what stands in its styles and scripts. */
export const html = parser.configure({
  wrap: configureNesting([
    { tag: 'style', parser: css },
    { tag: 'script', parser: javascript },
  ]),
});
