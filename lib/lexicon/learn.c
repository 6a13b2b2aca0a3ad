#include "lexicon/learn.h"

#include <math.h>

#include "lexicon/candidates.h"
#include "lexicon/fit.h"

/* What weights and feelings are rounded to in a lexicon. */
#define UNIT 0.01

void
voc_learn_settings_init(VocLearnSettings *settings)
{
    *settings = (VocLearnSettings){.strength = 0.7, .min_count = 2, .dropped = 0.1, .folds = 5};
}

/* All that learning works with. */
typedef struct Learner {
    VocLexicon *lexicon;
    const VocExample *examples;
    const VocLearnSettings *settings;
    VocRows rows;
    GArray *parts;
    guint32 *feature_of; /* by entry number; G_MAXUINT32 for those that are not learned */
    guint32 *entry_of;
    VocPrior *priors;
    guint *counts; /* texts by feature */
    gboolean *two_sided;
    double *polarity, *feeling; /* held out: a row's sums under a fit that has not seen it */
    void (*progress)(void *data, guint step, guint steps);
    void *data;
    guint step;
} Learner;

/* --- the texts as rows --- */

static void
add_signs(VocLexicon *lexicon)
{
    for (guint sign = VOC_SIGN_WORD; sign < VOC_N_SIGNS; sign++)
        for (int end = 0; end < 2; end++) {
            g_autofree char *term = g_strdup_printf(end ? "<end %s>" : "<%s>", voc_sign_name((VocSign)sign));
            VocSlice slice = voc_slice_from_string(term);
            if (!voc_lexicon_find(lexicon, VOC_EFFECT_LEARNED, slice))
                voc_lexicon_add(lexicon, VOC_EFFECT_LEARNED, slice, 0, 0, NULL, 0);
        }
}

static void
add_candidates(Learner *learner, const VocWordModel *model)
{
    g_autoptr(VocCandidates) candidates = voc_candidates_new();
    VocWords *words = voc_words_new(model);
    VocArena arena;
    voc_arena_init(&arena, 0);
    for (guint i = 0; i < learner->rows.n; i++) {
        const VocText *text = voc_words_read(words, learner->examples[i].text, &arena);
        voc_candidates_add(candidates, words, text, learner->lexicon);
        voc_words_settle(words);
        voc_arena_reset(&arena);
    }
    voc_words_free(words);
    voc_arena_clear(&arena);
    voc_candidates_put(candidates, learner->lexicon, learner->settings->min_count);
    add_signs(learner->lexicon);
    voc_lexicon_freeze(learner->lexicon);
}

static void
number_features(Learner *learner)
{
    guint size = voc_lexicon_size(learner->lexicon), m = 0;
    learner->feature_of = g_new(guint32, size);
    learner->entry_of = g_new(guint32, size);
    learner->priors = g_new0(VocPrior, size);
    learner->counts = g_new0(guint, size);
    for (guint i = 0; i < size; i++) {
        const VocEntry *entry = voc_lexicon_entry(learner->lexicon, i);
        learner->feature_of[i] = G_MAXUINT32;
        if (!entry || entry->effect != VOC_EFFECT_LEARNED)
            continue;
        learner->priors[m] = (VocPrior){
            .weight = entry->value, .feeling = entry->feeling, .strength = learner->settings->strength};
        learner->entry_of[m] = i;
        learner->feature_of[i] = m++;
    }
    learner->rows.n_features = m;
}

/* Adds a trace to its row, where an entry may be at work more than once. */
static void
add_part(Learner *learner, VocRow *row, const VocTrace *trace)
{
    guint32 feature = learner->feature_of[trace->entry->number];
    if (feature == G_MAXUINT32) {
        row->known_weight += (double)trace->weight * trace->entry->value;
        row->known_feeling += (double)trace->feeling * trace->entry->feeling;
        return;
    }
    for (guint k = row->first; k < learner->parts->len; k++) {
        VocPart *part = &g_array_index(learner->parts, VocPart, k);
        if (part->feature == feature) {
            part->weight += trace->weight;
            part->feeling += trace->feeling;
            return;
        }
    }
    VocPart part = {feature, trace->weight, trace->feeling};
    g_array_append_val(learner->parts, part);
    learner->counts[feature]++;
}

/* The same text falls into the same fold, wherever it stands: none is both learned from and tried. */
static guint
fold_of(VocSlice text, guint folds)
{
    guint64 hash = voc_slice_hash64(text);
    return (guint)((hash ^ hash >> 29) % folds);
}

