import MessageCircle from '@lucide/svelte/icons/message-circle';
import type { ActivityModule } from '..';
import { name } from './name';

export default {
  kind: 'chat',
  label: () => name().label,
  hint: () => name().hint,
  icon: MessageCircle,
  panel: () => import('./Panel.svelte'),
  attend: (room, id) => import('./Panel.svelte').then((it) => it.attend(room, id)),
} satisfies ActivityModule;
