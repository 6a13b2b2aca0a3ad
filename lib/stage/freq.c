#include "stage/freq.h"

#include "base/symtab.h"
#include "stage/words.h"
#include "stats/keyness.h"

/* A record may belong to so many groups; further values of its field are passed over. */
#define GROUPS_A_RECORD 64u

typedef struct Total {
    guint64 grams, messages;
} Total;

struct VocFreq {
    VocFreqSettings settings;
    VocTerms *terms;
    VocTerms *firsts, *seconds; /* of pairs: words by how often they are the first, the second */
    VocSymtab groups;           /* number 1 is VOC_FREQ_ALL */
    GArray *totals;             /* Total, by group */
    gboolean too_many;
    guint32 fixed; /* group of voc_freq_set_group(), 0: none */
    guint32 message;
    VocRegexMatch *match;
    VocBuffer term, word;
};

static guint32
take_group(VocFreq *freq, VocSlice name)
{
    guint32 group = voc_symtab_intern(&freq->groups, name) - 1;
    if (group >= freq->totals->len)
        g_array_set_size(freq->totals, group + 1);
    return group;
}

VocFreq *
voc_freq_new(const VocFreqSettings *settings)
{
    VocFreq *freq = g_new0(VocFreq, 1);
    freq->settings = *settings;
    freq->terms = voc_terms_new(0);
    if (settings->pairs) {
        freq->firsts = voc_terms_new(0);
        freq->seconds = voc_terms_new(0);
    }
    freq->totals = g_array_new(FALSE, TRUE, sizeof(Total));
    freq->match = voc_regex_match_new();
    voc_symtab_init(&freq->groups);
    take_group(freq, VOC_SLICE("\n")); /* no field's value has this name */
    return freq;
}

void
voc_freq_free(VocFreq *freq)
{
    if (!freq)
        return;
    voc_terms_free(freq->terms);
    voc_terms_free(freq->firsts);
    voc_terms_free(freq->seconds);
    voc_symtab_clear(&freq->groups);
    g_array_unref(freq->totals);
    voc_regex_match_free(freq->match);
    voc_buffer_clear(&freq->term);
    voc_buffer_clear(&freq->word);
    g_free(freq);
}

void
voc_freq_set_group(VocFreq *freq, const char *name)
{
    freq->fixed = name ? take_group(freq, voc_slice_from_string(name)) : 0;
}

/* --- a record's groups --- */

typedef struct Membership {
    VocFreq *freq;
    guint32 groups[GROUPS_A_RECORD];
    guint n;
} Membership;

static void
join(Membership *membership, guint32 group)
{
    for (guint i = 0; i < membership->n; i++)
        if (membership->groups[i] == group)
            return;
    if (membership->n < GROUPS_A_RECORD)
        membership->groups[membership->n++] = group;
}

static gboolean
join_value(const VocJson *value, gpointer data)
{
    Membership *membership = data;
    VocFreq *freq = membership->freq;
    VocSlice name = voc_field_text(value);
    if (freq->groups.n > VOC_FREQ_GROUPS && !voc_symtab_find(&freq->groups, name))
        freq->too_many = TRUE;
    else
        join(membership, take_group(freq, name));
    return FALSE;
}

static gboolean
join_values(const VocJson *value, gpointer data)
{
    return voc_field_plain(value, join_value, data);
}

static void
find_groups(VocFreq *freq, const VocRecord *record, Membership *membership)
{
    *membership = (Membership){.freq = freq};
    join(membership, VOC_FREQ_ALL);
    if (freq->fixed)
        join(membership, freq->fixed);
    if (freq->settings.matches) {
        guint32 group = take_group(freq, VOC_SLICE_NONE);
        if (voc_condition_holds(freq->settings.matches, record, freq->match))
            join(membership, group);
    } else if (freq->settings.by) {
        voc_field_each(record, voc_slice_from_string(freq->settings.by), join_values, membership);
    }
}

/* --- its terms --- */

/* The last words, in a row. */
typedef struct Row {
    const VocToken *tokens[VOC_FREQ_NGRAM];
    guint n;
} Row;

static gboolean
is_word(const VocToken *token)
{
    return token->raw.kind == VOC_TOKEN_WORD || token->raw.kind == VOC_TOKEN_HASHTAG;
}

static void
step(Row *row, const VocToken *token, guint most)
{
    if (row->n == most) {
        memmove(row->tokens, row->tokens + 1, sizeof row->tokens[0] * (most - 1));
        row->n--;
    }
    row->tokens[row->n++] = token;
}

