// What few open in a room, in one file: every further one would make the shell larger.
export { default as Audit } from './audit/Audit.svelte';
export { default as Carry } from './carry/Carry.svelte';
export { default as Hooks } from './hooks/Hooks.svelte';
export { default as Keeping } from './keeping/Keeping.svelte';
export { default as Rights } from './rights/Rights.svelte';
