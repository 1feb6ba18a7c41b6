import type { Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { ObjectiveContext } from '../types.ts';
import { type KnownClasses, knownClasses, knownViews } from './known-rows.ts';

/** Two rows, and whether they are of one thing. */
export interface Match {
  readonly row: number;
  /** A row of the points, or of what the points are matched with. */
  readonly other: number;
  readonly matching: boolean;
}

export interface DrawnMatches {
  /** For each row that has both: a row that matches it, and one that does not. */
  readonly matches: readonly Match[];
  /** What `other` is a row of, where it is not the points: constant. */
  readonly others: Matrix | undefined;
}

/** Matches by classes, else by partners, else by where rows started. */
export function drawnMatches(
  where: string,
  points: Matrix,
  context: ObjectiveContext,
): DrawnMatches {
  const random = context.random.fork('matches');
  if (context.classes) {
    const classes = knownClasses(where, points, context);
    return { matches: byClasses(classes, random), others: undefined };
  }
  const { anchors, partners, others, othersMove } = knownViews(where, points, context);
  const matches: Match[] = [];
  anchors.forEach((row, at) => {
    const partner = partners[at];
    const taken = row === partner ? 1 : 2;
    if (others.rows <= taken) return;
    let other = random.integer(others.rows);
    while (other === row || other === partner) other = random.integer(others.rows);
    matches.push({ row, other: partner, matching: true }, { row, other, matching: false });
  });
  return { matches, others: othersMove ? undefined : others };
}

function byClasses({ of, counts }: KnownClasses, random: Random): Match[] {
  const n = of.length;
  const members = Array.from(counts, (): number[] => []);
  of.forEach((c, i) => {
    if (c >= 0) members[c].push(i);
  });
  const matches: Match[] = [];
  of.forEach((c, row) => {
    if (c < 0 || counts[c] < 2 || counts[c] === n) return;
    let mate = row;
    while (mate === row) mate = members[c][random.integer(counts[c])];
    let other = row;
    while (of[other] === c) other = random.integer(n);
    matches.push({ row, other: mate, matching: true }, { row, other, matching: false });
  });
  return matches;
}
