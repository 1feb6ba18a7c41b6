import { useRef } from 'preact/hooks';
import { count } from '../../../report/format.ts';
import { openFiles } from '../state/opening.ts';
import { query, search } from '../state/search.ts';
import { info, lost, tables } from '../state/session.ts';
import { isHelpOpen, nextTheme, theme } from '../state/ui.ts';
import { chooseTable, shortName, table, tier } from '../state/view.ts';

const THEME_NAMES = { auto: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' };

/** Which files, what to look for, and how it is computed and drawn. */
export function TopBar() {
  return (
    <header class="top">
      <h1>Tammes</h1>
      <Files />
      <SearchBox />
      <div class="facts">
        {tier.value && (
          <span title={tier.value.about}>{TIER_NAMES[tier.value.tier] ?? tier.value.tier}</span>
        )}
        {info.value && <span title="What computes">{info.value.engine}</span>}
        {lost.value && <span class="bad">Not connected</span>}
      </div>
      <button type="button" class="quiet" onClick={nextTheme} title="T">
        {THEME_NAMES[theme.value]}
      </button>
      <button
        type="button"
        class="quiet"
        title="?"
        onClick={() => {
          isHelpOpen.value = true;
        }}
      >
        Keys
      </button>
    </header>
  );
}

function Files() {
  return (
    <div class="files">
      {tables.value.map(({ id, name, rows, columns }) => (
        <button
          type="button"
          key={id}
          class={id === table.value?.id ? 'file taken' : 'file'}
          aria-pressed={id === table.value?.id}
          title={name}
          onClick={() => chooseTable(id)}
        >
          <b>{shortName(name)}</b>
          <small>
            {count(rows)} × {count(columns)}
          </small>
        </button>
      ))}
      <OpenButton words={tables.value.length > 0 ? 'Add a file' : 'Open a file'} />
    </div>
  );
}

export function OpenButton({
  words,
  look = 'quiet',
}: {
  readonly words: string;
  readonly look?: 'quiet' | 'main';
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={look} onClick={() => input.current?.click()}>
        {words}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={words}
        onChange={(event) => {
          void openFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

const TIER_NAMES: Readonly<Record<string, string>> = {
  cpu: 'processor',
  webgl2: 'WebGL2',
  webgpu: 'WebGPU',
};
const HITS = 20;

function SearchBox() {
  const of = table.value;
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (of) void search(of.id, query.value, HITS);
      }}
    >
      <input
        id="search"
        type="search"
        autocomplete="off"
        spellcheck={false}
        disabled={!of}
        aria-label="Search rows"
        placeholder="Search: a label, row 17, king - man + woman"
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
        }}
      />
      <span class="kbd" aria-hidden="true">
        /
      </span>
    </form>
  );
}
