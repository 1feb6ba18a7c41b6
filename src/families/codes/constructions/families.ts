import { linearChains } from './bch.ts';
import { binaryCodes } from './binary-chain.ts';
import { characterCodes } from './characters.ts';
import type { Construction, Family } from './contract.ts';
import { graphCodes } from './graphs.ts';
import { kerdockChains, kerdockSets } from './kerdock.ts';
import { latticeSections } from './lattice-sections.ts';
import { polytopes } from './polytopes.ts';
import { roots } from './roots.ts';
import { steinerCodes } from './steiner.ts';
import { symbolCodes } from './symbol-codes.ts';

/** Chains of nested binary codes, which also give labelled codes. */
export const chains = [...kerdockChains, ...linearChains];

const families: readonly Family[] = [
  polytopes,
  roots,
  latticeSections,
  graphCodes,
  symbolCodes,
  steinerCodes,
  characterCodes,
  kerdockSets,
  binaryCodes(chains),
];

/** All constructions of at most d dimensions without labels, the beaten ones included. */
export const everyConstruction = (d: number): Construction[] =>
  families.flatMap((family) => family(d));
