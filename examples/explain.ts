// What does a direction mean, why are two things near, and what is left of a concept that is taken out?
import { matrix } from 'tammes';
import { loadGlove, loadPackageDescriptions } from 'tammes/datasets';
import { eraseAndJudge, explainAxis, explainPair, sortByAxis } from 'tammes/explain';

const { points, labels = [] } = await loadGlove();
const rowsOf = (words: string) => words.split(' ').map((word) => labels.indexOf(word));
const pairs = {
  a: rowsOf('slow weak cheap low high strong fast large'),
  b: rowsOf('slower weaker cheaper lower higher stronger faster larger'),
};
const { directions } = await explainAxis({ points, labels, pairs, name: 'comparative' }, 'pairs');
const sorted = sortByAxis(directions, points, { labels });
for (const word of ['rich', 'richer']) {
  const found = sorted.find(({ label }) => label === word);
  const [at, low, high] = [found?.projection, found?.low, found?.high].map((x) => x?.toFixed(2));
  console.log(`${word} lies at ${at} along ${directions.names[0]} (${low} to ${high})`);
}

const partsOf = (text: string) => {
  const names = text.split(' ');
  const rows = rowsOf(text).map((row) => points.data.subarray(100 * row, 100 * (row + 1)));
  return {
    names,
    points: matrix(Float32Array.from(rows.flatMap((x) => [...x])), rows.length, 100),
  };
};
const [a, b] = [partsOf('king of france'), partsOf('queen in paris')];
const { score, contributions } = await explainPair(a, b);
const [most] = contributions;
console.log(`${score.toFixed(3)} near, most by ${a.names[most.a]} and ${b.names[most.b]}`);

// A thousand of them, to be quick.
const packages = await loadPackageDescriptions();
const some = matrix(packages.points.data.subarray(0, 1000 * 512), 1000, 512);
const sections = packages.columns?.['section'].slice(0, 1000) as readonly string[];
const { verdict } = await eraseAndJudge({ points: some, classes: sections }, 'mean-difference');
const percent = (share: number | undefined) => `${(100 * (share ?? 0)).toFixed(1)} %`;
console.log(
  `a probe names the section of ${percent(verdict?.probeBefore.value)}, without the differences of means of ${percent(verdict?.probeAfter.value)}`,
  `(the most frequent one is ${percent(verdict?.majority)})`,
);
