export function App() {
  return <main>Tammes studio</main>;
}
