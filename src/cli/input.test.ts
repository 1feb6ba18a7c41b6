import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { databases } from '../adapters/databases/index.ts';
import { storeFormat } from '../apps/store/store-format.ts';
import { addInputFlags, type InputFlags, readOptionsOf } from './input.ts';

const optionsOf = (...flags: string[]) =>
  readOptionsOf(addInputFlags(new Command()).parse(flags, { from: 'user' }).opts<InputFlags>());

describe('the flags of an input', () => {
  it('leave all to the content where none is given', () => {
    const { quotes, onRemark, also, places, ...others } = optionsOf();
    expect(also).toEqual([storeFormat]);
    expect(places).toBe(databases);
    expect(onRemark).toBeInstanceOf(Function);
    expect(quotes).toBe(true);
    expect(Object.values(others).every((value) => value === undefined)).toBe(true);
  });

  it.each([
    [['--header'], { header: true }],
    [['--no-header'], { header: false }],
    [['--no-quotes'], { quotes: false }],
    [['--no-label'], { label: false }],
    [['--delimiter', ';'], { delimiter: ';' }],
    [['--delimiter', '\\t'], { delimiter: '\t' }],
    [['--encoding', 'latin1'], { encoding: 'latin1' }],
    [['--vector', 'a,b'], { vector: ['a', 'b'] }],
  ])('%j', (flags, expected) => {
    expect(optionsOf(...flags)).toMatchObject(expected);
  });
});
