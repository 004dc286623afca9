// A document as a browser shows it, and as it should show what the server has; both as lists of [text, formats].

const BLOCKS = ['cell-start', 'cell', 'code-block', 'list', 'blockquote', 'header'];

/** What a page shows, read from its elements. */
export function paper(page) {
  return page.evaluate(() => {
    const inline = { STRONG: 'bold', EM: 'italic', S: 'strike', U: 'underline', CODE: 'code' };
    const parts = [];
    const add = (text, formats) => {
      const last = parts.at(-1);
      const sorted = Object.entries(formats).sort(([a], [b]) => (a < b ? -1 : 1));
      if (last && JSON.stringify(last[1]) === JSON.stringify(sorted)) last[0] += text;
      else if (text) parts.push([text, sorted]);
    };
    const walk = (node, formats) => {
      if (node.nodeType === Node.TEXT_NODE) return add(node.data.replaceAll('\ufeff', ''), formats);
      if (node.nodeName === 'IMG') {
        const [alt, size] = [node.alt, node.dataset.size];
        const shape =
          node.hasAttribute('width') && `${node.getAttribute('width')}x${node.getAttribute('height')}`;
        const own = Object.fromEntries(Object.entries({ alt, size, shape }).filter(([, value]) => value));
        return add('\ufffc', { ...formats, image: node.dataset.file, ...own });
      }
      if (node.dataset.formula) return add('\ufffc', { ...formats, formula: node.dataset.formula });
      if (node.nodeName === 'BR' || node.classList.contains('ql-ui')) return;
      const name = node.nodeName === 'A' ? 'link' : inline[node.nodeName];
      const own = name ? { [name]: name === 'link' ? node.getAttribute('href') : true } : {};
      for (const child of node.childNodes) walk(child, { ...formats, ...own });
    };
    const line = (element) => {
      for (const child of element.childNodes) walk(child, {});
      const [, level] = /^H(\d)$/.exec(element.nodeName) ?? [];
      const [, indent] = /ql-indent-(\d)/.exec(element.className) ?? [];
      add('\n', {
        ...(level ? { header: Number(level) } : {}),
        ...(indent ? { indent: Number(indent) } : {}),
        ...(element.nodeName === 'LI' ? { list: element.dataset.list } : {}),
        ...(element.nodeName === 'BLOCKQUOTE' ? { blockquote: true } : {}),
        ...(element.classList.contains('ql-code-block')
          ? { 'code-block': element.dataset.language ?? true }
          : {}),
        ...(element.dataset.cell ? { [element.className.slice(3)]: element.dataset.cell } : {}),
      });
    };
    for (const element of document.querySelector('.ql-editor')?.children ?? []) {
      if (element.matches('ol, .ql-code-block-container')) [...element.children].forEach(line);
      else if (element.matches('table')) element.querySelectorAll('[data-cell]').forEach(line);
      else line(element);
    }
    return parts;
  });
}

/** What a content on the server should look like: a line is one thing, and the text of code has no formats. */
export function expected(content) {
  const parts = [];
  const add = (text, formats) => {
    const sorted = Object.entries(formats).sort(([a], [b]) => (a < b ? -1 : 1));
    const last = parts.at(-1);
    if (last && JSON.stringify(last[1]) === JSON.stringify(sorted)) last[0] += text;
    else parts.push([text, sorted]);
  };
  let line = [];
  for (const { insert, attributes: given = {} } of content) {
    // Anchors of comments and marks of suggestions are no format.
    const attributes = Object.fromEntries(
      Object.entries(given).filter(([name]) => !/^(comment|added|removed)-/.test(name)),
    );
    if (typeof insert !== 'string') {
      line.push(['\ufffc', { ...attributes, ...insert }]);
      continue;
    }
    for (const run of insert.match(/\n|[^\n]+/g)) {
      if (run !== '\n') {
        line.push([run, attributes]);
        continue;
      }
      const block = BLOCKS.find((name) => name in attributes);
      const names = [block, 'indent'].filter((name) => name && name in attributes);
      for (const [text, formats] of line) add(text, block === 'code-block' ? {} : formats);
      add('\n', Object.fromEntries(names.map((name) => [name, attributes[name]])));
      line = [];
    }
  }
  return parts;
}

/** Selects from one part of the text to another (0 to 1), as a person would with a mouse: no character is cut. */
export function choose(page, from, to) {
  return page.evaluate(
    ([from, to]) => {
      const root = document.querySelector('.ql-editor');
      root.focus();
      const texts = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest('.ql-ui')) texts.push(walker.currentNode);
      }
      const total = texts.reduce((sum, text) => sum + text.length, 0);
      const place = (part) => {
        let left = Math.floor(part * (total + 1));
        for (const text of texts) {
          const inside = (text.data.charCodeAt(left) & 0xfc00) === 0xdc00 ? left - 1 : left;
          if (left <= text.length) return [text, inside];
          left -= text.length;
        }
        return [root, 0];
      };
      const range = document.createRange();
      range.setStart(...place(from));
      range.setEnd(...place(to));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    },
    [from, to],
  );
}

/** Selects the first place where these words stand. */
export function chooseWords(page, words) {
  return page.evaluate((words) => {
    const root = document.querySelector('.ql-editor');
    root.focus();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + words.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return;
    }
    throw new Error(`${words} is nowhere`);
  }, words);
}
