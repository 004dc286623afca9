// What the start page loads when everything that one comes for is there; nothing is missing without it.
import { keepOffline } from '../../lib/offline';

export { default as Install } from './Install.svelte';
export { Mine } from '../account/mine.svelte';
export { default as Bell } from '../notices/Bell.svelte';
export { default as Demo } from './demo/Demo.svelte';
export { default as Search } from '../search/Opener.svelte';

keepOffline();
