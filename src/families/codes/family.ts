import { defineFamily } from '../../method/family.ts';

/** Codes have one command each, or none. */
const COMMANDS: Readonly<Record<string, string>> = {
  'best-code': 'tammes code --count 24 --dim 3 -o code.npy',
  'line-code': 'tammes code --count 100 --dim 32 --lines -o lines.npy',
  'minimal-energy': 'tammes code --count 32 --dim 3 --energy thomson -o charges.npy',
  'affinity-code': 'tammes code --targets cosines.npy --dim 8 -o classes.npy',
  'semantic-assignment': 'tammes code --count 77 --dim 32 --assign meanings.npy -o classes.npy',
  'verified-code': 'tammes code --verify code.npy',
};

export const family = /* @__PURE__ */ defineFamily({
  id: 'codes',
  order: 30,
  title: 'Codes',
  summary: 'The best-separated points of the sphere, with proven bounds.',
  maps: 'size → points',
  usage: ({ spec: { id } }) => COMMANDS[id],
});
