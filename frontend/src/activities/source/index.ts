import Hash from '@lucide/svelte/icons/hash';
import type { ActivityModule } from '..';
import doc from '../doc';
import { words } from '../doc/words';

// Files become documents; a source takes them in its own panel.
const { files: _, ...kind } = doc;

export default {
  ...kind,
  kind: 'source',
  label: () => words().source,
  hint: () => words().sourceHint,
  icon: Hash,
  panel: () => import('./Panel.svelte'),
} satisfies ActivityModule;
