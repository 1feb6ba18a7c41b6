"""python3 make.py state_union.json.gz: mends what came in another encoding (Big5) and writes texts.json.gz."""

import gzip
import json
import re
import sys

MENDED = {'¡¦': "'", '¡§': '"', '¡¨': '"', '¡X': '--', '¡K': '...', '¡@': ' '}

texts = json.load(gzip.open(sys.argv[1]))
del texts['README']
addresses = {}
for name in sorted(texts):
    text = re.sub('¡[¦§¨XK@]', lambda sign: MENDED[sign[0]], texts[name])
    addresses[name.removesuffix('.txt')] = re.sub(r'[ \t]+', ' ', re.sub(r' *\n\s*', '\n', text)).strip()
assert not any(re.search('[¡¦§¨]', text) for text in addresses.values())
with open('texts.json.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as file:
    file.write(json.dumps(addresses, ensure_ascii=False).encode())
print(len(addresses), sum(len(text.split()) for text in addresses.values()))
