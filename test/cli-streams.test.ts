import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { read } from '../src/io/index.ts';
import { bin, commandIn } from './shared/command.ts';

const { folder, at, tammes } = commandIn('tammes-streams-');

/** Runs a line of shell in the folder, where `tammes` is the command. */
function shell(line: string, input = '') {
  const command = `tammes() { "${process.execPath}" "${bin}" "$@"; }\n${line}`;
  const run = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', input });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const TABLE = 'label,x0,x1\na,0.1,0.2\nb,0.3,0.4\n';

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(at('new.csv'), TABLE);
});

const onLinux = describe.skipIf(process.platform !== 'linux');

onLinux('standard output by a name', () => {
  test('a redirection that appends keeps what was there, and the link stays a link', () => {
    writeFileSync(at('all.csv'), 'label,x0,x1\nold,1,2\n');
    symlinkSync('/proc/self/fd/1', at('mystdout'));
    const { code } = shell('tammes convert new.csv mystdout --to csv >> all.csv');
    expect(code).toBe(0);
    expect(readFileSync(at('all.csv'), 'utf8')).toBe(`label,x0,x1\nold,1,2\n${TABLE}`);
    expect(lstatSync(at('mystdout')).isSymbolicLink()).toBe(true);
  });

  test('what was written before stays in front, through any link to the stream', () => {
    symlinkSync('/dev', at('devices'));
    symlinkSync('devices/stdout', at('out'));
    const two = 'tammes convert new.csv out --to csv; tammes convert new.csv - --to csv';
    const { err } = shell(`(echo "# begin"; ${two}) > out.csv`);
    expect(readFileSync(at('out.csv'), 'utf8')).toBe(`# begin\n${TABLE}${TABLE}`);
    expect(err.trim().split('\n')).toHaveLength(2);
    expect(lstatSync(at('out')).isSymbolicLink()).toBe(true);
  });

  test('another stream of the process is written where it stands', () => {
    writeFileSync(at('all.csv'), 'old\n');
    const { code, out } = shell('tammes convert new.csv /dev/fd/3 --to csv 3>> all.csv');
    expect([code, out]).toEqual([0, '']);
    expect(readFileSync(at('all.csv'), 'utf8')).toBe(`old\n${TABLE}`);
  });

  test('a stream of another process is refused', () => {
    const { code, err } = shell('tammes convert new.csv /proc/$$/fd/1 --to csv > out.csv');
    expect(code).toBe(1);
    expect(err).toMatch(/this is a stream of another process; name a file\.\n$/);
  });

  test('a named pipe gets the bytes and stays a pipe', () => {
    const { out } = shell(
      'mkfifo pipe; tammes convert new.csv pipe --to csv 2> err & cat pipe; wait',
    );
    expect(out).toBe(TABLE);
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  });

  test('a link to a file that is not there yet makes that file', () => {
    symlinkSync('later.csv', at('link.csv'));
    expect(tammes('convert', 'new.csv', 'link.csv').code).toBe(0);
    expect(readFileSync(at('later.csv'), 'utf8')).toBe(TABLE);
    expect(lstatSync(at('link.csv')).isSymbolicLink()).toBe(true);
  });

  test('links in a circle are one sentence', () => {
    symlinkSync('b.csv', at('a.csv'));
    symlinkSync('a.csv', at('b.csv'));
    for (const args of [
      ['convert', 'new.csv', 'a.csv'],
      ['info', 'a.csv'],
    ]) {
      const { code, err } = tammes(...args);
      expect(code).toBe(1);
      expect(err).toBe('a.csv: too many links lead to one another.\n');
    }
  });
});

