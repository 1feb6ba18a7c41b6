"""python3 make.py questions-words.txt.gz: pairs.tsv, the pairs of words of each category of the Google analogies."""

import gzip
import sys

pairs = {}
for line in gzip.open(sys.argv[1], 'rt'):
    words = line.lower().split()
    if words[0] == ':':
        own = pairs[words[1]] = {}
    else:
        own[words[0], words[1]] = own[words[2], words[3]] = True
with open('pairs.tsv', 'w') as out:
    for category, own in pairs.items():
        for a, b in own:
            out.write(f'{category}\t{a}\t{b}\n')
