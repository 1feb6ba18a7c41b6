import type { Step } from '../../contract.ts';
import { copy, save } from '../state/save.ts';
import { during, info, redo, session, tables, undo } from '../state/session.ts';
import { say } from '../state/toasts.ts';
import type { PanelInfo } from './contract.ts';

export const history: PanelInfo = {
  id: 'history',
  title: 'History',
  about: 'Every step so far: undo, redo, and the recipe that does them again.',
  key: '8',
  group: 'keep',
  Panel: HistoryPanel,
};

const NAME = 'recipe.json';

function HistoryPanel() {
  const now = info.value;
  if (!now) return null;
  const command = `npx tammes studio replay ${NAME} ${tables.value.map(({ name }) => quoted(name)).join(' ')} -o results`;
  return (
    <>
      <section>
        <h3>Steps</h3>
        {now.steps.length === 0 ? (
          <p class="empty">
            No step yet. A map, a measurement, a selection are steps; looking is none.
          </p>
        ) : (
          <ol class="steps">
            {now.steps.map((step, i) => (
              <li key={i}>
                <b>{step.action}</b>
                <small>{parametersInWords(step)}</small>
                {step.digest && <code title={step.digest}>{step.digest.slice(0, 8)}</code>}
              </li>
            ))}
          </ol>
        )}
        <p class="buttons">
          <button type="button" disabled={!now.canUndo} onClick={() => void undo()}>
            Undo
          </button>
          <button type="button" disabled={!now.canRedo} onClick={() => void redo()}>
            Redo
          </button>
        </p>
      </section>
      <section>
        <h3>Do it again</h3>
        <p class="small">
          The recipe holds the files' hashes and every step. Replayed, it gives the same bytes, and
          says so where it does not.
        </p>
        <p class="buttons">
          <button type="button" onClick={() => void saveRecipe()}>
            Save the recipe
          </button>
          <button type="button" onClick={() => void copyRecipe()}>
            Copy it
          </button>
        </p>
        <pre>
          <code>{command}</code>
        </pre>
        <button
          type="button"
          class="link"
          onClick={() => {
            void copy(command).then((isDone) =>
              say(isDone ? 'The command is copied.' : 'The browser does not allow copying here.'),
            );
          }}
        >
          Copy the command
        </button>
      </section>
    </>
  );
}

async function recipe(): Promise<string | undefined> {
  const made = await during('Recipe', () => session().recipe());
  return made && `${JSON.stringify(made, null, 2)}\n`;
}

async function saveRecipe(): Promise<void> {
  const text = await recipe();
  if (text) save(NAME, text, 'application/json');
}

async function copyRecipe(): Promise<void> {
  const text = await recipe();
  if (text)
    say((await copy(text)) ? 'The recipe is copied.' : 'The browser does not allow copying here.');
}

function parametersInWords({ parameters }: Step): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${valueInWords(value)}`)
    .join(', ');
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length > 3 ? `(${value.length})` : value.join(', ');
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, one]) => `${name} ${String(one)}`);
    return parts.length > 0 ? `{${parts.join(', ')}}` : 'as usual';
  }
  return String(value);
}

function quoted(name: string): string {
  return /^[\w./:@-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
