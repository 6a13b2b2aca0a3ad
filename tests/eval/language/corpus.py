"""Running text by language, from unpacked Debian packages (see `fetch`) and our own everyday sentences.

read_packages(root) gives {class: [sentence, ...]}, the same for the same packages.
"""
import collections
import gettext
import html
import json
import os
import re
import zipfile

# The classes of the model, in the order of its weights. fi, en and sv are what voc tells; the others
# are background and end as `und`: Estonian, Norwegian and Danish, German and Dutch, Romance, the rest.
CLASSES = ['fi', 'en', 'sv', 'et', 'no', 'de', 'ro', 'xx']

CODES = {
    'fi': 'fi', 'en': 'en', 'sv': 'sv', 'et': 'et', 'vro': 'et', 'nb': 'no', 'nn': 'no', 'no': 'no', 'da': 'no',
    'de': 'de', 'nl': 'de', 'fr': 'ro', 'es': 'ro', 'gl': 'ro', 'ca': 'ro', 'pt': 'ro', 'it': 'ro', 'ro': 'ro',
    'pl': 'xx', 'cs': 'xx', 'sk': 'xx', 'sl': 'xx', 'hr': 'xx', 'bs': 'xx',
    'lt': 'xx', 'lv': 'xx', 'hu': 'xx', 'tr': 'xx', 'is': 'xx', 'fo': 'xx', 'so': 'xx', 'vi': 'xx',
    'id': 'xx', 'tl': 'xx', 'sw': 'xx', 'sq': 'xx', 'eu': 'xx', 'cy': 'xx', 'ga': 'xx', 'ku-latn': 'xx', 'se': 'xx',
    'az': 'xx', 'mt': 'xx', 'la': 'xx', 'eo': 'xx',
    'ru': 'xx', 'uk': 'xx', 'bg': 'xx', 'sr': 'xx', 'el': 'xx', 'ar': 'xx', 'he': 'xx', 'fa': 'xx', 'hi': 'xx',
    'th': 'xx', 'zh-hans': 'xx', 'ja': 'xx', 'ko': 'xx', 'ka': 'xx', 'hy': 'xx', 'am': 'xx', 'ckb': 'xx', 'ta': 'xx',
}

# Most sentences taken of one language: a class of many languages takes less of each.
SHARE = {'fi': 40000, 'en': 40000, 'sv': 40000, 'et': 40000, 'no': 25000, 'de': 30000, 'ro': 12000, 'xx': 4000}

# class, package, file, encoding
WORD_LISTS = [
    ('sv', 'wswedish', 'usr/share/dict/swedish', 'iso-8859-1'),
    ('no', 'wnorwegian', 'usr/share/dict/bokmaal', 'iso-8859-1'),
    ('no', 'wdanish', 'usr/share/dict/danish', 'utf-8'),
    ('de', 'wngerman', 'usr/share/dict/ngerman', 'utf-8'),
    ('en', 'wamerican', 'usr/share/dict/american-english', 'utf-8'),
    ('et', 'myspell-et', 'usr/share/hunspell/et_EE.dic', 'iso-8859-15'),
]

JUNK = re.compile(r'<[^>]*>|https?:\S+|\{\{[^}]*\}\}|\[\[[^\]|]*\||\]\]|\[\[|%\(\w+\)\w|%[-0-9.$ ]*l?[a-zA-Z]|\$\d|\$\{?\w+\}?|&\w+;|#\w+')
WORDY = re.compile(r"^[\w\s.,;:!?'’\"()\-–—…%/«»„“”]+$")
SPLIT = re.compile(r'(?<=[.!?…])\s+|\n\s*\n|\s[•*]\s')


def sentences(text):
    """The parts of a text that look like prose: three words or more, next to no symbols."""
    text = JUNK.sub(' ', html.unescape(text)).replace('_', '').replace('&', '').replace('~', '')
    for part in SPLIT.split(text):
        part = ' '.join(part.split())
        if not 8 <= len(part) <= 400 or not WORDY.match(part):
            continue
        words = part.split()
        letters = sum(c.isalpha() for c in part)
        if len(words) >= (2 if letters > 12 else 3) and letters > 0.7 * len(part) - 2:
            yield part


def add_catalogue(path, code, out):
    with open(path, 'rb') as file:
        try:
            catalogue = gettext.GNUTranslations(file)._catalog
        except (UnicodeDecodeError, OSError, ValueError):
            return
    for source, target in catalogue.items():
        source = source[0] if isinstance(source, tuple) else source
        if not source or not isinstance(source, str) or source == target:
            continue
        source = source.split('\x04')[-1]
        out[code].extend(sentences(target))
        out['en'].extend(sentences(source))


