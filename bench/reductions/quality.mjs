// What a map keeps of the neighbourhoods of 500 rows: trustworthiness as scikit-learn defines it, with 10 neighbours,
// and the share of the 10 nearest rows that are among the 10 nearest of the map.
const K = 10;
const MOST = 500;

/** Squared distances of row i to all rows, its own ∞. */
function distances({ data, rows: n, cols: d }, i) {
  const out = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (data[i * d + c] - data[j * d + c]) ** 2;
    out[j] = j === i ? Infinity : sum;
  }
  return out;
}

function nearest(distance, k) {
  const order = Array.from(distance.keys());
  return order.sort((a, b) => distance[a] - distance[b] || a - b).slice(0, k);
}

/** A function that judges maps of these rows. */
export function judgeOf(points) {
  const { rows: n } = points;
  const asked = Array.from({ length: Math.min(n, MOST) }, (_, s, count = Math.min(n, MOST)) =>
    Math.floor((s * n) / count),
  );
  // From 1 for the nearest.
  const ranks = asked.map((i) => {
    const out = new Int32Array(n);
    for (const [rank, j] of nearest(distances(points, i), n).entries()) out[j] = rank + 1;
    return out;
  });
  return (data) => {
    const map = { data, rows: n, cols: data.length / n };
    let [penalty, kept] = [0, 0];
    for (const [s, i] of asked.entries())
      for (const j of nearest(distances(map, i), K)) {
        penalty += Math.max(0, ranks[s][j] - K);
        if (ranks[s][j] <= K) kept += 1;
      }
    const rows = asked.length;
    return {
      trustworthiness: 1 - (2 * penalty) / (rows * K * (2 * n - 3 * K - 1)),
      recall: kept / (rows * K),
    };
  };
}