static void
make_rows(Learner *learner, const VocWordModel *model)
{
    VocLang lang = voc_lexicon_lang(learner->lexicon);
    const VocLexicon *lexicons[VOC_N_LANGS] = {NULL};
    lexicons[lang] = learner->lexicon;
    VocWords *words = voc_words_new(model);
    VocScorer *scorer = voc_scorer_new(lexicons, words);
    VocArena arena;
    voc_arena_init(&arena, 0);
    for (guint i = 0; i < learner->rows.n; i++) {
        const VocExample *example = &learner->examples[i];
        VocText text = *voc_words_read(words, example->text, &arena);
        VocScore score;
        guint n;
        text.lang = lang;
        const VocTrace *traces = voc_scorer_trace(scorer, &text, &score, &n);
        VocRow *row = &learner->rows.rows[i];
        *row = (VocRow){.first = learner->parts->len,
                        .words = score.words,
                        .label = example->label,
                        .source = example->source,
                        .fold = fold_of(example->text, learner->settings->folds)};
        for (guint k = 0; k < n; k++)
            add_part(learner, row, &traces[k]);
        row->n = learner->parts->len - row->first;
        voc_words_settle(words);
        voc_arena_reset(&arena);
    }
    voc_arena_clear(&arena);
    voc_scorer_free(scorer);
    voc_words_free(words);
    learner->rows.parts = (VocPart *)(void *)learner->parts->data;
}

/* --- fitting --- */

/* Fits twice: what hardly moves at first stays where it was. */
static VocFit *
fit_and_drop(Learner *learner, guint held_out, const VocCalibration *calibration)
{
    VocFit *fit = voc_fit(&learner->rows, held_out, learner->priors, calibration);
    for (guint j = 0; j < learner->rows.n_features; j++) {
        VocPrior *prior = &learner->priors[j];
        double moved = fmax(fabs(fit->weight[j] - prior->weight), fabs(fit->feeling[j] - prior->feeling));
        prior->off = moved < learner->settings->dropped;
    }
    voc_fit_free(fit);
    fit = voc_fit(&learner->rows, held_out, learner->priors, calibration);
    learner->step++;
    if (learner->progress)
        learner->progress(learner->data, learner->step, learner->settings->folds + 1);
    return fit;
}

static void
hold_out(Learner *learner, const VocCalibration *calibration)
{
    learner->polarity = g_new(double, learner->rows.n);
    learner->feeling = g_new(double, learner->rows.n);
    for (guint fold = 0; fold < learner->settings->folds; fold++) {
        VocFit *fit = fit_and_drop(learner, fold, calibration);
        for (guint i = 0; i < learner->rows.n; i++)
            if (learner->rows.rows[i].fold == fold)
                voc_fit_sums(fit, &learner->rows, &learner->rows.rows[i], calibration, &learner->polarity[i],
                             &learner->feeling[i]);
        voc_fit_free(fit);
    }
}

/* The label under a pair of intercepts; with `forced` neutral is no answer. */
static VocLabel
label_of(const Learner *learner, guint i, double polarity, double neutral, gboolean forced)
{
    double z = learner->polarity[i] + polarity;
    if (!forced && neutral - learner->feeling[i] >= fabs(z))
        return VOC_NEUTRAL;
    return z > 0 ? VOC_POSITIVE : VOC_NEGATIVE;
}

static void
count_labels(const Learner *learner, double polarity, double neutral, gboolean forced,
             VocConfusion *confusions)
{
    for (guint s = 0; s < learner->rows.n_sources; s++)
        confusions[s] = (VocConfusion){.n = 3};
    for (guint i = 0; i < learner->rows.n; i++)
        voc_confusion_add(&confusions[learner->rows.rows[i].source], learner->rows.rows[i].label,
                          label_of(learner, i, polarity, neutral, forced));
}

/* Accuracy where a neutral answer counts half. */
static double
half_accuracy(const VocConfusion *confusion)
{
    gint64 right =
        confusion->count[VOC_NEGATIVE][VOC_NEGATIVE] + confusion->count[VOC_POSITIVE][VOC_POSITIVE];
    return ((double)right + (double)voc_confusion_predicted(confusion, VOC_NEUTRAL) / 2) /
           (double)voc_confusion_total(confusion);
}

/* The mean over the sources of macro-F1. A source that has two labels only counts by its accuracy, with
 * neutral answers and without. */
static double
agreement(const Learner *learner, const VocConfusion *confusions, const VocConfusion *forced)
{
    double sum = 0;
    for (guint s = 0; s < learner->rows.n_sources; s++)
        sum += learner->two_sided[s]
                   ? (half_accuracy(&confusions[s]) + voc_confusion_accuracy(&forced[s])) / 2
                   : voc_confusion_macro_f1(&confusions[s]);
    return sum;
}

/* One pair of intercepts for texts of any source: those that do best over all, each source counting as much
 * as any other. */
static void
find_intercepts(const Learner *learner, VocCalibration *calibration, VocConfusion *confusions)
{
    g_autofree VocConfusion *forced = g_new0(VocConfusion, learner->rows.n_sources);
    double best = -1;
    for (int i = -30; i <= 30; i++)
        for (int k = -30; k <= 30; k++) {
            double polarity = i / 20.0, neutral = k / 10.0;
            count_labels(learner, polarity, neutral, FALSE, confusions);
            count_labels(learner, polarity, neutral, TRUE, forced);
            double found = agreement(learner, confusions, forced);
            if (found <= best)
                continue;
            best = found;
            calibration->polarity = polarity;
            calibration->neutral = neutral;
        }
    count_labels(learner, calibration->polarity, calibration->neutral, FALSE, confusions);
    count_labels(learner, calibration->polarity, calibration->neutral, TRUE, forced);
    for (guint s = 0; s < learner->rows.n_sources; s++)
        if (learner->two_sided[s])
            confusions[s] = forced[s];
}

