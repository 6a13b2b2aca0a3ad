#!/usr/bin/env python3
"""Trains data/language.profile: a multinomial logistic regression over the character n-grams of words.

usage: train.py --packages DIR --sets DIR --out FILE [--golden FILE] [--features N] [--held-out]

DIR of --packages is what `fetch` made, DIR of --sets has the labelled sets named in LABELLED. With --held-out
every second line of each labelled set and every fourth everyday sentence is kept from training and the error on
them is printed; without it everything is used. The same input gives the same profile.
"""
import argparse
import hashlib
import os
import random
import re
import sys

import numpy as np
import scipy.optimize
import scipy.sparse as sp

import corpus
import features

CLASSES = corpus.CLASSES
LABELLED = {'fi': ['fi-xed', 'fi-finnsentiment'],
            'en': ['en-xed', 'en-nhs', 'en-rated-amazon', 'en-rated-tweets']}
# A class's weight in the sum of losses.
PRIOR = {'fi': 6.0, 'en': 6.0, 'sv': 2.0, 'et': 1.2, 'no': 1.2, 'de': 1.2, 'ro': 1.5, 'xx': 2.0}
# Added when deciding, in nats: a line that is nothing but a name is oftener one of these than it seems.
BIAS = {'fi': 0.5, 'en': 0.8, 'sv': 0.3}
# Sentences of each class from the packages.
LIMIT = {'fi': 20000, 'en': 20000, 'sv': 30000, 'et': 30000, 'no': 40000, 'de': 30000, 'ro': 50000, 'xx': 80000}
L2 = 2e-7
UNITS = 32          # VOC_LANG_UNITS
NOISE = 0.05        # see fit()
STRANGE = 0.2       # see Samples.add_strangers()
SINGLE_WORDS = 0.5  # weight of one word of each labelled line by itself
GOLDEN = ('Kiitos tyytymätön TYYTYMÄTÖN hyväääää sooooo don\'t don’t "hei!" (laskun) toimitus-/postikulut EU:n 2.3.2026 '
          'klo14 x &amp;laskun [NIMI]ssä @nimi a@b.fi https://a.fi Straße café naïve l\'appartement señor Ærlig fjøl '
          'õhtu šokolaad żółć Привет λόγος 日本語 İstanbul oon ei oo mä en och att det är the THE thanks i I å ö ä '
          'asiakaspalvelutilanteessammekaan lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas x_y haha ok '
          'rock\'n\'roll O\'Brien\'s \'tis ties\' kk.fi tyytyma\u0308to\u0308n toimi\u00adtus don\u02bct').split()


def held(text):
    return hashlib.md5(text.encode()).digest()[0] & 1


def undot(word):
    return word.replace('ä', 'a').replace('ö', 'o').replace('å', 'a')


def typo(word, rng):
    i = rng.randrange(len(word))
    kind = rng.randrange(3)
    if kind == 0 and len(word) > 3:
        return word[:i] + word[i + 1:]
    if kind == 1:
        return word[:i] + word[i] + word[i:]
    j = min(i + 1, len(word) - 1)
    return word[:i] + word[j] + word[i] + word[j + 1:] if j > i else word


def spans(words, rng, short):
    """The text itself when it is short, and a random part of it."""
    if len(words) <= 12:
        yield words
    n = min(len(words), rng.choice((1, 2, 3, 4) if short else (1, 2, 3, 4, 5, 7, 10)))
    start = rng.randrange(len(words) - n + 1)
    yield words[start:start + n]


class Samples:
    """Texts as rows of word numbers."""

    def __init__(self):
        self.words = {}
        self.rows, self.labels, self.weights = [], [], []

    def add(self, name, words, weight):
        if not words:
            return
        self.rows.append([self.words.setdefault(word, len(self.words)) for word in words])
        self.labels.append(CLASSES.index(name))
        self.weights.append(weight)

    def add_strangers(self, rng):
        """Names, loans and quotations: one word of some texts becomes any word of any language."""
        for row in self.rows:
            if len(row) >= 4 and rng.random() < STRANGE:
                row[rng.randrange(len(row))] = rng.randrange(len(self.words))

    def matrix(self):
        lengths = [len(row) for row in self.rows]
        indices = np.fromiter((word for row in self.rows for word in row), np.int32)
        matrix = sp.csr_matrix((np.ones(len(indices), np.float32), indices, np.concatenate([[0], np.cumsum(lengths)])),
                               shape=(len(self.rows), len(self.words)))
        matrix.sum_duplicates()
        return matrix


def noisy(name, words, rng):
    if name in ('fi', 'sv', 'et', 'de') and rng.random() < 0.15:
        return [undot(word) for word in words]
    if rng.random() < 0.05:
        return [typo(word, rng) if rng.random() < 0.5 else word for word in words]
    return words


def foreign(words, english):
    """Whether a line of a Finnish forum is English: most of its words are, and there are three or more."""
    return len(words) > 2 and sum(word in english for word in words) > 0.6 * len(words)


