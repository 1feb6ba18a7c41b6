import { defineFamily } from '../../method/family.ts';

const FLAGS: Readonly<Record<string, string>> = {
  'class-means': '--classes topic',
  lda: '--classes topic',
  probe: '--classes topic',
  ridge: '--scores price',
  extremes: '--scores price',
  pairs: '--pairs pairs.csv',
  formula: "--formula 'king - man'",
};

export const family = /* @__PURE__ */ defineFamily({
  id: 'directions',
  order: 140,
  title: 'Directions',
  summary:
    'Named directions of a space, fitted to labeled rows: each with draws that tell how well it is known.',
  maps: 'labeled points → directions',
  usage: ({ spec: { id } }) =>
    FLAGS[id] && `tammes explain axis vectors.npy ${FLAGS[id]} --method ${id} -o axis.safetensors`,
});
