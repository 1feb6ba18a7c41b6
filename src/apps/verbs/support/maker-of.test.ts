import { expect, test } from 'vitest';
import { makerOf } from './maker-of.ts';

const stored = (kind: string) => ({
  name: 'm.safetensors',
  kind,
  settings: {},
  tensors: new Map(),
});

test('names the method of a model of the family, and the command of one that is not', () => {
  expect(makerOf(stored('reduction/pca'), 'reduction')).toBe('pca');
  expect(makerOf(stored('classifier'), 'learners')).toBe('classifier');
  expect(() => makerOf(stored('reduction/tsne'), 'learners')).toThrow(
    'm.safetensors: the model was made by reduction/tsne: tammes reduce apply takes it.',
  );
  expect(() => makerOf(stored('classifier'), 'alignment')).toThrow('tammes embed takes it.');
  expect(() => makerOf(stored('alignment/affine'), 'reduction')).toThrow('tammes align apply');
});
