#include "lexicon/vader.h"

#include <math.h>

#include "base/tsv.h"
#include "lexicon/vader-text.h"

/* The reference's constants. */
#define BOOST 0.293
#define CAPITALS 0.733
#define NEGATION (-0.74)
#define ALPHA 15.0
#define EXCLAMATION 0.292
#define QUESTION 0.18
#define QUESTIONS 0.96

struct VocVader {
    GHashTable *valences; /* token: double */
    GHashTable *negators;
    GHashTable *boosters; /* token: double, signed */
    GHashTable *specials; /* words with blanks between: double */
    GHashTable *emoji;    /* one character: description */
};

static GHashTable *
new_table(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void
put_number(GHashTable *table, VocSlice key, double value)
{
    double *kept = g_new(double, 1);
    *kept = value;
    g_hash_table_replace(table, voc_slice_dup(key), kept);
}

static gboolean
load_rule(VocVader *vader, const VocTsv *tsv, GError **error)
{
    double value = 0;
    VocSlice kind = tsv->cell[1];
    if (voc_slice_equal_string(kind, "negate")) {
        g_hash_table_replace(vader->negators, voc_slice_dup(tsv->cell[0]), NULL);
        return TRUE;
    }
    gboolean boost = voc_slice_equal_string(kind, "boost");
    if ((!boost && !voc_slice_equal_string(kind, "special")) || !voc_tsv_number(tsv, 2, &value))
        return voc_tsv_fail(tsv, error, "negate, boost and 1 or -1, or special and a number");
    put_number(boost ? vader->boosters : vader->specials, tsv->cell[0], boost ? value * BOOST : value);
    return TRUE;
}

VocVader *
voc_vader_new(const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "lexicons", "common", "vader-rules.tsv", NULL);
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return NULL;
    g_autoptr(VocVader) vader = g_new0(VocVader, 1);
    vader->valences = new_table();
    vader->negators = new_table();
    vader->boosters = new_table();
    vader->specials = new_table();
    vader->emoji = new_table();
    while (voc_tsv_next(&tsv))
        if (!load_rule(vader, &tsv, error))
            return NULL;
    return g_steal_pointer(&vader);
}

void
voc_vader_free(VocVader *vader)
{
    if (!vader)
        return;
    g_hash_table_unref(vader->valences);
    g_hash_table_unref(vader->negators);
    g_hash_table_unref(vader->boosters);
    g_hash_table_unref(vader->specials);
    g_hash_table_unref(vader->emoji);
    g_free(vader);
}

/* A line of either file: two columns at least. Lines that begin with # are entries here, not comments. */
static gboolean
load_line(VocVader *vader, const char *path, guint number, char *line, GError **error)
{
    char *end, *stripped = g_strstrip(line);
    char *tab = strchr(stripped, '\t');
    if (!*stripped)
        return TRUE;
    if (tab) {
        char *next = strchr(tab + 1, '\t');
        *tab = '\0';
        if (next)
            *next = '\0';
        double value = g_ascii_strtod(tab + 1, &end);
        if (end > tab + 1 && !*end && isfinite(value)) {
            put_number(vader->valences, voc_slice_from_string(stripped), value);
            return TRUE;
        }
        /* "1st place medal" describes; "-1,5" is a mistake. */
        if (tab[1] && tab[1 + strspn(tab + 1, "+-0123456789.,")]) {
            g_hash_table_replace(vader->emoji, g_strdup(stripped), g_strdup(tab + 1));
            return TRUE;
        }
    }
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s:%u: neither a token and its valence nor an emoji",
                path, number);
    return FALSE;
}

gboolean
voc_vader_load(VocVader *vader, const char *path, GError **error)
{
    g_autofree char *data = NULL;
    g_autoptr(GError) cause = NULL;
    gsize len;
    if (!g_file_get_contents(path, &data, &len, &cause)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", cause->message);
        return FALSE;
    }
    if (!g_utf8_validate_len(data, len, NULL)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: not UTF-8", path);
        return FALSE;
    }
    guint number = 1;
    for (char *line = data, *next; line; line = next, number++) {
        if ((next = strchr(line, '\n')))
            *next++ = '\0';
        if (!load_line(vader, path, number, line, error))
            return FALSE;
    }
    return TRUE;
}

/* --- the rules --- */

/* A text's words and what is known of it while they are weighed. */
typedef struct Sentence {
    const VocVader *vader;
    const VocVaderWord *words;
    guint n;
    gboolean some_capitals; /* some words are in capitals, but not all */
} Sentence;

