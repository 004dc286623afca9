import { catalogue, speech } from '../../lib/i18n';

const { plural } = speech('en');

/** The words of signing in and of accounts, in English. */
export const en = {
  title: 'Account',
  signIn: 'Sign in',
  mine: 'Account',
  email: 'E-mail',
  password: 'Password',

  enter: {
    title: 'Sign in to keep your rooms',
    lead: 'You need no account to take part or to host. With one you find your rooms again on every device.',
    ways: 'Sign in or create an account',
    create: 'Create an account',
    creating: 'Creating…',
    signingIn: 'Signing in…',
    passwordHint: 'At least 8 characters. A few random words are good.',
    emailHint: 'Only to sign in with. No mail is sent, so nobody can mail you a new password either.',
    emailMissing: 'Please type your e-mail address.',
    passwordMissing: 'Please type your password.',
    short: 'A password has at least 8 characters.',
    keeps: (n: number) =>
      plural(n, {
        one: 'The room that you are in on this device comes along.',
        other: 'The # rooms that you are in on this device come along.',
      }),
    leaves: (n: number) =>
      plural(n, {
        one: 'You are in # room here as a guest. It does not move to the account you sign in to. To keep it, first make a link for hosts in the room, under Share, and open it afterwards.',
        other:
          'You are in # rooms here as a guest. They do not move to the account you sign in to. To keep one, first make a link for hosts in the room, under Share, and open it afterwards.',
      }),
    forgot: 'Password forgotten? Whoever runs this server can set a new one.',
  },

  since: (day: string) => `Account since ${day}`,
  signOut: 'Sign out',
  signedOut: 'You are signed out.',
  home: 'To my rooms',

  devices: {
    title: 'Where you are signed in',
    here: 'this device',
    unknown: 'A device that did not say what it is',
    since: (day: string) => `since ${day}`,
    both: (day: string, seen: string) => `since ${day} · last used ${seen}`,
    end: (device: string) => `Sign out ${device}`,
    endOne: 'Sign out',
    endOthers: 'Sign out all other devices',
    ended: (device: string) => `${device} is signed out.`,
    othersEnded: 'All other devices are signed out.',
  },

  change: {
    title: 'Change the password',
    former: 'Present password',
    next: 'New password',
    button: 'Change the password',
    done: 'The password is changed. All other devices are signed out.',
  },

  room: {
    title: 'Your rooms',
    active: (role: string, when: string) => `${role} · last active ${when}`,
    roles: {
      viewer: 'sees',
      participant: 'votes and talks',
      editor: 'writes',
      host: 'host',
      owner: 'owner',
    } as Record<string, string>,
  },
};

export const words = catalogue('account', en);
