import { render } from 'preact';
import { App } from './app.tsx';
import { connect as connection } from './connection/index.ts';
import { drawFirst } from './state/first-map.ts';
import { onKey } from './state/keys.ts';
import { connect, lost, sentenceOf } from './state/session.ts';

const root = document.getElementById('app');
if (root) {
  drawFirst();
  render(<App />, root);
  document.addEventListener('keydown', onKey);
  connect(connection()).catch((cause: unknown) => {
    lost.value = sentenceOf(cause);
  });
}
