// What the start page loads when everything that one comes for is there; nothing is missing without it.
import { keepOffline } from '../../lib/offline';

export { default as Search } from '../search/Opener.svelte';
export { default as Demo } from './demo/Demo.svelte';

keepOffline();
