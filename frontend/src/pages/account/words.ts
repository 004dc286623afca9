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
    emailMailed: 'We mail you a link, so that you can get back in if you forget the password.',
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
    forgotten: 'Forgot your password?',
  },

  letter: {
    title: 'A new password',
    lead: 'We mail you a link. Open it on any device, and choose a new password.',
    send: 'Mail me a link',
    back: 'Back',
    onItsWay: (email: string) =>
      `If ${email} has an account, a letter is on its way. Its link works for one hour. Nothing there? Look among the spam, too.`,
    choose: 'Choose a new password',
    chooseLead: 'All devices will be signed out, this one stays.',
    set: 'Set the password',
    done: 'Your password is set, and you are signed in.',
    confirmed: (email: string) => `${email} is confirmed.`,
    again: 'Ask for a new link',
    onward: 'To the account',
  },

  passkeys: {
    title: 'Passkeys',
    lead: 'Sign in with a finger, your face or a PIN instead of the password. The key stays on your devices; nothing that is stored here can be stolen and used.',
    add: 'Add a passkey',
    added: 'The passkey is added. Next time you can sign in with it.',
    notMade: 'No passkey was made. Maybe this device has one already.',
    notHere: 'Passkeys need an address that begins with https, and a browser of the last years.',
    about: (day: string, used: string) => (used ? `since ${day} · last used ${used}` : `since ${day}`),
    drop: 'Take away',
    dropOf: (device: string) => `Take away the passkey of ${device}`,
    dropped: 'The passkey is taken away. Delete it on the device as well.',
    signIn: 'Sign in with a passkey',
    none: 'No passkey was used. Try again, or sign in with your password.',
  },

  identity: {
    title: 'Signing in elsewhere',
    signIn: (provider: string) => `Sign in with ${provider}`,
    lead: (provider: string) =>
      `Sign in with ${provider} from now on, if you like. Your password goes on working.`,
    connect: (provider: string) => `Connect with ${provider}`,
    connected: (provider: string, day: string) => `You can sign in with ${provider}, since ${day}.`,
    drop: 'Disconnect',
    dropped: 'The account is disconnected.',
    other: 'the place that you used',
    turnedAway: 'You did not sign in there. Nothing has changed.',
    fresh:
      'This account has no password. What else would ask for it works for ten minutes after you sign in.',
  },

  second: {
    title: 'Second step',
    lead: 'Who learns your password still cannot sign in: an authenticator app on your phone shows a code that is asked for as well.',
    begin: 'Set it up',
    scan: 'Scan this with the app, or type the secret into it. Then type the code that the app shows.',
    secret: 'Secret',
    code: 'Code from the app',
    confirm: 'Confirm',
    recovery:
      'Keep these codes somewhere safe, on paper for example. Each gets you in once if the phone is lost. They are shown only now.',
    kept: 'I have kept them',
    on: (left: number) =>
      plural(left, {
        one: 'On. # recovery code is left.',
        other: 'On. # recovery codes are left.',
      }),
    end: 'Take it away',
    ended: 'The password alone is enough again.',
    asked: 'Code from your app, or a recovery code',
  },

  address: {
    title: 'Change the address',
    unconfirmed: 'Your address is not confirmed yet: open the link in the letter that we sent you.',
    again: 'Send it again',
    sent: (email: string) => `A letter to ${email} is on its way.`,
    next: 'New e-mail address',
    button: 'Change the address',
    mailed: (email: string) =>
      `Open the link in the letter to ${email}. Until then the address stays as it is.`,
    done: 'The address is changed.',
  },

  export: {
    title: 'Your data',
    lead: 'Everything that this server has of you, as a ZIP file: your account, your rooms, what you did in them, and the files you brought. Votes in secret questions are kept without names and are not in it.',
    button: 'Download my data',
  },

  delete: {
    title: 'Delete the account',
    lead: 'Your address, password and passkeys are deleted, and all devices are signed out. What you wrote in rooms stays there, under your name. Rooms that you own are left without an owner: hand them over first (People).',
    button: 'Delete the account for ever',
    sure: 'Press once more, and it is gone. Nobody can bring it back.',
    done: 'Your account is deleted.',
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
    first: 'Set a password',
    done: 'The password is changed. All other devices are signed out.',
  },

  room: {
    title: 'Your rooms',
    every: 'All your rooms',
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
