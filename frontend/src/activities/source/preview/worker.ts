import { patch, Renderer } from './render';

/** Makes the page of a source where that does not hold up who types. */

const renderer = new Renderer();
let shown: string[] = [];

addEventListener('message', ({ data }: MessageEvent<string>) => {
  const blocks = renderer.render(data);
  const made = patch(shown, blocks);
  shown = blocks.map(({ html }) => html);
  postMessage(made);
});
