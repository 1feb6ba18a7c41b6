"""python3 make.py INDEX TRANSLATION: queries.json.gz and lists.json.gz for the packages of ../package-descriptions, from
what `apt-cache dumpavail` of Debian 12 prints and from its Translation-en, the long descriptions."""

import gzip
import json
import random
import re
import sys

QUERIES, LEAST_WORDS, LEAST_ITEMS = 1000, 5, 5


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


def listed(package, names):
    """What it recommends or suggests; a metapackage is nothing but what it depends on."""
    kinds = ['Recommends', 'Suggests']
    if package.get('Section', '').endswith('metapackages'):
        kinds.append('Depends')
    parts = [alternative for kind in kinds for alternative in re.split('[,|]', package.get(kind, ''))]
    items = {re.split(r'[\s(:]', part.strip())[0] for part in parts} - {package['Package']}
    return sorted(names[item] for item in items if item in names)


def sentence(package):
    """The first sentence of the long description; none where it says nothing of its own."""
    lines = package['Description-en'].split('\n')[1:]
    until = next((i for i, line in enumerate(lines) if line.strip() == '.'), len(lines))
    text = ' '.join(line.strip() for line in lines[:until])
    return re.split(r'(?<=[.!?])\s+(?=[A-Z0-9])', text)[0].strip()


def words(text):
    return re.findall(r'[a-z0-9]+', text.lower())


def described(package, description):
    """The sentence less the words of the name: as somebody asks who does not know it."""
    own = set(words(package['Package'])) | {'lib' + word for word in words(package['Package'])}
    own |= {word[3:] for word in own if word.startswith('lib')}
    kept = [word for word in sentence(package).split() if not set(words(word)) & own]
    text = ' '.join(kept)
    same = set(words(text)) <= set(words(description))
    return None if same or not LEAST_WORDS <= len(kept) <= 40 else text


def first_of_each(path):
    with open(path, encoding='utf8', errors='replace') as file:
        packages = [own for own in map(fields, file.read().split('\n\n')) if 'Package' in own]
    return {own['Package']: own for own in reversed(packages)}


packages, translated = map(first_of_each, sys.argv[1:3])
with gzip.open('../package-descriptions/meta.json.gz') as file:
    rows = json.load(file)['rows']
names = {row[0]: i for i, row in enumerate(rows)}

queries, taken = [], set()
for i in random.Random(1).sample(range(len(rows)), len(rows)):
    name, description = rows[i][:2]
    text = described(translated[name], description) if name in translated else None
    # Sister packages share their long description: one of them stays.
    if text and text not in taken and len(queries) < QUERIES:
        taken.add(text)
        queries.append([i, text])
lists = [[name, own] for name, package in sorted(packages.items()) if len(own := listed(package, names)) >= LEAST_ITEMS]
for name, data in (('queries', queries), ('lists', lists)):
    with open(f'{name}.json.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as file:
        file.write(json.dumps(data, ensure_ascii=False, separators=(',', ':')).encode())
print(len(queries), len(lists), sum(len(own) for _, own in lists))