def collect(args, rng):
    samples, tests = Samples(), {}
    with open(os.path.join(args.packages, 'wamerican/usr/share/dict/american-english'), encoding='utf-8') as file:
        english = {line.strip().lower() for line in file}
    for name, sets in LABELLED.items():
        for set_name in sets:
            for line in corpus.read_labelled(os.path.join(args.sets, set_name + '.tsv')):
                if args.held_out and held(line):
                    tests.setdefault(set_name, []).append((name, line))
                    continue
                words = features.words_of(line)
                if name == 'fi' and foreign(words, english):
                    continue
                for span in (spans(words, rng, True) if words else ()):
                    samples.add(name, noisy(name, span, rng), 1.0)
                if words:
                    samples.add(name, [rng.choice(words)], SINGLE_WORDS)
    for code, lines in corpus.read_everyday(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'everyday')):
        name = corpus.CODES[code]
        for i, line in enumerate(lines):
            if args.held_out and i % 4 == 3:
                tests.setdefault('everyday-' + code, []).append((name, line))
                continue
            words = features.words_of(line)
            samples.add(name, words, 5.0)
            for _ in range(4):
                for span in (spans(words, rng, True) if words else ()):
                    samples.add(name, noisy(name, span, rng), 1.0)
    return samples, tests


def collect_packages(args, samples, tests, rng):
    if args.cache and os.path.exists(args.cache):
        import pickle
        text, lists = pickle.load(open(args.cache, 'rb'))
    else:
        text, lists = corpus.read_packages(args.packages), corpus.read_words(args.packages)
    for name in CLASSES:
        lines = text[name]
        rng.shuffle(lines)
        limit = LIMIT[name]
        for line in lines[:limit]:
            words = features.words_of(line)
            for span in (spans(words, rng, False) if words else ()):
                samples.add(name, noisy(name, span, rng), 0.5)
        if args.held_out:
            tests['packages-' + name] = [(name, line) for line in lines[limit:limit + 2000]]
    seen = {}
    for name in ('fi',):
        seen[name] = sorted({word for line in text[name] for word in features.words_of(line) if len(word) > 2})
    for name, words in list(lists.items()) + list(seen.items()):
        rng.shuffle(words)
        for word in words[:20000]:
            samples.add(name, features.words_of(word), 0.2)


def feature_matrix(words, index=None, least=3):
    """Words by features; without an index, of features that at least `least` words have."""
    grams = [features.ngrams_of(word) for word in words]
    if index is None:
        count = {}
        for list_ in grams:
            for gram in set(list_):
                count[gram] = count.get(gram, 0) + 1
        index = {gram: i for i, gram in enumerate(sorted(g for g, n in count.items() if n >= least or g[0] + g[-1] == '__'))}
    indptr, indices = [0], []
    for list_ in grams:
        indices.extend(index[gram] for gram in list_ if gram in index)
        indptr.append(len(indices))
    matrix = sp.csr_matrix((np.ones(len(indices), np.float32), np.array(indices, np.int32), np.array(indptr, np.int64)),
                           shape=(len(words), len(index)))
    matrix.sum_duplicates()
    return matrix, index


def softmax(z):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def fit(sample_words, word_features, labels, weights, l2, iterations, start=None):
    """Weights (features, classes) that least the weighted log loss + l2/2 |weights|².

    A word tells the classes apart by the softmax of its features' weights, but may be noise (a name, a loan, a
    quotation) with the probability NOISE: its evidence is log((1 - NOISE) softmax + NOISE / classes), so that no
    single word outvotes a sentence. A text's evidence is the sum over its words."""
    n_features, n_classes = word_features.shape[1], len(CLASSES)
    back_features, back_samples = word_features.T.tocsr(), sample_words.T.tocsr()
    rows = np.arange(len(labels))
    weights = (weights / weights.sum()).astype(np.float32)
    step = [0]

    def loss(flat):
        theta = flat.reshape(n_features, n_classes).astype(np.float32)
        word = softmax(word_features @ theta)
        mixed = (1 - NOISE) * word + np.float32(NOISE / n_classes)
        p = softmax(sample_words @ np.log(mixed))
        value = -(weights * np.log(p[rows, labels] + 1e-30)).sum() + 0.5 * l2 * float((theta ** 2).sum())
        p[rows, labels] -= 1
        p *= weights[:, None]
        back = (back_samples @ p) / mixed
        back = (1 - NOISE) * word * (back - (word * back).sum(axis=1, keepdims=True))
        gradient = back_features @ back + l2 * theta
        step[0] += 1
        if step[0] % 25 == 0:
            print('  step', step[0], 'loss', round(float(value), 5), file=sys.stderr, flush=True)
        return float(value), gradient.astype(np.float64).ravel()

    first = np.zeros(n_features * n_classes) if start is None else start.ravel()
    result = scipy.optimize.minimize(loss, first, jac=True, method='L-BFGS-B',
                                     options={'maxiter': iterations, 'maxcor': 8, 'maxfun': iterations * 2})
    return result.x.reshape(n_features, n_classes)


def class_weights(labels, weights):
    out = weights.copy()
    for i, name in enumerate(CLASSES):
        mask = labels == i
        out[mask] *= PRIOR[name] / weights[mask].sum()
    return out


