import { describe, expect, test } from 'vitest';
import { cite, type Paper } from './cite.ts';
import * as papers from './papers.ts';
import * as sources from './sources.ts';

const entries: readonly (readonly [string, Paper])[] = [
  ...Object.entries(papers),
  ...Object.entries(sources),
];
const camelCase = (slug: string) => slug.replace(/-(.)/g, (_, c: string) => c.toUpperCase());

describe('bibliography', () => {
  test.each(entries)('%s says who wrote what, when and where', (_key, work) => {
    for (const text of [work.authors, work.title, work.source]) {
      expect(text).not.toBe('');
      expect(text).toBe(text.trim());
    }
    expect(work.year).toBeGreaterThanOrEqual(1800);
    expect(work.year).toBeLessThanOrEqual(2100);
  });

  test('a paper goes by its slug, another source by no slug', () => {
    for (const [name, { slug = '' }] of Object.entries<Paper>(papers)) {
      expect(slug).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(name).toBe(camelCase(slug));
    }
    expect(Object.values<Paper>(sources).filter(({ slug }) => slug !== undefined)).toEqual([]);
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
    const { slug: _, ...work } = papers.keepYourDistance;
    expect(cite(papers.keepYourDistance, 'eq. 5')).toEqual({ ...work, part: 'eq. 5' });
    expect(cite(sources.hubsInSpace, 'section 2')).toEqual({
      ...sources.hubsInSpace,
      part: 'section 2',
    });
  });
});
