// What can be sent of a page, where one goes on, and how far one is with what is not settled yet.
import { describe, expect, it } from 'vitest';
import { answersOf, binWidth, fault, score, valuesOf } from '../../../src/activities/survey/answers';
import { draftOf, faultOf, freshQuestion, pageOf, targets } from '../../../src/activities/survey/draft';
import { next, progress, way } from '../../../src/activities/survey/path';
import { open, type Question } from '../../../src/activities/survey/state';

const told = {
  state: 'open',
  intro: '',
  ending: '',
  unnamed: false,
  changes: true,
  shared: false,
  figures: { sent: 0, counted: 0 },
  pages: [
    {
      id: 'p1',
      questions: [
        {
          id: 'q1',
          kind: 'single',
          prompt: 'There?',
          required: true,
          options: [
            { id: 'yes', text: 'Yes' },
            { id: 'no', text: 'No' },
          ],
          jumps: [{ option: 'no', go: 'p3' }],
        },
      ],
    },
    {
      id: 'p2',
      go: 'end',
      questions: [{ id: 'q2', kind: 'nps', prompt: 'Recommend?', to: 10, jumps: [{ to: 3, go: 'p3' }] }],
    },
    { id: 'p3', questions: [{ id: 'q3', kind: 'number', prompt: 'How far?', from: -5, to: 50 }] },
  ],
};
const survey = open(told);
const own = { at: 'p1', sent: 0, changed: false, answers: {} };

function question(more: Partial<Question>): Question {
  return { ...(survey.pages[2]?.questions[0] as Question), ...more };
}

describe('the way through a survey', () => {
  it.each([
    [{}, [0, 1]],
    [{ q1: ['no'] }, [0, 2]],
    [{ q1: ['yes'], q2: 0 }, [0, 1, 2]],
    [{ q1: ['yes'], q2: 3 }, [0, 1, 2]],
    [{ q1: ['yes'], q2: 4 }, [0, 1]],
  ])('with %j', (answers, expected) => {
    expect(way(survey.pages, answers)).toEqual(expected);
  });

  it('leads to the end from a page that is not there', () => {
    expect(next(survey.pages, 7, {})).toBe(3);
  });
});

describe('progress', () => {
  const command = (n: number, name: string, content: object) => ({
    n,
    in: 's',
    do: name,
    with: JSON.stringify(content),
  });

  it('goes on with what is not settled', () => {
    const save = command(2, 'save', { page: 'p1', answers: { q1: ['no'] } });
    const now = progress(survey, { ...own, at: '' }, [command(1, 'begin', {}), save]);
    expect(now).toMatchObject({ at: 'p3', answers: { q1: ['no'] }, pending: true, sending: false });
    const back = command(3, 'save', { page: 'p3', answers: { q3: 7 }, to: 'p1' });
    expect(progress(survey, own, [save, back])).toMatchObject({ at: 'p1', answers: { q1: ['no'], q3: 7 } });
    const send = command(3, 'send', { page: 'p3', answers: {} });
    expect(progress(survey, own, [save, send])).toMatchObject({ sending: true, answers: { q1: ['no'] } });
  });

  it('marks what was changed since it was sent', () => {
    const save = command(2, 'save', { page: 'p1', answers: {} });
    expect(progress(survey, { ...own, sent: 5 }, [save]).changed).toBe(true);
    expect(progress(survey, { ...own, sent: 5 }, [save, command(3, 'send', {})]).changed).toBe(false);
  });
});

describe('answers', () => {
  it.each([
    ['', null],
    ['12,5', null],
    ['-5', null],
    ['50', null],
    ['50.01', 'range'],
    ['1.255', 'number'],
    ['1e1', 'number'],
    ['seven', 'number'],
  ])('a number written as %j', (value, expected) => {
    expect(fault(question({}), value)).toBe(expected);
  });

  it('asks for what is required, and for enough', () => {
    expect(fault(question({ required: true }), ' ')).toBe('required');
    const several = question({ kind: 'multiple', least: 2, most: 2 });
    expect(fault(several, [])).toBe(null);
    expect(fault(several, ['a'])).toBe('few');
    expect(fault(several, ['a', 'b', 'c'])).toBe('many');
  });

  it('are sent as they are told', () => {
    const page = survey.pages[2];
    if (!page) throw new Error('there is no third page');
    expect(answersOf(page, { q3: '12,5' })).toEqual({ q3: 12.5 });
    expect(answersOf(page, { q3: 'much' })).toEqual({});
    expect(valuesOf(page, { q3: 12.5 })).toEqual({ q3: '12.5' });
  });

  it('have columns as the server counts them', () => {
    expect([
      binWidth({ from: 0, to: 20 }),
      binWidth({ from: 0, to: 21 }),
      binWidth({ from: 0, to: 100 }),
      binWidth({ from: -1e9, to: 1e9 }),
    ]).toEqual([1, 2, 5, 1e8]);
  });

  it('have a score', () => {
    expect(score([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 1])).toBe(33);
    expect(score(Array.from({ length: 11 }, () => 0))).toBe(null);
  });
});

describe('a draft', () => {
  it('says what is missing', () => {
    const fresh = freshQuestion();
    expect(faultOf(fresh)).toBe('prompt');
    fresh.prompt = 'There?';
    expect(faultOf(fresh)).toBe('options');
    fresh.options.forEach((option) => (option.text = 'x'));
    expect(faultOf(fresh)).toBe(null);
    fresh.jumps.push({ option: 'gone', from: 0, to: 0, go: 'end' });
    expect(faultOf(fresh)).toBe('jump');
  });

  it('comes back as the page it was made of', () => {
    for (const page of survey.pages) expect(pageOf(draftOf(page))).toEqual(page);
  });

  it('leads only forward', () => {
    expect(targets(survey.pages, 1).map(({ id }) => id)).toEqual(['p3', 'end']);
  });
});