static const char *
lower(const Sentence *sentence, guint i)
{
    return sentence->words[i].lower;
}

static gboolean
is(const Sentence *sentence, guint i, const char *word)
{
    return strcmp(lower(sentence, i), word) == 0;
}

static const double *
valence_of(const Sentence *sentence, guint i)
{
    return g_hash_table_lookup(sentence->vader->valences, lower(sentence, i));
}

static gboolean
negates(const Sentence *sentence, guint i)
{
    return g_hash_table_contains(sentence->vader->negators, lower(sentence, i)) ||
           strstr(lower(sentence, i), "n't") != NULL;
}

/* What a booster or dampener in front does. */
static double
boost(const Sentence *sentence, guint i, double valence)
{
    const double *found = g_hash_table_lookup(sentence->vader->boosters, lower(sentence, i));
    if (!found)
        return 0;
    double scalar = valence < 0 ? -*found : *found;
    if (sentence->words[i].upper && sentence->some_capitals)
        scalar += valence > 0 ? CAPITALS : -CAPITALS;
    return scalar;
}

/* What a negator `distance` (1 to 3) words in front does. */
static double
negate(const Sentence *sentence, guint i, guint distance, double valence)
{
    guint at = i - distance;
    if (distance == 2) {
        if (is(sentence, at, "never") && (is(sentence, i - 1, "so") || is(sentence, i - 1, "this")))
            return valence * 1.25;
        if (is(sentence, at, "without") && is(sentence, i - 1, "doubt"))
            return valence;
    } else if (distance == 3) {
        gboolean before = is(sentence, i - 2, "so") || is(sentence, i - 2, "this");
        /* So the reference binds its `and` and `or`. */
        if ((is(sentence, at, "never") && before) || is(sentence, i - 1, "so") || is(sentence, i - 1, "this"))
            return valence * 1.25;
        if (is(sentence, at, "without") && (is(sentence, i - 2, "doubt") || is(sentence, i - 1, "doubt")))
            return valence;
    }
    return negates(sentence, at) ? valence * NEGATION : valence;
}

/* The words from `from` to `to`, both included, with blanks between. */
static const double *
find_words(const Sentence *sentence, GHashTable *table, guint from, guint to)
{
    char key[64];
    gsize len = 0;
    for (guint i = from; i <= to; i++) {
        gsize more = strlen(lower(sentence, i));
        if (len + more + 2 > sizeof key)
            return NULL;
        if (i > from)
            key[len++] = ' ';
        memcpy(key + len, lower(sentence, i), more);
        len += more;
    }
    key[len] = '\0';
    return g_hash_table_lookup(table, key);
}

/* Idioms that end or begin with the word, three words in front being there. */
static double
idioms(const Sentence *sentence, guint i, double valence)
{
    GHashTable *specials = sentence->vader->specials, *boosters = sentence->vader->boosters;
    const guint spans[][2] = {{i - 1, i}, {i - 2, i}, {i - 2, i - 1}, {i - 3, i - 1}, {i - 3, i - 2}};
    const guint booster_spans[][2] = {{i - 3, i - 1}, {i - 3, i - 2}, {i - 2, i - 1}};
    const double *found = NULL;
    for (guint k = 0; k < G_N_ELEMENTS(spans) && !found; k++)
        found = find_words(sentence, specials, spans[k][0], spans[k][1]);
    if (found)
        valence = *found;
    if (i + 1 < sentence->n && (found = find_words(sentence, specials, i, i + 1)))
        valence = *found;
    if (i + 2 < sentence->n && (found = find_words(sentence, specials, i, i + 2)))
        valence = *found;
    for (guint k = 0; k < G_N_ELEMENTS(booster_spans); k++)
        if ((found = find_words(sentence, boosters, booster_spans[k][0], booster_spans[k][1])))
            valence += *found;
    return valence;
}

/* "least" in front turns, but for "at least" and "very least". */
static double
least(const Sentence *sentence, guint i, double valence)
{
    if (i == 0 || !is(sentence, i - 1, "least") || valence_of(sentence, i - 1))
        return valence;
    if (i > 1 && (is(sentence, i - 2, "at") || is(sentence, i - 2, "very")))
        return valence;
    return valence * NEGATION;
}