describe('- is standard input and output', () => {
  test.each(['csv', 'jsonl', 'parquet', 'arrow', 'fvecs', 'npy', 'npz', 'safetensors'])(
    '%s goes through a pipe and back, alone on standard output',
    async (format) => {
      tammes('convert', 'new.csv', 'file', '--to', format);
      const { code } = shell(
        `tammes convert new.csv - --to ${format} | tee piped | tammes convert - back.csv`,
      );
      expect(code).toBe(0);
      // An archive has the time in it; what it holds is the same.
      if (format !== 'npz') expect(readFileSync(at('piped'))).toEqual(readFileSync(at('file')));
      expect((await read(at('back.csv'))).points).toEqual((await read(at('new.csv'))).points);
    },
  );

  test('the summary is on standard error', () => {
    const { out, err } = shell('tammes convert - - --to csv', TABLE);
    expect(out).toBe(TABLE);
    expect(err).toBe('standard output: 2 × 2, csv\n');
  });

  test('without --to the format is not known', () => {
    for (const args of [
      ['convert', 'new.csv', '-'],
      ['disperse', 'new.csv', '-o', '-'],
      ['code', '--count', '4', '--dim', '3', '-o', '-'],
      ['measure', 'new.csv', '--save-rows', '-'],
    ]) {
      const { code, out, err } = tammes(...args);
      expect([code, out], args.join(' ')).toEqual([1, '']);
      expect(err).toBe(
        'standard output: a stream has no extension to name the format; say which by --to (format).\n',
      );
    }
  });

  test('every command with an output writes the data there and its numbers beside', async () => {
    const points = Array.from({ length: 30 }, (_, i) => `${Math.cos(i)},${Math.sin(i)},${i % 3}`);
    writeFileSync(at('points.csv'), `a,b,c\n${points.join('\n')}\n`);
    const rows = (text: string) => text.trim().split('\n').length;
    for (const [args, lines] of [
      ['disperse points.csv -o - --to csv --steps 3', 31],
      ['code --count 6 --dim 3 -o - --to csv', 7],
      ['measure points.csv --null none --metrics hubness --save-rows - --to csv', 31],
    ] as const) {
      const { code, out, err } = shell(`tammes ${args}`);
      expect(code, err).toBe(0);
      expect(rows(out), args).toBe(lines);
      expect(err).not.toBe('');
    }
    const { code, out } = shell('tammes measure points.csv --null none --report - | head -c 15');
    expect([code, out.toLowerCase()]).toEqual([0, '<!doctype html>']);
  });

  test('two things do not go to standard output at once', () => {
    for (const args of [
      ['convert', 'new.csv', '-', '--to', 'csv', '--json'],
      ['measure', 'new.csv', '--report', '-', '--sarif', '-'],
      ['compare', 'new.csv', 'new.csv', '--report', '-', '--json'],
    ]) {
      const { code, out, err } = tammes(...args);
      expect([code, out], args.join(' ')).toEqual([2, '']);
      expect(err).toMatch(/must be a file where --[a-z]+ goes to standard output; got "-"\.\n$/);
    }
  });

  test('standard input stands for one file', () => {
    const { code, err } = shell('tammes compare - -', TABLE);
    expect(code).toBe(1);
    expect(err).toBe('standard input: it was read already; it can stand for one file only.\n');
  });

  test('standard input serves the flags that name a file', () => {
    const { code, out } = shell(
      'tammes code --count 6 --dim 3 -o - --to npy --quiet 2> /dev/null | tammes code --verify -',
    );
    expect(code).toBe(0);
    expect(out).toContain('6 points in 3 dimensions: smallest angle 90.0000000000°');
    const labelled = 'tammes measure new.csv --metrics hubness --null none --json --metadata -';
    const joined = shell(labelled, 'label,kind\nb,x\na,y\n');
    expect(joined.err).toContain('standard input: joined by "label".');
    expect(JSON.parse(joined.out)).toMatchObject({ n: 2 });
  });

  test.skipIf(process.platform !== 'linux')('it is read by its other names, too', () => {
    for (const name of ['/dev/stdin', '/proc/self/fd/0']) {
      expect(shell(`tammes convert ${name} - --to csv < new.csv`).out).toBe(TABLE);
      expect(shell(`tammes convert ${name} - --to csv`, TABLE).out).toBe(TABLE);
    }
  });

  test('nothing on standard input is an empty file', () => {
    expect(shell('tammes info -').err).toBe('standard input: the file is empty.\n');
  });
});

describe('a reader that goes away', () => {
  test.each(['--help', 'measure --help', 'methods', 'info new.csv', 'convert new.csv - --to csv'])(
    'ends tammes %s quietly',
    (args) => {
      const { err } = shell(`{ tammes ${args} 2> err; echo $? > code; } | true`);
      expect(err).toBe('');
      expect(readFileSync(at('code'), 'utf8')).toBe('0\n');
      expect(readFileSync(at('err'), 'utf8').replace(/^standard output: 2 × 2, csv\n$/, '')).toBe(
        '',
      );
    },
  );

  test('the lines it has taken are whole', () => {
    const { out, err } = shell('tammes measure new.csv --null none --quiet | head -1');
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toBe('');
  });
});

onLinux('a full disk', () => {
  test.each(['measure new.csv --json --null none', '--help', 'convert new.csv - --to csv'])(
    'is one sentence for tammes %s',
    (args) => {
      const { code, err } = shell(`tammes ${args} > /dev/full`);
      expect(code).toBe(1);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toMatch(/full|no space left/);
    },
  );
});

onLinux('a file that may not grow', () => {
  test('is a sentence, and not a shorter output with exit code 0', () => {
    const line = 'trap "" XFSZ; ulimit -f 4; tammes methods > out.txt; echo $? >&2';
    expect(shell(line).err).toBe(
      'standard output: the file would be larger than allowed here; not all was written.\n1\n',
    );
  });
});

