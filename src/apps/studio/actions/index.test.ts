import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';
import { actions } from './index.ts';

test('actions stand in alphabetical order, each once', () => {
  const ids = actions.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted());
});

describe.each(actions.map((action) => [action.id, action] as const))('%s', (id, action) => {
  test('is the file of its name, and says in sentences what it is and takes', () => {
    expect(existsSync(new URL(`${id}.ts`, import.meta.url))).toBe(true);
    for (const text of [action.summary, ...Object.values(action.parameters).map(({ doc }) => doc)])
      expect(text).toMatch(/^\S.*[.…]$/s);
  });

  test('refuses a parameter that it does not have, and changes nothing', async () => {
    const session = await sessionOf(threeGroups(9));
    await expect(session.do(id, { nonsense: 1 })).rejects.toThrow(
      new RegExp(`^${id}: option "nonsense" must be one of the parameters |absent`),
    );
    expect(session.info.canUndo).toBe(false);
  });

  test('does not wait only where it is no step', () => {
    if (action.isQuick) expect(action.isStep).toBe(false);
  });
});
