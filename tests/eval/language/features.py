"""What lib/text/language.c sees in a text: words, and the n-grams of a word. Must stay its equal:
tests/unit/test-language.c checks scores that `train` wrote with these functions."""
import re
import unicodedata

MAX_N = 5          # n-grams of 1 to 5 letters, boundary marks included
MAX_WHOLE = 12     # a word of 4 to 12 letters is also one feature as a whole
MAX_WORD = 40      # letters of a word that count
MARK = '_'
FOREIGN = 'ж'      # stands for every letter that is not Latin

# What everyone says, whatever their language.
NEUTRAL = {'ok', 'okk', 'lol', 'xd', 'haha', 'hahaha', 'hehe', 'hihi', 'hmm', 'mm'}

SKIP_CHUNK = re.compile(r'://|^www\.|@', re.A | re.I)
SKIP_PART = re.compile(r'\[[A-Z0-9_-]+\]|<[A-Z0-9_-]+>|&#?[a-zA-Z0-9]+;')
APOSTROPHES = "'’ʼ"
INVISIBLE = re.compile('[\u00ad\u200b-\u200d\u2060\ufeff]')
COMBINING = re.compile('[\u0300-\u036f]')


def fold(text):
    """Lower case, composed, letter by letter."""
    text = unicodedata.normalize('NFC', INVISIBLE.sub('', text)).lower()
    return COMBINING.sub('', unicodedata.normalize('NFC', text))


def letter(c):
    if not c.isalpha():
        return None
    code = ord(c)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return c
    return FOREIGN


def is_letter(c):
    return c not in APOSTROPHES and letter(c) is not None


def words_of_chunk(chunk):
    """The folded words of a run without white space."""
    if SKIP_CHUNK.search(chunk):
        return []
    text = fold(SKIP_PART.sub(' ', chunk))
    words, word = [], []
    for i, c in enumerate(text):
        mapped = letter(c)
        if c in APOSTROPHES:
            mapped = "'" if word and i + 1 < len(text) and is_letter(text[i + 1]) else None
        if mapped is None:
            if word:
                words.append(''.join(word))
            word = []
        elif not (len(word) > 1 and word[-1] == mapped and word[-2] == mapped) and len(word) < MAX_WORD:
            word.append(mapped)
    if word:
        words.append(''.join(word))
    return [word for word in words if word not in NEUTRAL]


def words_of(text):
    return [word for chunk in text.split() for word in words_of_chunk(chunk)]


def ngrams_of(word):
    """The features of a folded word, with repetition."""
    marked = MARK + word + MARK
    out = []
    for i in range(len(marked)):
        for n in range(1, MAX_N + 1):
            if i + n > len(marked):
                break
            gram = marked[i:i + n]
            if gram != MARK:
                out.append(gram)
    if MAX_N - 2 < len(word) <= MAX_WHOLE:
        out.append(marked)
    return out
