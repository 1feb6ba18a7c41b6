import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';

const checkpoint: Checkpoint = {
  state: {
    optimizer: 'riemannian-adam',
    step: 7,
    arrays: {
      points: new Float32Array([1, Number.NaN, -0]),
      second: new Float64Array([Math.PI]),
      last: new Int32Array([3, -1]),
    },
    history: [{ step: 1, loss: -0.5, gradientNorm: 1e-3 }],
  },
  context: { hash: 'ab', recipe: { seed: 3 } },
};

test('a checkpoint comes back as it went, bit for bit', () => {
  expect(decodeCheckpoint(encodeCheckpoint(checkpoint), 'c')).toEqual(checkpoint);
});

test('a checkpoint cut anywhere is refused with a sentence', () => {
  const bytes = encodeCheckpoint(checkpoint);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
      expect(() => decodeCheckpoint(bytes.subarray(0, length), 'c')).toThrow(InputError);
    }),
  );
});