static gboolean
is_term(const VocFreq *freq, const Row *row)
{
    guint16 ends = row->tokens[0]->raw.flags | row->tokens[row->n - 1]->raw.flags;
    return freq->settings.stop_words || !(ends & VOC_TOKEN_STOP);
}

static VocTermStyle
style_of(const VocToken *token)
{
    return token->raw.flags & VOC_TOKEN_CAPS    ? VOC_TERM_CAPS
           : token->raw.flags & VOC_TOKEN_TITLE ? VOC_TERM_TITLE
                                                : VOC_TERM_PLAIN;
}

static void
count_row(VocFreq *freq, const Row *row, const Membership *in)
{
    for (guint i = 0; i < in->n; i++)
        g_array_index(freq->totals, Total, in->groups[i]).grams++;
    if (freq->settings.pairs && row->n == 2) {
        voc_terms_add(freq->firsts, row->tokens[0]->base, VOC_SLICE_NONE, VOC_TERM_PLAIN, in->groups, in->n,
                      freq->message);
        voc_terms_add(freq->seconds, row->tokens[1]->base, VOC_SLICE_NONE, VOC_TERM_PLAIN, in->groups, in->n,
                      freq->message);
    }
    if (!is_term(freq, row))
        return;
    voc_buffer_reset(&freq->term);
    voc_buffer_reset(&freq->word);
    for (guint i = 0; i < row->n; i++) {
        if (i) {
            voc_buffer_add_char(&freq->term, ' ');
            voc_buffer_add_char(&freq->word, ' ');
        }
        voc_buffer_add_slice(&freq->term, row->tokens[i]->base);
        voc_buffer_add_slice(&freq->word, row->tokens[i]->norm);
    }
    voc_terms_add(freq->terms, voc_buffer_slice(&freq->term), voc_buffer_slice(&freq->word),
                  style_of(row->tokens[0]), in->groups, in->n, freq->message);
}

static void
count_record(VocFreq *freq, VocRecord *record, VocWords *words)
{
    const VocText *text = voc_record_words(record, words);
    Membership in;
    Row row = {.n = 0};
    find_groups(freq, record, &in);
    for (guint i = 0; i < in.n; i++)
        g_array_index(freq->totals, Total, in.groups[i]).messages++;
    freq->message++;
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = voc_words_list(words, text->chunks[i], voc_text_lang(text, i));
        for (guint k = 0; k < list->n; k++) {
            const VocToken *token = &list->tokens[k];
            if (is_word(token)) {
                step(&row, token, freq->settings.n);
                if (row.n && row.n == freq->settings.n)
                    count_row(freq, &row, &in);
            } else if (token->raw.kind != VOC_TOKEN_PUNCT ||
                       token->raw.flags & (VOC_TOKEN_END | VOC_TOKEN_COMMA)) {
                row.n = 0;
            }
        }
    }
}

/* --- the stage --- */

typedef struct FreqStage {
    VocStage base;
    VocFreq *freq;
} FreqStage;

typedef struct FreqWorker {
    VocFreq *freq;
    VocWords *words;
} FreqWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocWords *words = voc_thread_words(thread, error);
    if (!words)
        return NULL;
    FreqWorker *worker = g_new0(FreqWorker, 1);
    worker->freq = ((FreqStage *)stage)->freq;
    worker->words = words;
    return worker;
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    FreqWorker *worker = data;
    (void)reason;
    count_record(worker->freq, record, worker->words);
    return VOC_KEEP;
}

static void
stage_free(VocStage *stage)
{
    g_free(stage);
}

static const VocStageOps OPS = {
    .name = "freq", .worker_new = worker_new, .worker_free = g_free, .process = process, .free = stage_free};

VocStage *
voc_stage_freq_new(VocFreq *freq, VocContext *context, GError **error)
{
    if (!voc_context_word_model(context, error))
        return NULL;
    FreqStage *stage = g_new0(FreqStage, 1);
    stage->base.ops = &OPS;
    stage->freq = freq;
    return &stage->base;
}

/* --- telling --- */

gboolean
voc_freq_check(const VocFreq *freq, GError **error)
{
    if (freq->too_many)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s has more than %u values: too many to count by",
                    freq->settings.by, VOC_FREQ_GROUPS);
    return !freq->too_many;
}