/* "no" in front of a word of the lexicon negates it and is no word of its own. */
static double
start_valence(const Sentence *sentence, guint i, double own)
{
    double valence = own;
    if (is(sentence, i, "no") && i + 1 < sentence->n && valence_of(sentence, i + 1))
        valence = 0;
    if ((i > 0 && is(sentence, i - 1, "no")) || (i > 1 && is(sentence, i - 2, "no")) ||
        (i > 2 && is(sentence, i - 3, "no") && (is(sentence, i - 1, "or") || is(sentence, i - 1, "nor"))))
        valence = own * NEGATION;
    if (sentence->words[i].upper && sentence->some_capitals)
        valence += valence > 0 ? CAPITALS : -CAPITALS;
    return valence;
}

static double
weigh(const Sentence *sentence, guint i)
{
    static const double DISTANT[] = {1, 0.95, 0.9};
    if (g_hash_table_contains(sentence->vader->boosters, lower(sentence, i)) ||
        (i + 1 < sentence->n && is(sentence, i, "kind") && is(sentence, i + 1, "of")))
        return 0;
    const double *own = valence_of(sentence, i);
    if (!own)
        return 0;
    double valence = start_valence(sentence, i, *own);
    for (guint distance = 1; distance <= 3; distance++) {
        if (i < distance || valence_of(sentence, i - distance))
            continue;
        valence += boost(sentence, i - distance, valence) * DISTANT[distance - 1];
        valence = negate(sentence, i, distance, valence);
        if (distance == 3)
            valence = idioms(sentence, i, valence);
    }
    return least(sentence, i, valence);
}

/* "but": the reference looks each valence up by its value, so of equal ones the first is changed again. */
static void
turn(const Sentence *sentence, double *valences)
{
    guint but = 0;
    while (but < sentence->n && !is(sentence, but, "but"))
        but++;
    for (guint i = 0; but < sentence->n && i < sentence->n; i++) {
        guint first = 0;
        while (valences[first] != valences[i])
            first++;
        if (first < but)
            valences[first] *= 0.5;
        else if (first > but)
            valences[first] *= 1.5;
    }
}

static double
emphasis(const VocVaderText *text)
{
    guint exclaims = MIN(text->exclaims, 4);
    double questions = text->questions <= 1   ? 0
                       : text->questions <= 3 ? text->questions * QUESTION
                                              : QUESTIONS;
    return exclaims * EXCLAMATION + questions;
}

static void
conclude(const VocVaderText *text, const double *valences, VocVaderScore *score)
{
    double sum = 0, positive = 0, negative = 0, neutral = 0, more = emphasis(text);
    for (guint i = 0; i < text->n; i++) {
        sum += valences[i];
        if (valences[i] > 0)
            positive += valences[i] + 1;
        else if (valences[i] < 0)
            negative += valences[i] - 1;
        else
            neutral += 1;
    }
    sum += sum > 0 ? more : sum < 0 ? -more : 0;
    score->compound = CLAMP(sum / sqrt(sum * sum + ALPHA), -1, 1);
    if (positive > fabs(negative))
        positive += more;
    else if (positive < fabs(negative))
        negative -= more;
    double total = positive + fabs(negative) + neutral;
    score->pos = fabs(positive / total);
    score->neg = fabs(negative / total);
    score->neu = fabs(neutral / total);
}

static void
collect_hits(const VocVaderText *text, const double *valences, VocArena *arena, VocVaderScore *score)
{
    VocVaderHit *hits = voc_arena_alloc(arena, sizeof(VocVaderHit) * (text->n + 1));
    for (guint i = 0; i < text->n; i++)
        if (valences[i] != 0)
            hits[score->n_hits++] = (VocVaderHit){text->words[i].start, text->words[i].end,
                                                  voc_slice_from_string(text->words[i].lower), valences[i]};
    score->hits = hits;
}

void
voc_vader_score(const VocVader *vader, VocSlice bytes, VocArena *arena, VocVaderScore *score)
{
    VocVaderText text;
    voc_vader_text(bytes, vader->emoji, arena, &text);
    *score = (VocVaderScore){0};
    if (!text.n)
        return;
    double *valences = voc_arena_alloc(arena, sizeof(double) * text.n);
    Sentence sentence = {.vader = vader, .words = text.words, .n = text.n};
    guint capitals = 0;
    for (guint i = 0; i < text.n; i++)
        capitals += text.words[i].upper;
    sentence.some_capitals = capitals > 0 && capitals < text.n;
    for (guint i = 0; i < text.n; i++)
        valences[i] = weigh(&sentence, i);
    turn(&sentence, valences);
    conclude(&text, valences, score);
    collect_hits(&text, valences, arena, score);
}
