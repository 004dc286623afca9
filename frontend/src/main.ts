import { mount } from 'svelte';
import './styles/all.css';
import App from './App.svelte';
import { kept } from './lib/i18n/choice';
import { speakAsChosen } from './lib/i18n';
import { router } from './lib/router.svelte';

router.listen();
// Chosen in another tab: this one follows.
addEventListener('storage', (event) => {
  if (event.key === kept) void speakAsChosen();
});

// Not a top-level await: a language's file needs what is in this one, and would wait for it for ever.
void speakAsChosen().then(() => {
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  mount(App, { target });
});
