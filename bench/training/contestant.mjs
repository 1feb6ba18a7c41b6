import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * A program of its own that trains one model at a time: it says its name, then answers each line "model steps"
 * with the milliseconds of each step by the clock, those of processors for all of them, and the loss after the last.
 */
export async function startContestant(command, args, env = {}) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', process.env.TAMMES_PEER_ERRORS ? 'inherit' : 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: name, done } = await lines.next();
  if (done) return undefined;
  return {
    name,
    /** Undefined where it has no such model. */
    async train(model, steps) {
      child.stdin.write(`${model} ${steps}\n`);
      const { value, done: over } = await lines.next();
      if (over) return undefined;
      const answer = JSON.parse(value);
      return answer.ms ? answer : undefined;
    },
    end: () => child.kill(),
  };
}

/** Answers the lines of `startContestant` with models made by name: `await make(name)` gives a step, or undefined. */
export async function answerTrainings(name, make) {
  console.log(name);
  const models = new Map();
  for await (const line of createInterface({ input: process.stdin })) {
    const [model, steps] = line.split(' ');
    try {
      if (!models.has(model)) models.set(model, await make(model));
      console.log(JSON.stringify(await timed(models.get(model), Number(steps))));
    } catch (error) {
      models.set(model, undefined);
      console.error(error);
      console.log('{}');
    }
  }
}

async function timed(step, steps) {
  if (!step) return {};
  const ms = [];
  let loss = 0;
  const used = process.cpuUsage();
  for (let i = 0; i < steps; i++) {
    const start = performance.now();
    loss = await step();
    ms.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(used);
  return { ms, cpuMs: (user + system) / 1000 / steps, loss };
}
