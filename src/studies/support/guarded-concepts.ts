export interface GuardedConcept {
  readonly name: string;
  /** What the guard is told. */
  readonly phrases: readonly string[];
  /** Words of the concept that it is not told. */
  readonly unseen: readonly string[];
}

const listed = (words: string) => words.split(' ');

/** Concepts, each by six phrases and twenty more words; written before any of them was measured. */
export const GUARDED_CONCEPTS: readonly GuardedConcept[] = [
  {
    name: 'war',
    phrases: listed('war military weapons army soldiers missile'),
    unseen: listed(
      'battle troops bomb rifle tank navy combat invasion artillery gun infantry ammunition warfare soldier grenade battalion missiles fighters bombing brigade',
    ),
  },
  {
    name: 'medicine',
    phrases: listed('medicine hospital doctor disease patients surgery'),
    unseen: listed(
      'nurse clinic cancer treatment physician surgeon symptoms infection vaccine therapy diagnosis patient illness drug clinical virus diabetes transplant tumor pediatric',
    ),
  },
  {
    name: 'money',
    phrases: listed('money bank dollars finance loan currency'),
    unseen: listed(
      'cash payment banks debt euro investors credit funds lending mortgage dollar deposits bonds yen financing loans investment billion taxes pension',
    ),
  },
];
