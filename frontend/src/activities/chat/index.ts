import MessageCircle from '@lucide/svelte/icons/message-circle';
import type { ActivityModule } from '..';
import { words } from './words';

export default {
  kind: 'chat',
  label: () => words().label,
  hint: () => words().hint,
  icon: MessageCircle,
  panel: () => import('./Panel.svelte'),
} satisfies ActivityModule;