/* --- the result --- */

static double
rounded(double value)
{
    return round(value / UNIT) * UNIT;
}

static int
by_term(gconstpointer a, gconstpointer b)
{
    return strcmp(((const VocLearnedTerm *)a)->term, ((const VocLearnedTerm *)b)->term);
}

static void
collect_terms(const Learner *learner, const VocFit *fit, const double *errors, GArray *terms)
{
    for (guint j = 0; j < learner->rows.n_features; j++) {
        const VocEntry *entry = voc_lexicon_entry(learner->lexicon, learner->entry_of[j]);
        VocLearnedTerm term = {.weight = rounded(fit->weight[j]),
                               .feeling = rounded(fit->feeling[j]),
                               .error = errors[j],
                               .count = learner->counts[j]};
        if (learner->priors[j].off || !learner->counts[j] ||
            (fabs(term.weight - entry->value) < UNIT / 2 && fabs(term.feeling - entry->feeling) < UNIT / 2))
            continue;
        term.term = voc_slice_dup(entry->term);
        g_array_append_val(terms, term);
    }
    g_array_sort(terms, by_term);
}

static gboolean
check_examples(const VocExample *examples, guint n, GError **error)
{
    guint counts[3] = {0};
    for (guint i = 0; i < n; i++)
        counts[examples[i].label]++;
    if (n >= 50 && counts[VOC_NEGATIVE] >= 5 && counts[VOC_POSITIVE] >= 5)
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                "too little to learn from: %u texts, %u negative and %u positive (at least 50, 5 and 5)", n,
                counts[VOC_NEGATIVE], counts[VOC_POSITIVE]);
    return FALSE;
}

static void
find_two_sided(Learner *learner)
{
    learner->two_sided = g_new(gboolean, learner->rows.n_sources);
    for (guint s = 0; s < learner->rows.n_sources; s++)
        learner->two_sided[s] = TRUE;
    for (guint i = 0; i < learner->rows.n; i++)
        if (learner->examples[i].label == VOC_NEUTRAL)
            learner->two_sided[learner->examples[i].source] = FALSE;
    learner->rows.two_sided = learner->two_sided;
}

static void
learner_clear(Learner *learner)
{
    g_array_unref(learner->parts);
    g_free(learner->rows.rows);
    g_free(learner->feature_of);
    g_free(learner->entry_of);
    g_free(learner->priors);
    g_free(learner->counts);
    g_free(learner->two_sided);
    g_free(learner->polarity);
    g_free(learner->feeling);
}

VocLearned *
voc_learn(VocLexicon *lexicon, const VocWordModel *model, const VocExample *examples, guint n,
          guint n_sources, const VocLearnSettings *settings,
          void (*progress)(void *data, guint step, guint steps), void *data, GError **error)
{
    if (!check_examples(examples, n, error))
        return NULL;
    Learner learner = {.lexicon = lexicon,
                       .examples = examples,
                       .settings = settings,
                       .rows = {.n = n, .n_sources = n_sources, .keep_scales = !settings->scales},
                       .parts = g_array_new(FALSE, FALSE, sizeof(VocPart)),
                       .progress = progress,
                       .data = data};
    VocLearned *learned = g_new0(VocLearned, 1);
    learned->n_examples = n;
    learned->n_sources = n_sources;
    learned->held_out = g_new0(VocConfusion, n_sources);
    learned->terms = g_array_new(FALSE, FALSE, sizeof(VocLearnedTerm));
    learned->calibration = *voc_lexicon_calibrated(lexicon);
    find_two_sided(&learner);
    add_candidates(&learner, model);
    number_features(&learner);
    learner.rows.rows = g_new0(VocRow, n);
    make_rows(&learner, model);
    hold_out(&learner, voc_lexicon_calibrated(lexicon));
    find_intercepts(&learner, &learned->calibration, learned->held_out);
    VocFit *fit = fit_and_drop(&learner, VOC_NO_FOLD, voc_lexicon_calibrated(lexicon));
    learned->calibration.scale = fit->scale;
    learned->calibration.feeling = fit->feeling_scale;
    g_autofree double *errors =
        voc_fit_errors(fit, &learner.rows, learner.priors, voc_lexicon_calibrated(lexicon));
    collect_terms(&learner, fit, errors, learned->terms);
    voc_fit_free(fit);
    learner_clear(&learner);
    return learned;
}

void
voc_learned_free(VocLearned *learned)
{
    if (!learned)
        return;
    for (guint i = 0; i < learned->terms->len; i++)
        g_free(g_array_index(learned->terms, VocLearnedTerm, i).term);
    g_array_unref(learned->terms);
    g_free(learned->held_out);
    g_free(learned);
}
