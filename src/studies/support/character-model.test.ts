import { describe, expect, test } from 'vitest';
import { alphabetOf, CharacterModel } from './character-model.ts';

describe('character model', () => {
  test('the first character of a model of one text, by hand', () => {
    const alphabet = alphabetOf(['ab']);
    expect([...alphabet]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    const model = new CharacterModel(alphabet, ['ab']);
    // Order 0: (1 + 2/3)/4; longer histories of the begin were followed by a once: (1 + p)/2.
    let p = (1 + 2 / 3) / 4;
    for (let reach = 1; reach <= 4; reach++) p = (1 + p) / 2;
    expect(model.read('a').loss).toBeCloseTo(-Math.log(p), 12);
  });

  test('what it expects sums to 1, and what was learned is likelier than what was not', () => {
    const texts = ['the cat sat on the mat', 'the dog sat on the log'];
    const model = new CharacterModel(alphabetOf(texts), texts);
    const { expected, loss } = model.read('t');
    expect(expected.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
    expect(loss).toBeLessThan(model.read('q').loss);
    expect(model.loss(['the cat sat'])).toBeLessThan(model.loss(['mnogacht']));
    expect(model.loss(['sat', 'log'])).toBeCloseTo(
      (model.read('sat').loss + model.read('log').loss) / 2,
      12,
    );
  });
});
