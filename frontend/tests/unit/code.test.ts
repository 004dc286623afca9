import { describe, expect, it } from 'vitest';
import { codeFrom, isCode } from '../../src/lib/code';
import { codeInPath } from '../../src/vote/code';

describe('codeFrom', () => {
  it.each([
    ['K7TQ2M', 'K7TQ2M'],
    ['k7tq2m', 'K7TQ2M'],
    [' k7t q2m\n', 'K7TQ2M'],
    ['K7T-Q2M', 'K7TQ2M'],
    ['https://plenum.example/r/K7TQ2M', 'K7TQ2M'],
    ['http://192.168.1.20:8080/r/k7tq2m/present?x=1#key=abc', 'K7TQ2M'],
    ['plenum.example/K7TQ2M', 'K7TQ2M'],
    ['https://lucent/k7tq2m/', 'K7TQ2M'],
    ['/r/K7TQ2M', 'K7TQ2M'],
    ['Join us: https://plenum.example/r/K7TQ2M !', 'K7TQ2M'],
    ['k7', 'K7'],
    ['', ''],
    ['K7TQ2MM', 'K7TQ2MM'],
  ])('finds the code in %j', (text, code) => {
    expect(codeFrom(text)).toBe(code);
  });

  it('calls only six characters a code', () => {
    expect(['K7TQ2', 'K7TQ2M', 'K7TQ2MM'].map(isCode)).toEqual([false, true, false]);
  });
});

describe('codeInPath', () => {
  it.each([
    ['/K7TQ2M', 'K7TQ2M'],
    ['/k7tq2m/', 'K7TQ2M'],
    ['/', ''],
    ['/vote.html', ''],
    ['/K7TQ2M/more', ''],
  ])('reads %s', (path, code) => {
    expect(codeInPath(path)).toBe(code);
  });
});