describe('several files as one table', () => {
  const part = (name: string, ...rows: string[]) =>
    writeFileSync(at(name), ['label,x0,x1', ...rows, ''].join('\n'));

  test('a quoted pattern, a folder and names of a shell give the same rows in natural order', () => {
    mkdirSync(at('parts'));
    for (const [i, name] of [1, 2, 10].entries()) part(`parts/part-${name}.csv`, `r${i},${i},1`);
    const whole = 'label,x0,x1\nr0,0,1\nr1,1,1\nr2,2,1\n';
    for (const names of ["'parts/part-*.csv'", 'parts', 'parts/part-*.csv']) {
      const { out } = shell(`tammes convert ${names} - --to csv`);
      expect(out, names).toBe(whole);
    }
    const kept = shell('tammes convert parts/part-10.csv parts/part-2.csv - --to csv');
    expect(kept.err).toContain('The files are read in the natural order of their names');
    const { out } = shell('tammes convert parts/part-2.csv parts/part-1.csv - --to csv');
    expect(out).toBe('label,x0,x1\nr1,1,1\nr0,0,1\n');
    const info = JSON.parse(tammes('info', 'parts/part-*.csv', '--json').out);
    expect(info).toMatchObject({ rows: 3, cols: 2, files: { length: 3 } });
    const found = tammes('measure', 'parts', '--null', 'none', '--json');
    expect(JSON.parse(found.out)).toMatchObject({ n: 3, d: 2 });
    const drawn = tammes('measure', 'parts', '--sample', '2', '--null', 'none', '--json');
    expect(JSON.parse(drawn.out)).toMatchObject({ n: 2, d: 2 });
  });

  test('where each file is a table of its own, a pattern stands for several', () => {
    for (const name of ['run-2.csv', 'run-10.csv', 'run-1.csv'])
      part(name, 'a,1,2', 'b,2,1', 'c,3,4');
    const { files } = JSON.parse(tammes('track', 'run-*.csv', '--json').out);
    expect(files).toEqual(['run-1.csv', 'run-2.csv', 'run-10.csv']);
  });

  test('--metadata joins columns, which can be classes, and travel', () => {
    part('vectors.csv', 'a,1,2', 'b,2,1', 'c,1,3', 'd,3,1');
    writeFileSync(at('facts.csv'), 'id,kind\nd,low\nc,high\nb,low\na,high\n');
    const { out, err } = shell('tammes convert vectors.csv - --to csv --metadata facts.csv');
    expect(out).toBe('label,kind,x0,x1\na,high,1,2\nb,low,2,1\nc,high,1,3\nd,low,3,1\n');
    expect(err).toContain('facts.csv: joined by "id".');
    const measured = ['--classes', 'kind', '--metrics', 'labels', '--null', 'none', '--json'];
    const { code } = tammes('measure', 'vectors.csv', '--metadata', 'facts.csv', ...measured);
    expect(code).toBe(0);
  });
});

test('a shipped data set stands wherever vectors are read', () => {
  const { out } = tammes('info', 'dataset:cora', '--json');
  expect(JSON.parse(out)).toMatchObject({ format: 'dataset', rows: 2708, cols: 1433 });
  const { code, err } = tammes('convert', 'dataset:cora', 'cora.npy');
  expect([code, err]).toEqual([
    0,
    'npy has no place for subject: left out.\ncora.npy: 2708 × 1433, npy\n',
  ]);
  const wrong = tammes('info', 'dataset:none');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('dataset:glove');
});

test('BEIR files are judged by their own names', () => {
  const rows = (prefix: string, words: string) =>
    Array.from({ length: 6 }, (_, i) =>
      JSON.stringify({
        _id: `${prefix}${i}`,
        text: `${words} ${i % 3}`,
        embedding: [Math.cos(i), Math.sin(i), 0.1],
      }),
    ).join('\n');
  writeFileSync(at('corpus.jsonl'), rows('d', 'text'));
  writeFileSync(at('queries.jsonl'), rows('q', 'what'));
  const lines = Array.from({ length: 6 }, (_, i) => [`q${i}`, `d${i}`, '1']);
  for (const separator of ['\t', ',']) {
    const text = [['query-id', 'corpus-id', 'score'], ...lines].map((line) => line.join(separator));
    writeFileSync(at('qrels'), text.join('\n'));
    for (const label of [['--label', '_id'], []]) {
      const args = ['--queries', 'queries.jsonl', '--relevance', 'qrels', '--metrics', 'labels'];
      const { out, err } = tammes('measure', 'corpus.jsonl', ...args, ...label, '--json');
      expect(err).not.toContain('names the query');
      const { metrics } = JSON.parse(out) as { metrics: { id: string; value: number }[] };
      const found = new Map(metrics.map(({ id, value }) => [id, value]));
      expect([found.get('recall'), found.get('reciprocal-rank')]).toEqual([1, 1]);
    }
  }
});