def add_json(path, code, out):
    with open(path, encoding='utf-8') as file:
        messages = json.load(file)
    for key, value in messages.items():
        if isinstance(value, str) and not key.startswith('@'):
            out[code].extend(sentences(value))


def add_html(path, code, out):
    with open(path, encoding='utf-8', errors='replace') as file:
        text = file.read()
    for paragraph in re.findall(r'<p(?:\s[^>]*)?>(.*?)</p>', text, re.S):
        out[code].extend(sentences(paragraph))


def add_langpack(path, code, out):
    with zipfile.ZipFile(path) as pack:
        for name in sorted(pack.namelist()):
            if name.endswith(('.ftl', '.properties')):
                for line in pack.read(name).decode('utf-8', 'replace').splitlines():
                    match = re.match(r'^\s*[\w.-]+\s*=\s*(.+)$', line)
                    if match:
                        out[code].extend(sentences(re.sub(r'\{[^}]*\}', ' ', match.group(1))))


def add_fortunes(path, code, out):
    with open(path, encoding='utf-8', errors='replace') as file:
        for fortune in file.read().split('\n%'):
            if '�' not in fortune:
                out[code].extend(sentences(re.sub(r'\s*\n\s*', ' ', fortune)))


def code_of(name):
    """The language code in a folder's or file's name, None when we have no use for it."""
    for code in (name, name.lower(), name.split('_')[0], name.split('-')[0]):
        if code in CODES and '@' not in name:
            return code
    return None


def read_file(path, package, out):
    parts = path.split('/')
    name = parts[-1]
    if name.endswith('.mo') and 'LC_MESSAGES' in parts:
        code = code_of(parts[parts.index('LC_MESSAGES') - 1])
        if code:
            add_catalogue(path, code, out)
    elif name.endswith('.json') and 'i18n' in parts and 'api' not in parts:
        code = name[:-5]
        if code in CODES:
            add_json(path, code, out)
    elif name.endswith('.html') and package.startswith('libreoffice-help-'):
        add_html(path, package.split('-')[2], out)
    elif name.endswith('manual.html') and package.startswith('debian-edu-doc-'):
        code = code_of(package.replace('legacy-', '').split('-', 3)[3])
        if code:
            add_html(path, code, out)
    elif name.endswith('.html') and package == 'aptitude-doc-fi':
        add_html(path, 'fi', out)
    elif name.endswith('.page') and 'help' in parts:
        code = code_of(parts[parts.index('help') + 1])
        if code:
            add_html(path, code, out)
    elif name.endswith('.xpi'):
        code = code_of(package.split('l10n-')[1])
        if code:
            add_langpack(path, code, out)
    elif name.endswith('.u8') and package.startswith('fortunes-') and 'ascii' not in name:
        code = {'br': 'pt'}.get(package[9:], package[9:])
        if code in CODES:
            add_fortunes(path, code, out)


def read_packages(root):
    """Sentences by class: what two languages share word for word is dropped as untranslated."""
    by_code = collections.defaultdict(list)
    for package in sorted(os.listdir(root)):
        for folder, folders, files in os.walk(os.path.join(root, package)):
            folders.sort()
            for name in sorted(files):
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    read_file(path, package, by_code)
    seen = collections.defaultdict(set)
    for code, lines in by_code.items():
        for line in lines:
            seen[line].add(code)
    english = {line for line in by_code['en']}
    out = {name: [] for name in CLASSES}
    for code in sorted(by_code):
        lines = [line for line in dict.fromkeys(by_code[code])
                 if code == 'en' or (line not in english and len(seen[line]) == 1)]
        step = max(1, len(lines) // SHARE[CODES[code]])
        out[CODES[code]].extend(lines[::step])
    return out


def read_words(root):
    """The word lists, by class."""
    out = {}
    for name, package, path, encoding in WORD_LISTS:
        with open(os.path.join(root, package, path), encoding=encoding) as file:
            words = [line.split('/')[0].strip() for line in file]
        out.setdefault(name, []).extend(w for w in words if len(w) > 2 and w.isalpha() and w.islower())
    return out


def read_everyday(folder):
    """Our own sentences: pairs of language code and lines; # begins a comment."""
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            yield name.split('.')[0], [line.strip() for line in file if line.strip() and line[0] != '#']


def read_labelled(path):
    """The text column of one of the evaluation sets (a header, then gold TAB text)."""
    with open(path, encoding='utf-8') as file:
        return [line.rstrip('\n').split('\t', 1)[1] for line in file][1:]
