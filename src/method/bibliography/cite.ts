import type { Reference } from '../method.ts';

/** A published work: a reference without the part that some code follows. */
export interface Paper extends Omit<Reference, 'part'> {
  /** What its study is called, where it has become one of the toolkit's papers. */
  readonly slug?: string;
}

/** A paper that becomes methods here. */
export interface SluggedPaper extends Paper {
  readonly slug: string;
}

/**
 * The reference of a method to the equation, algorithm or section that its code follows:
 * `cite(papers.keepYourDistance, 'section 3.2')`.
 */
// @__NO_SIDE_EFFECTS__
export function cite({ authors, title, year, source }: Paper, part: string): Reference {
  return { authors, title, year, source, part };
}
