import { catalogue, speech } from '../../../lib/i18n';

const { list, number, plural } = speech('en');

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
  vote: {
    title: 'The room decides',
    put: 'Put to the room',
    recall: 'Take back',
    decides: 'The room decides as soon as',
    votes: 'How many',
    rule: 'By which rule',
    ruleSide: 'agree, or disagree',
    ruleMajority: 'have voted, by majority',
    ask: 'Ask the room',
    cancel: 'Cancel',
    agree: 'Agree',
    disagree: 'Disagree',
    side: (n: number) =>
      plural(n, { one: 'One vote for a side decides.', other: 'Decided when # agree, or # disagree.' }),
    majority: (n: number) =>
      plural(n, { one: 'The first vote decides.', other: 'When # have voted, the majority decides.' }),
    agreed: (names: string[]) => `Agree: ${list(names)}`,
    disagreed: (names: string[]) => `Disagree: ${list(names)}`,
    open: 'Everybody here sees who votes how. Votes can be changed until it is decided.',
    isAccepted: (agree: number, disagree: number) =>
      `The room has accepted a suggestion: ${number(agree)} for, ${number(disagree)} against.`,
    isRejected: (agree: number, disagree: number) =>
      `The room has rejected a suggestion: ${number(agree)} for, ${number(disagree)} against.`,
    room: 'The room',
    accepted: (agree: number, disagree: number) =>
      `Suggestion accepted, ${number(agree)} : ${number(disagree)}`,
    rejected: (agree: number, disagree: number) =>
      `Suggestion rejected, ${number(disagree)} : ${number(agree)}`,
  },
};

export const words = catalogue('suggestions', en);
