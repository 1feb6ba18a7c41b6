import { catalog } from '../../catalog/index.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { STUDIES } from '../generated/studies.ts';
import { VERDICTS_OF_STUDIES } from '../generated/verdicts.ts';
import type { Verdict } from './judge.ts';

/** A paper, what was made of it, and what its study found. */
export interface PaperLine {
  readonly slug: string;
  readonly title: string;
  /** arXiv id or DOI. */
  readonly source: string;
  /** Keys of the catalogue, `family/id`: methods that cite it. */
  readonly methods: readonly string[];
  /** The study's id, where there is one. */
  readonly study: string | null;
  /** What its last full run found; null before. */
  readonly verdict: Verdict | null;
}

/** Every paper of the toolkit, in the order of slugs. */
export function paperLines(): PaperLine[] {
  const methods = [...catalog];
  return Object.values(papers)
    .map(({ slug, title, source }) => ({
      slug,
      title,
      source,
      methods: methods
        .filter(([, { spec }]) => spec.references.some((cited) => cited.source === source))
        .map(([key]) => key),
      study: Object.hasOwn(STUDIES, slug) ? slug : null,
      verdict: VERDICTS_OF_STUDIES[slug] ?? null,
    }))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}
