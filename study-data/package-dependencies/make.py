"""python3 make.py INDEX: fields.json.gz and examples.gz from what `apt-cache dumpavail` of Debian 12 prints."""

import collections
import gzip
import itertools
import json
import random
import re
import struct
import sys

POSITIVES, NEGATIVES, POWER = 45000, 2, 0.75
LEAST_ITEMS, LEAST_DEPENDENTS = 4, 3
KINDS = ('Pre-Depends', 'Depends', 'Recommends', 'Suggests', 'Enhances')


def fields(block):
    out, key = {}, None
    for line in block.split('\n'):
        if line[:1] in (' ', '\t'):
            if key:
                out[key] += '\n' + line
        elif ':' in line:
            key, value = line.split(':', 1)
            out[key] = value.strip()
    return out


def named_in(package, kinds, between):
    """Packages without their versions, in order; of alternatives the first where only commas part them."""
    parts = [part for kind in kinds for part in re.split(between, package.get(kind, ''))]
    return dict.fromkeys(re.split(r'[\s(:|]', part.strip())[0] for part in parts)


def source(name):
    return packages[name].get('Source', name).split()[0]


def maintainer(name):
    """Without the address."""
    return packages[name]['Maintainer'].split('<')[0].strip(' "')


with open(sys.argv[1], encoding='utf8', errors='replace') as file:
    blocks = [own for own in map(fields, file.read().split('\n\n')) if 'Package' in own]
packages = {own['Package']: own for own in reversed(blocks)}
built = collections.defaultdict(list)
for name in sorted(packages):
    built[source(name)].append(name)

# What is built from one source counts once, and not what it needs of its own.
needed = {}
for own, names in built.items():
    items = dict.fromkeys(item for name in names for item in named_in(packages[name], KINDS[:2], ','))
    needed[own] = [item for item in items if item in packages and source(item) != own]
dependents = collections.Counter(item for items in needed.values() for item in items)
needed = {own: [item for item in items if dependents[item] >= LEAST_DEPENDENTS] for own, items in needed.items()}

draw = random.Random(1)
chosen, positives = [], 0
for own in draw.sample(sorted(needed), len(needed)):
    if len(needed[own]) >= LEAST_ITEMS and positives < POSITIVES:
        chosen.append(own)
        positives += len(needed[own])
true = {
    own: {item for name in built[own] for item in named_in(packages[name], KINDS, '[,|]')} for own in chosen
}

# Negatives as independent of the positives as clicks are: items by what all of Debian needs, packages by a rate of
# which the count of their positives is a Poisson draw. Exactly two a positive would tell the label left out.
items = sorted(item for item, count in dependents.items() if count >= LEAST_DEPENDENTS)
by_item = list(itertools.accumulate(dependents[item] ** POWER for item in items))
by_package = list(itertools.accumulate(draw.gammavariate(len(needed[own]), 1) for own in chosen))
drawn = {own: {} for own in chosen}
left = NEGATIVES * positives
while left:
    own, = draw.choices(chosen, cum_weights=by_package)
    item, = draw.choices(items, cum_weights=by_item)
    if item not in true[own] and source(item) != own and item not in drawn[own]:
        drawn[own][item] = 0
        left -= 1
examples = []
for own in chosen:
    mine = [(own, item, 1) for item in needed[own]] + [(own, item, 0) for item in drawn[own]]
    examples += draw.sample(mine, len(mine))

columns = {
    'package': lambda own, _: own,
    'maintainer': lambda own, _: maintainer(built[own][0]),
    'section': lambda own, _: packages[built[own][0]]['Section'],
    'item': lambda _, item: item,
    'item section': lambda _, item: packages[item]['Section'],
}
named, packed = [], []
for title, value in columns.items():
    column = [value(own, item) for own, item, _ in examples]
    # Ids carry no order: neither the alphabet nor how often they come.
    values = draw.sample(sorted(set(column)), len(set(column)))
    place = {value: i for i, value in enumerate(values)}
    named.append({'name': title, 'values': values})
    packed.append(struct.pack(f'<{len(column)}H', *(place[value] for value in column)))
packed.append(bytes(label for _, _, label in examples))
texts = json.dumps({'examples': len(examples), 'fields': named}, ensure_ascii=False, separators=(',', ':'))
for name, data in (('fields.json', texts.encode()), ('examples', b''.join(packed))):
    with open(f'{name}.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as file:
        file.write(data)
print(len(examples), sum(label for *_, label in examples), {own['name']: len(own['values']) for own in named})
