import type { MapInfo } from '../../contract.ts';
import { again } from '../state/making.ts';
import { can, connect, lost, session, tables } from '../state/session.ts';
import { stage } from '../state/stage.ts';
import { tool } from '../state/ui.ts';
import { cloudOf, map, preview, secondMap, shortName, tableById } from '../state/view.ts';
import { HoverCard } from './hover-card.tsx';
import { MapView } from './map-view.tsx';
import { Welcome } from './welcome.tsx';

/** The middle of the page: one map or two, the tools over it, the card under the cursor. */
export function StageArea() {
  const first = map.value;
  const second = secondMap.value;
  return (
    <main class={second ? 'stage two' : 'stage'} aria-label="Map">
      {first && (
        <figure>
          {second && <figcaption>{nameOf(first.id)}</figcaption>}
          <MapView of={first} isFirst={true} key={first.id} />
        </figure>
      )}
      {first && second && (
        <figure>
          <figcaption>{nameOf(second.id)}</figcaption>
          <MapView of={second} isFirst={false} key={second.id} />
        </figure>
      )}
      {first ? <Tools /> : <Welcome />}
      {first && !cloudOf(first) && tables.value.length > 0 && (
        <p class="waiting">Loading the map …</p>
      )}
      {first?.outdated && <Outdated of={first} />}
      <HoverCard />
      {lost.value && <Lost sentence={lost.value} />}
    </main>
  );
}

function nameOf(id: string): string {
  const of = [map.value, secondMap.value].find((one) => one?.id === id);
  return of ? `${of.title}, ${shortName(tableById(of.table)?.name)}` : '';
}

function Tools() {
  const button = (id: 'move' | 'lasso' | 'box', title: string, key: string) => (
    <button
      type="button"
      aria-pressed={tool.value === id}
      title={key ? `${title} (${key})` : title}
      onClick={() => {
        tool.value = id;
      }}
    >
      {title}
    </button>
  );
  return (
    <div class="tools" role="toolbar" aria-label="Pointer">
      {button('move', 'Move', '')}
      {button('lasso', 'Lasso', 'L')}
      {button('box', 'Box', 'B')}
      <button type="button" title="Show the whole map (Home)" onClick={() => stage.value?.fit()}>
        Fit
      </button>
    </div>
  );
}

/** Over a map of vectors that are no more. */
function Outdated({ of }: { readonly of: MapInfo }) {
  if (preview.value) return null;
  return (
    <p class="outdated">
      Where rows were before the last change.
      {of.outdated?.again && can('map-again') && (
        <button type="button" class="link" onClick={() => void again(of)}>
          Make it again from here
        </button>
      )}
    </p>
  );
}

function Lost({ sentence }: { readonly sentence: string }) {
  return (
    <div class="lost" role="alert">
      <p>{sentence}</p>
      <p>
        Start it again in the terminal and open the address that it prints. What you see here can
        still be looked at; a recipe you saved brings the steps back.
      </p>
      <button type="button" onClick={() => void connect(session()).catch(() => undefined)}>
        Try again
      </button>
    </div>
  );
}
