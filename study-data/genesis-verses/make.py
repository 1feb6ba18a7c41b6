"""python3 make.py genesis.json.gz

Cuts the World English Bible's Genesis, whose lines are wrapped and whose verse numbers are gone, into the 1,533 verses
of the French text, which has one verse a line, by the cheapest path (Gale & Church 1993, with proper names and the
signs of a broken line besides), and writes the pairs whose lengths fit as eng.txt.gz and fra.txt.gz.
"""

import gzip
import json
import math
import re
import sys

texts = json.load(gzip.open(sys.argv[1]))
french = [line.strip() for line in texts['french.txt'].strip().split('\n')]
lines = [line.strip() for line in texts['english-web.txt'].strip().split('\n')]

starts = [0]
for line in lines:
    starts.append(starts[-1] + len(line) + 1)
ratio = starts[-1] / sum(len(verse) + 1 for verse in french)


def names(text):
    return set(re.findall(r'\b[A-Z][a-z]{3,}', text))


known = set().union(*map(names, lines)) & set().union(*map(names, french))
line_names = [names(line) & known for line in lines]


def cost_of_break(i):
    """That a verse ends after line i."""
    line = lines[i]
    cost = 0 if re.search(r'[.?!]["\')]*$', line) else 1 if re.search(r'[;:,]["\')]*$', line) else 12
    if i + 1 < len(lines):
        if lines[i + 1].lstrip('"\'( ')[:1].islower():
            cost += 5
        room = len(line) + 1 + len(lines[i + 1].split(' ')[0])
        cost += -2 if room <= 56 else 1 if room > 62 else 0
    return cost


breaks = [cost_of_break(i) for i in range(len(lines))]
best = [{0: (0.0, None)}]
for verse in french:
    expected = max(1, len(verse) * ratio)
    own = names(verse) & known
    reached = {}
    for a, (cost, _) in best[-1].items():
        seen = set()
        for b in range(a + 1, min(len(lines), a + 14) + 1):
            seen = seen | line_names[b - 1]
            odd = (starts[b] - starts[a] - expected) / math.sqrt(6.8 * expected)
            total = cost + odd * odd / 2 + breaks[b - 1] + 1.5 * len(own ^ seen)
            if b not in reached or total < reached[b][0]:
                reached[b] = (total, a)
    floor = min(total for total, _ in reached.values())
    best.append({b: step for b, step in reached.items() if step[0] < floor + 80})

english = []
b = len(lines)
for j in range(len(french), 0, -1):
    a = best[j][b][1]
    english.append(re.sub(r'\s+', ' ', ' '.join(lines[a:b])))
    b = a
english.reverse()

fits = [0.6 < len(e) / (len(f) * ratio) < 1.7 for e, f in zip(english, french)]
kept = [i for i in range(len(french)) if all(fits[max(0, i - 1) : i + 2])]
for name, verses in (('eng', english), ('fra', french)):
    with open(f'{name}.txt.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as file:
        file.write(''.join(verses[i] + '\n' for i in kept).encode())
print(len(kept), 'of', len(french))