def choose(theta, word_features, use, count):
    """The `count` features whose weights differ most between classes, common ones first."""
    spread = theta.max(axis=1) - theta.min(axis=1)
    seen = np.asarray(word_features.T @ use).ravel()
    worth = spread * np.sqrt(np.log1p(seen))
    return np.sort(np.argsort(-worth, kind='stable')[:count])


def quantise(theta):
    """Each row shifted to be centred, then steps of `scale` in -46..47, so that a character can stand for one."""
    rows = theta - (theta.max(axis=1, keepdims=True) + theta.min(axis=1, keepdims=True)) / 2
    scale = float('%.4g' % (np.quantile(np.abs(rows).max(axis=1), 0.999) / 46))
    return np.clip(np.rint(rows / scale), -46, 46).astype(int), scale


def evidence(word, index, table, scale):
    """A word's evidence for each class, in nats: 0 for the likeliest, rounded as the program rounds."""
    ids = [index[g] for g in features.ngrams_of(word) if g in index]
    z = table[ids].sum(axis=0) * scale if ids else np.zeros(len(CLASSES))
    log = np.log((1 - NOISE) * softmax(z[None])[0] + NOISE / len(CLASSES))
    return np.rint((log - log.max()) * UNITS) / UNITS


def evaluate(tests, index, table, scale, bias):
    cache = {}

    def score(word):
        if word not in cache:
            cache[word] = evidence(word, index, table, scale)
        return cache[word]
    for set_name, lines in sorted(tests.items()):
        right = short = short_right = 0
        wrong = {}
        for name, line in lines:
            words = features.words_of(line)
            total = sum((score(word) for word in words), np.zeros(len(CLASSES))) + bias
            guess = CLASSES[int(total.argmax())] if words else 'und'
            good = guess == name or (name not in ('fi', 'en', 'sv') and guess not in ('fi', 'en', 'sv'))
            right += good
            if not good:
                wrong[guess] = wrong.get(guess, 0) + 1
            if len(line) < 16:
                short += 1
                short_right += good
        print('%-22s %6d %.4f   short %5d %.4f  %s' % (set_name, len(lines), right / len(lines), short,
              short_right / max(1, short), sorted(wrong.items(), key=lambda x: -x[1])[:6]), flush=True)


def main():
    parser = argparse.ArgumentParser()
    for option in ('--packages', '--sets', '--out', '--golden', '--cache'):
        parser.add_argument(option)
    parser.add_argument('--features', type=int, default=50000)
    parser.add_argument('--iterations', type=int, default=150)
    parser.add_argument('--held-out', action='store_true')
    args = parser.parse_args()
    rng = random.Random(20260105)
    samples, tests = collect(args, rng)
    collect_packages(args, samples, tests, rng)
    words = list(samples.words)
    labels = np.array(samples.labels)
    weights = class_weights(labels, np.array(samples.weights))
    samples.add_strangers(rng)
    sample_words = samples.matrix()
    use = np.asarray(sample_words.sum(axis=0)).ravel()
    word_features, index = feature_matrix(words)
    print(len(labels), 'samples', len(words), 'words', len(index), 'features', word_features.nnz, file=sys.stderr)
    theta = fit(sample_words, word_features, labels, weights, L2, args.iterations // 2)
    kept = choose(theta, word_features, use, args.features)
    names = [gram for gram, _ in sorted(index.items(), key=lambda x: x[1])]
    index = {names[k]: i for i, k in enumerate(kept)}
    word_features = word_features[:, kept].tocsr()
    theta = fit(sample_words, word_features, labels, weights, L2, args.iterations, theta[kept])
    table, scale = quantise(theta)
    bias = np.array([BIAS.get(name, 0.0) for name in CLASSES])
    if tests:
        print('quantised, step %g:' % scale)
        evaluate(tests, index, table, scale, bias)
    if args.out:
        write(args.out, index, table, scale, bias)
    if args.golden:
        write_golden(args.golden, index, table, scale)


def write(path, index, table, scale, bias):
    with open(path, 'w', encoding='utf-8') as out:
        out.write('voc-language 1\n')
        out.write('classes\t%s\n' % ' '.join(CLASSES))
        out.write('step\t%g\n' % scale)
        out.write('noise\t%g\n' % NOISE)
        out.write('bias\t%s\n' % ' '.join('%.3f' % b for b in bias))
        out.write('ngrams\t%d\n' % len(index))
        for gram, i in sorted(index.items()):
            out.write('%s\t%s\n' % (gram, ''.join(chr(79 + v) for v in table[i])))


def write_golden(path, index, table, scale):
    with open(path, 'w', encoding='utf-8') as out:
        out.write('# Chunks and their scores by the training script: chunk TAB one figure a class. Written by\n'
                  '# tests/eval/language/train.py --golden, together with data/language.profile.\n')
        for chunk in GOLDEN:
            total = sum((evidence(word, index, table, scale) for word in features.words_of_chunk(chunk)),
                        np.zeros(len(CLASSES)))
            out.write('%s\t%s\n' % (chunk, '\t'.join('%g' % v for v in total)))


if __name__ == '__main__':
    main()
