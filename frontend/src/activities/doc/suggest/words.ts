import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of suggestions, in English. */
export const en = {
  suggest: 'Suggest changes',
  stop: 'Stop suggesting',
  suggesting: 'You are suggesting. What you write waits until an editor accepts it.',
  may: 'You can read along. What you would change you can suggest.',
  list: 'Suggestions',
  of: (name: string) => `Suggestion by ${name}`,
  somebody: 'Somebody',
  add: 'Add',
  remove: 'Remove',
  replace: 'Replace',
  line: '¶',
  accept: 'Accept',
  reject: 'Reject',
  withdraw: 'Withdraw',
  acceptAll: 'Accept all',
  rejectAll: 'Reject all',
  withdrawAll: 'Withdraw all of mine',
  accepted: (n: number) => plural(n, { one: '# suggestion accepted.', other: '# suggestions accepted.' }),
  rejected: (n: number) => plural(n, { one: '# suggestion rejected.', other: '# suggestions rejected.' }),
  withdrawn: (n: number) => plural(n, { one: '# suggestion withdrawn.', other: '# suggestions withdrawn.' }),
  close: 'Close the suggestion',
};

export const words = catalogue('suggestions', en);
