import { beforeEach, describe, expect, it } from 'vitest';
import { match, router } from '../../src/lib/router.svelte';

describe('match', () => {
  it.each([
    ['/', { page: 'home' }],
    ['/account', { page: 'account' }],
    ['/kit', { page: 'kit' }],
    ['/r/K7TQ2M', { page: 'room', code: 'K7TQ2M' }],
    ['/r/k7tq2m', { page: 'room', code: 'K7TQ2M' }],
    ['/r/K7TQ2M/', { page: 'room', code: 'K7TQ2M' }],
    ['/r/K7TQ2M/present', { page: 'present', code: 'K7TQ2M' }],
    ['/r/K7TQ2M/host', { page: 'host', code: 'K7TQ2M' }],
    ['/r/K7TQ2', { page: 'missing' }],
    ['/r/K7TQ2M/elsewhere', { page: 'missing' }],
    ['/r/K7TQ2M/present/x', { page: 'missing' }],
    ['/nowhere', { page: 'missing' }],
  ])('knows %s', (path, route) => {
    expect(match(path)).toEqual(route);
  });
});

describe('router', () => {
  router.listen();

  beforeEach(() => {
    document.body.innerHTML = '';
    router.go('/', { replace: true });
  });

  // Returns whether the link was left to the browser.
  function press(html: string, how: MouseEventInit = {}): boolean {
    document.body.innerHTML = html;
    let left = false;
    const look = (event: Event) => {
      left = !event.defaultPrevented;
      event.preventDefault();
    };
    addEventListener('click', look, { once: true });
    const inner = document.querySelector('a > *') ?? document.querySelector('a');
    inner?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, button: 0, ...how }));
    return left;
  }

  it('goes to a room without a reload, also from inside a link', () => {
    expect(press('<a href="/r/k7tq2m?from=mail"><b>Room</b></a>')).toBe(false);
    expect(router.route).toEqual({ page: 'room', code: 'K7TQ2M' });
    expect(router.code).toBe('K7TQ2M');
    expect(location.search).toBe('?from=mail');
  });

  it.each([
    ['another site', '<a href="https://elsewhere.example/">x</a>', {}],
    ['a new tab', '<a href="/kit" target="_blank">x</a>', {}],
    ['a pressed key', '<a href="/kit">x</a>', { ctrlKey: true }],
    ['the middle button', '<a href="/kit">x</a>', { button: 1 }],
    ['a download', '<a href="/kit" download>x</a>', {}],
    ['a place on this page', '<a href="#recent">x</a>', {}],
    ['something the server has', '<a href="/api/rooms/K7TQ2M/events">x</a>', {}],
  ])('leaves %s to the browser', (_, html, how) => {
    expect(press(html, how)).toBe(true);
    expect(router.route).toEqual({ page: 'home' });
  });

  it('follows the back button', () => {
    router.go('/kit');
    expect(router.route).toEqual({ page: 'kit' });
    history.replaceState(null, '', '/r/K7TQ2M');
    dispatchEvent(new PopStateEvent('popstate'));
    expect(router.route).toEqual({ page: 'room', code: 'K7TQ2M' });
  });
});
