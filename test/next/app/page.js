'use client';
import { useEffect, useState } from 'react';
import { answer } from '../program.js';

export default function Page() {
  const [text, setText] = useState('');
  useEffect(() => {
    void answer().then((found) => setText(JSON.stringify(found)));
  }, []);
  return <pre id="answer">{text}</pre>;
}
