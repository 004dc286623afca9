import Code from '@lucide/svelte/icons/code-xml';
import Hash from '@lucide/svelte/icons/hash';
import type { ActivityModule } from '..';
import doc from '../doc';
import { words } from '../doc/words';
import { ACCEPT_CODE, bringSource, isCodeFile, settingsOf } from './files';
import { words as own } from './words';

export default {
  ...doc,
  kind: 'source',
  label: () => words().source,
  hint: () => words().sourceHint,
  icon: Hash,
  also: [
    {
      label: () => own().code,
      hint: () => own().codeHint,
      icon: Code,
      settings: { language: 'text' },
    },
  ],
  files: {
    accept: ACCEPT_CODE,
    takes: isCodeFile,
    title: ({ name }) => name,
    settings: settingsOf,
    bring: bringSource,
  },
  panel: () => import('./Panel.svelte'),
} satisfies ActivityModule;
