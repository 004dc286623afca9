/**
 * A Vite plugin that puts a page's script and style into the page itself.
 *
 * @param {string} page the HTML file in the bundle
 * @returns {import('vite').Plugin}
 */
export function oneFile(page) {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const html = bundle[page];
      const script = only(bundle, (name) => name.endsWith('.js'));
      const style = only(bundle, (name) => name.endsWith('.css'));
      // A closing tag inside a string would end the element early.
      const code = script.code.trim().replaceAll('</script', '<\\/script');
      const css = String(style.source).trim().replaceAll('</style', '<\\/style');

      let source = String(html.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, '');
      source = insertBefore(source, '</head>', `<style>${css}</style>\n`);
      source = insertBefore(source, '</body>', `<script type="module">${code}</script>\n`);
      html.source = source;

      delete bundle[script.fileName];
      delete bundle[style.fileName];
    },
  };
}

function only(bundle, wanted) {
  const found = Object.keys(bundle).filter(wanted);
  if (found.length !== 1) throw new Error(`one file expected, found: ${found.join(', ') || 'none'}`);
  return bundle[found[0]];
}

// Not String.replace: the code has "$&" and the like in it.
function insertBefore(text, mark, piece) {
  const at = text.lastIndexOf(mark);
  if (at < 0) throw new Error(`no ${mark} in the page`);
  return text.slice(0, at) + piece + text.slice(at);
}
