import { describe, expect, test } from 'vitest';
import { cite, papers, sources } from './bibliography.ts';

const entries = [...Object.entries(papers), ...Object.entries(sources)];

describe('bibliography', () => {
  test.each(entries)('%s says who wrote what, when and where', (_key, work) => {
    for (const text of [work.authors, work.title, work.source]) {
      expect(text).not.toBe('');
      expect(text).toBe(text.trim());
    }
    expect(work.year).toBeGreaterThanOrEqual(1800);
    expect(work.year).toBeLessThanOrEqual(2100);
  });

  test.each([
    ['papers', Object.keys(papers)],
    ['sources', Object.keys(sources)],
  ])('the keys of %s are kebab-case and sorted', (_name, keys) => {
    for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(keys).toEqual([...keys].sort());
  });

  test('no key, title or source occurs twice', () => {
    const distinct = (values: readonly string[]) =>
      expect(new Set(values).size).toBe(values.length);
    distinct(entries.map(([key]) => key));
    distinct(entries.map(([, { title }]) => title.toLowerCase()));
    distinct(entries.map(([, { source }]) => source.replace(/^doi:/, '')));
  });

  test('has all papers', () => {
    expect(Object.keys(papers).length).toBeGreaterThanOrEqual(149);
  });

  test('a citation is the work and the part that the code follows', () => {
    expect(cite('keep-your-distance', 'eq. 5')).toEqual({
      ...papers['keep-your-distance'],
      part: 'eq. 5',
    });
    expect(cite('hubs-in-space', 'section 2')).toEqual({
      ...sources['hubs-in-space'],
      part: 'section 2',
    });
  });
});
