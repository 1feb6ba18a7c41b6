// How the time and the memory of maps grow with the rows; --help says how to run it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exponent } from './map-growth/growth.mjs';
import { page } from './map-growth/page.mjs';

const HELP = `How the time and the memory of maps grow with the rows.

  npm run build && node bench/map-growth.mjs [flags]

  --methods LIST     umap,largevis,tsne
  --rows LIST        2000,5000,10000,20000,50000,100000
  --dims N           columns of the made clusters (64)
  --large LIST       maps whose peak of memory is measured, METHOD:ROWS:OPTIONS as JSON
                     (umap:1000000:{}); 'none': none
  --engine NAME      native
  --threads N        2
  --results FILE     where results are kept (build/map-growth.json); what it has already is not run again
  --known            run nothing: what the results have already
  --write            write docs/performance/map-growth.md
  --help             this

Each map is drawn in a process of its own, one after the other. On a machine with other work read the processor
seconds; 'nice node bench/map-growth.mjs' leaves the others theirs.`;

const { values: flags } = parseArgs({
  options: {
    methods: { type: 'string', default: 'umap,largevis,tsne' },
    rows: { type: 'string', default: '2000,5000,10000,20000,50000,100000' },
    dims: { type: 'string', default: '64' },
    large: { type: 'string', default: 'umap:1000000:{}' },
    engine: { type: 'string', default: 'native' },
    threads: { type: 'string', default: '2' },
    results: { type: 'string', default: 'build/map-growth.json' },
    known: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function known() {
  try {
    return JSON.parse(readFileSync(flags.results, 'utf8'));
  } catch {
    return {};
  }
}

function drawn(method, n, options, ...more) {
  const script = fileURLToPath(new URL('./map-growth/one.mjs', import.meta.url));
  const settings = [method, flags.engine, flags.threads, n, flags.dims, options, ...more];
  const { status, stdout } = spawnSync(process.execPath, [script, ...settings.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${settings.join(' ')} ended with ${status}`);
  return { ...JSON.parse(stdout), load: loadavg()[0] };
}

/** What was asked for, run where it is not known yet. */
function results() {
  const found = known();
  const wanted = {};
  const run = (name, draw) => {
    found[name] ??= draw();
    wanted[name] = found[name];
    writeFileSync(flags.results, `${JSON.stringify(found, undefined, 1)}\n`);
    console.log(JSON.stringify(found[name]));
  };
  const setting = `${flags.dims} ${flags.engine} ${flags.threads}`;
  for (const method of flags.methods.split(','))
    for (const n of flags.rows.split(','))
      run(`${method} ${n} ${setting}`, () => drawn(method, n, '{}', 'split'));
  for (const large of flags.large === 'none' ? [] : flags.large.split(';')) {
    const [method, n, ...options] = large.split(':');
    run(`${large} ${setting}`, () => drawn(method, n, options.join(':')));
  }
  return Object.values(wanted);
}

if (flags.help) {
  console.log(HELP);
} else {
  const all = flags.known ? Object.values(known()) : results();
  const growth = flags.methods.split(',').map((method) => {
    const own = all.filter((result) => result.method === method && result.search);
    const sizes = own.map(({ n }) => n);
    const of = (seconds) => (sizes.length > 2 ? exponent(sizes, own.map(seconds)) : undefined);
    return {
      method,
      layout: of(({ layout }) => layout.cpu),
      search: of(({ search }) => search.cpu),
      whole: of(({ layout, search }) => layout.cpu + search.cpu),
    };
  });
  console.log(JSON.stringify(growth));
  if (flags.write) {
    const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}`;
    const command = ['node bench/map-growth.mjs', ...process.argv.slice(2)].join(' ');
    const url = new URL('../docs/performance/map-growth.md', import.meta.url);
    writeFileSync(url, page({ all, growth, command, machine }));
  }
}