const VocTerms *
voc_freq_terms(const VocFreq *freq)
{
    return freq->terms;
}

guint32
voc_freq_groups(const VocFreq *freq)
{
    return freq->totals->len;
}

VocSlice
voc_freq_group_name(const VocFreq *freq, guint32 group)
{
    return group == VOC_FREQ_ALL ? VOC_SLICE_NONE : voc_symtab_name(&freq->groups, group + 1);
}

guint64
voc_freq_grams(const VocFreq *freq, guint32 group)
{
    return g_array_index(freq->totals, Total, group).grams;
}

guint64
voc_freq_messages(const VocFreq *freq, guint32 group)
{
    return g_array_index(freq->totals, Total, group).messages;
}

/* Rows on their way out. */
typedef struct Rows {
    const VocFreq *freq;
    GArray *rows;
} Rows;

static guint32
count_word(const VocTerms *terms, guint32 group, VocSlice word)
{
    return voc_terms_count(terms, group, voc_terms_find(terms, word)).count;
}

/* A pair's G2, 0 where it is no more frequent than chance would have it. */
static double
pair_g2(const VocFreq *freq, VocTermCount count)
{
    VocSlice pair = voc_terms_name(freq->terms, count.term);
    const char *space = memchr(pair.data, ' ', pair.len);
    gsize head = space ? (gsize)(space - pair.data) : pair.len;
    double first = count_word(freq->firsts, count.group, voc_slice_of(pair.data, head));
    double second =
        space ? count_word(freq->seconds, count.group, voc_slice_of(space + 1, pair.len - head - 1)) : 0;
    double n = (double)voc_freq_grams(freq, count.group);
    if (count.messages < 2 || first < count.count || second < count.count ||
        count.count * n <= first * second)
        return 0;
    return voc_collocation_g2(count.count, first, second, n);
}

static void
add_row(VocTermCount count, gpointer data)
{
    Rows *rows = data;
    const VocFreq *freq = rows->freq;
    if ((count.group == VOC_FREQ_ALL) != (voc_freq_groups(freq) == 1))
        return;
    VocFreqRow row = {count.group, count.term, count.count, count.messages, 0};
    if (freq->settings.pairs)
        row.g2 = pair_g2(freq, count);
    if (!freq->settings.pairs || row.g2 > 0)
        g_array_append_val(rows->rows, row);
}

static int
compare_slices(VocSlice a, VocSlice b)
{
    gsize len = MIN(a.len, b.len);
    int order = len ? memcmp(a.data, b.data, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int
compare_groups(gconstpointer a, gconstpointer b, gpointer freq)
{
    return compare_slices(voc_freq_group_name(freq, *(const guint32 *)a),
                          voc_freq_group_name(freq, *(const guint32 *)b));
}

guint32 *
voc_freq_sorted_groups(const VocFreq *freq)
{
    guint32 n = voc_freq_groups(freq) - 1;
    guint32 *groups = g_new0(guint32, n + 1);
    for (guint32 i = 0; i < n; i++)
        groups[i] = i + 1;
    if (n)
        g_qsort_with_data(groups, (gint)n, sizeof *groups, compare_groups, (gpointer)freq);
    return groups;
}

static int
compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
    const VocFreqRow *left = a, *right = b;
    const VocFreq *freq = data;
    if (left->group != right->group)
        return compare_slices(voc_freq_group_name(freq, left->group),
                              voc_freq_group_name(freq, right->group));
    if (left->g2 != right->g2)
        return left->g2 > right->g2 ? -1 : 1;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return compare_slices(voc_terms_name(freq->terms, left->term), voc_terms_name(freq->terms, right->term));
}

GArray *
voc_freq_rows(const VocFreq *freq, guint top)
{
    Rows all = {freq, g_array_new(FALSE, FALSE, sizeof(VocFreqRow))};
    voc_terms_each(freq->terms, add_row, &all);
    g_array_sort_with_data(all.rows, compare_rows, (gpointer)freq);
    guint kept = 0, of_group = 0;
    for (guint i = 0; i < all.rows->len; i++) {
        VocFreqRow row = g_array_index(all.rows, VocFreqRow, i);
        of_group = i && row.group == g_array_index(all.rows, VocFreqRow, i - 1).group ? of_group + 1 : 0;
        if (!top || of_group < top)
            g_array_index(all.rows, VocFreqRow, kept++) = row;
    }
    g_array_set_size(all.rows, kept);
    return all.rows;
}
