#!/usr/bin/env python3
"""Counts how often Finnish base forms are used, for choosing between a form's analyses: data/baseforms-fi.tsv.

usage: count.py --sets DIR --out FILE      DIR has fi-xed.tsv and fi-finnsentiment.tsv

Forms with one base form count as they are; those with several are shared out by the counts of the round before
(expectation maximisation, five rounds) times the penalties of lib/text/baseform.c. Only base forms that
compete with another for some form are written.
"""
import argparse
import collections
import math
import os
import re
import sys

from libvoikko import Voikko

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'language'))
import corpus
import features

SETS = ('fi-xed', 'fi-finnsentiment')
PARTICIPLES = ('past_active', 'past_passive', 'agent')
UNINFLECTED = ('seikkasana', 'suhdesana', 'sidesana', 'huudahdussana')
ENDINGS = ('nut', 'nyt', 'lut', 'lyt', 'rut', 'ryt', 'sut', 'syt', 'tu', 'ty', 'ma', 'mä')
NAMES = ('nimi', 'etunimi', 'sukunimi', 'paikannimi')


def verb_of(analysis):
    """The verb of a participle, else None."""
    if analysis.get('PARTICIPLE') not in PARTICIPLES or not analysis['BASEFORM'].endswith(ENDINGS):
        return None
    before, verb = '', None
    for plus, text, base in re.findall(r'(\+?)([^+(]*)(?:\(([^)]*)\))?', analysis.get('WORDBASES', '')):
        if base and (base[0] != '+' or not plus):
            verb = before + base.lstrip('+')
        before += text
    return verb.lower() if verb else None


def cost_of(analysis):
    """Nats that make an analysis less likely than its base form's frequency says."""
    fst = analysis.get('FSTOUTPUT', '')
    cost = 3.0 * fst.count('[Bc]') + 0.7 * fst.count('[Xj]')
    cost += 3.0 * bool(re.search(r'\[O[123]', fst))                  # possessive suffix
    cost += 1.5 * ('[Tk]' in fst)                                    # imperative
    cost += 3.0 * any(tag in fst for tag in ('[Sin]', '[Sab]', '[Sko]'))   # rare cases
    cost += 4.0 * ('[Ses]' in fst and analysis.get('CLASS') == 'asemosana')
    cost += 1.0 * (analysis.get('CLASS') in NAMES)
    cost += 3.0 * (analysis.get('CLASS') == 'etuliite')
    cost += 2.0 * (analysis.get('PARTICIPLE') in PARTICIPLES and '[Sn]' not in fst)
    return cost


def candidates(voikko, word):
    """Base form to (cost, uses if fixed); words that do not inflect have fixed uses and are not counted."""
    analyses = voikko.analyze(word)
    plain = {a['BASEFORM'].lower() for a in analyses if not verb_of(a)}
    best = {}
    for analysis in analyses:
        base = verb_of(analysis)
        if not base or analysis['BASEFORM'].lower() in plain:
            base = analysis['BASEFORM'].lower()
        cost, fixed = cost_of(analysis), None
        if analysis.get('CLASS') in UNINFLECTED:
            cost, fixed = 3.0 * analysis.get('FSTOUTPUT', '').count('[Bc]'), 730 if base == word else 55
        key = (base, fixed is not None)
        if key not in best or cost < best[key][0]:
            best[key] = (cost, fixed)
    return best


def read_own(path):
    """Our own judgements: the base forms of some forms, and the least uses of some base forms."""
    forms, uses = {}, {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            cells = line.rstrip('\n').split('\t')
            if line.strip() and line[0] != '#':
                if len(cells) == 3:
                    forms[cells[0]] = cells[2]
                else:
                    uses[cells[0]] = int(cells[1])
    return forms, uses


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sets', required=True)
    parser.add_argument('--out', required=True)
    args = parser.parse_args()
    voikko = Voikko('fi')
    tokens = collections.Counter()
    for name in SETS:
        for line in corpus.read_labelled(os.path.join(args.sets, name + '.tsv')):
            tokens.update(features.words_of(line))
    found = {word: candidates(voikko, word) for word in sorted(tokens)}
    counts = {}

    def score(key, cost, fixed):
        return math.log((counts.get(key, 0) if fixed is None else fixed) + 0.3) - cost
    for _ in range(5):
        shared = collections.Counter()
        for word, bases in sorted(found.items()):
            weights = {key: math.exp(score(key, *value)) for key, value in bases.items()}
            total = sum(weights.values())
            for key, weight in weights.items():
                shared[key] += tokens[word] * weight / total
        counts = shared
    rivals = {key for bases in found.values() if len(bases) > 1 for key in bases if not key[1]}
    with open(args.out, 'w', encoding='utf-8') as out:
        out.write('# How often a base form was used, where it competes with another for a form. Written by\n'
                  '# tests/eval/baseform/count.py; see baseforms-fi.SOURCE.\n')
        forms, uses = read_own(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'own.tsv'))
        for key in rivals:
            uses[key[0]] = max(round(counts[key]), uses.get(key[0], 0))
        lines = ['%s\t%d\n' % item for item in uses.items() if item[1] >= 2]
        lines += ['%s\t=\t%s\n' % item for item in forms.items()]
        out.writelines(sorted(lines))
    if os.environ.get('SHOW'):
        for word, n in tokens.most_common():
            bases = found[word]
            if len({key[0] for key in bases}) > 1:
                order = sorted(bases, key=lambda k: -score(k, *bases[k]))
                print(word, n, ' '.join('%s(%.1f)' % (k[0], score(k, *bases[k])) for k in order))


if __name__ == '__main__':
    main()
