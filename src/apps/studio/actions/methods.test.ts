import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/index.ts';
import { Session } from '../session/session.ts';

const session = () => new Session(referenceEngine);

test('the reducers come with their options as data, by id', async () => {
  const { facts } = await session().do('methods', { family: 'reduction' });
  const list = facts['methods'] as { id: string; options: Record<string, { kind: string }> }[];
  const ids = list.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  expect(ids).toContain('umap');
  expect(list.find(({ id }) => id === 'umap')?.options['seed']?.kind).toBe('integer');
});

test('an unknown family is refused with those there are', async () => {
  await expect(session().do('methods', { family: 'maps' })).rejects.toThrow(
    /^methods: there is no family "maps"; there are objectives, .*\.$/,
  );
});
