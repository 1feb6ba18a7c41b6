import type { AnyMethod } from '../method/method.ts';

/** Codes have one command each, or none. */
const CODES: Readonly<Record<string, string>> = {
  'best-code': 'tammes code --count 24 --dim 3 -o code.npy',
  'line-code': 'tammes code --count 100 --dim 32 --lines -o lines.npy',
  'minimal-energy': 'tammes code --count 32 --dim 3 --energy thomson -o charges.npy',
  'affinity-code': 'tammes code --targets cosines.npy --dim 8 -o classes.npy',
  'semantic-assignment': 'tammes code --count 77 --dim 32 --assign meanings.npy -o classes.npy',
  'verified-code': 'tammes code --verify code.npy',
};

/** The flags that give a metric what it must know of the rows. */
const FACTS: Readonly<Record<string, string>> = {
  classes: '--classes COLUMN',
  scores: '--scores COLUMN',
  frequencies: '--frequencies COLUMN',
  answers: '--queries queries.npy --relevance qrels.tsv',
};

/** How a method is called on the command line, if it is. */
export function methodCommand(method: AnyMethod): string | undefined {
  const { id, family } = method.spec;
  switch (family) {
    case 'objectives': {
      const objective = id === 'fidelity' ? "'uniformity + 0.1*fidelity'" : id;
      return `tammes disperse vectors.npy -o spread.npy --objective ${objective}`;
    }
    case 'optimizers':
      return `tammes disperse vectors.npy -o spread.npy --optimizer ${id} --learning-rate ${id === 'riemannian-adam' ? '0.01' : '0.1'}`;
    case 'codes':
      return CODES[id];
    case 'metrics': {
      const needs = 'needs' in method && typeof method.needs === 'string' ? method.needs : '';
      return ['tammes measure vectors.npy --metrics', id, FACTS[needs]].filter(Boolean).join(' ');
    }
    case 'comparisons': {
      const unpaired = 'meaning' in method && isUnpaired(method.meaning);
      return `tammes compare a.npy b.npy${unpaired ? ' --rows none' : ''} # all comparisons at once`;
    }
    case 'neighbors':
      return `tammes measure vectors.npy --save-neighbors lists.npz --correct ${id}`;
    default:
      return undefined;
  }
}

function isUnpaired(meaning: unknown): boolean {
  return (meaning as { readonly rows?: string }).rows === 'unpaired';
}
