import { expect, test } from 'vitest';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';

test('a probe that found the groups finds them no more, and other directions taken out leave them', async () => {
  const session = await sessionOf(threeGroups(300));
  const { facts } = await session.do('erase', { concept: 'group' });
  const verdict = facts['verdict'] as {
    probeBefore: { value: number };
    probeAfter: { value: number };
    majority: number;
    random: { probe: { value: number } };
  };
  expect(verdict.probeBefore.value).toBeGreaterThan(0.95);
  expect(verdict.random.probe.value).toBeGreaterThan(0.6);
  expect(verdict.probeAfter.value).toBeLessThan(0.55);
  expect(facts).toMatchObject({ method: 'leace', rank: 2, table: 'a', rows: 300 });
  expect(session.recipe().steps[0].parameters).toEqual({ concept: 'group' });
});

test('fields, axes and methods that are not there are refused in a sentence', async () => {
  const session = await sessionOf(threeGroups(30));
  await expect(session.do('erase', { concept: 'color' })).rejects.toThrow('"color"');
  await expect(session.do('erase', { axis: 'x', method: 'projection' })).rejects.toThrow('"x"');
  await expect(session.do('erase', { concept: 'group', method: 'gone' })).rejects.toThrow('"gone"');
  await expect(session.do('erase', {})).rejects.toThrow(/^leace: /);
});
