#include "stage/key.h"

#include <math.h>

#include "stats/keyness.h"

static const struct {
    double level, g2;
} LEVELS[] = {{0.05, VOC_G2_05}, {0.01, VOC_G2_01}, {0.001, VOC_G2_001}, {0.0001, VOC_G2_0001}};

/* The G2 that stands for a level, 0 for none. */
static double
gate_of(double level)
{
    for (guint i = 0; i < G_N_ELEMENTS(LEVELS); i++)
        if (fabs(level - LEVELS[i].level) < 1e-9)
            return LEVELS[i].g2;
    return 0;
}

gboolean
voc_key_level_is(double level)
{
    return gate_of(level) > 0;
}

/* The two sides being compared. */
typedef struct Comparison {
    const VocFreq *freq;
    const VocKeySettings *settings;
    guint32 group;
    double n1, n2, gate, prior;
    GArray *rows;
} Comparison;

static double
rank_of(const VocKeySettings *settings, const VocKeyRow *row)
{
    return settings->method == VOC_KEY_FIGHTIN ? row->z : row->log_ratio;
}

/* A chi-squared of one degree of freedom is a z squared: one gate for both. */
static gboolean
passes(const Comparison *c, const VocKeyRow *row)
{
    double rank = rank_of(c->settings, row);
    double strength = c->settings->method == VOC_KEY_FIGHTIN ? row->z * row->z : row->g2;
    guint32 messages = rank > 0 ? row->messages : row->other_messages;
    return strength >= c->gate && messages >= c->settings->min_messages && (rank > 0 || c->settings->less);
}

static void
compare_term(VocTermCount all, gpointer data)
{
    Comparison *c = data;
    if (all.group != VOC_FREQ_ALL)
        return;
    VocTermCount here = voc_terms_count(voc_freq_terms(c->freq), c->group, all.term);
    VocKeyRow row = {.term = all.term,
                     .count = here.count,
                     .other = all.count - here.count,
                     .messages = here.messages,
                     .other_messages = all.messages - here.messages};
    row.g2 = voc_keyness_g2(row.count, c->n1, row.other, c->n2);
    row.log_ratio = voc_keyness_log_ratio(row.count, c->n1, row.other, c->n2);
    double prior = c->prior * all.count / (c->n1 + c->n2);
    row.z = voc_keyness_fightin(row.count, c->n1, row.other, c->n2, prior, c->prior);
    if (passes(c, &row))
        g_array_append_val(c->rows, row);
}

static int
compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
    const VocKeyRow *left = a, *right = b;
    const Comparison *c = data;
    double x = rank_of(c->settings, left), y = rank_of(c->settings, right);
    if ((x > 0) != (y > 0))
        return x > 0 ? -1 : 1;
    if (fabs(x) != fabs(y))
        return fabs(x) > fabs(y) ? -1 : 1;
    if (left->g2 != right->g2)
        return left->g2 > right->g2 ? -1 : 1;
    VocSlice p = voc_terms_name(voc_freq_terms(c->freq), left->term);
    VocSlice q = voc_terms_name(voc_freq_terms(c->freq), right->term);
    int order = memcmp(p.data, q.data, MIN(p.len, q.len));
    return order ? order : (p.len > q.len) - (p.len < q.len);
}

/* The first `top` rows of each side. */
static void
cut(const Comparison *c)
{
    guint sides[2] = {0, 0}, kept = 0;
    for (guint i = 0; i < c->rows->len; i++) {
        VocKeyRow row = g_array_index(c->rows, VocKeyRow, i);
        if (sides[rank_of(c->settings, &row) > 0]++ < c->settings->top)
            g_array_index(c->rows, VocKeyRow, kept++) = row;
    }
    g_array_set_size(c->rows, kept);
}

GArray *
voc_key_rows(const VocFreq *freq, guint32 group, const VocKeySettings *settings)
{
    Comparison c = {.freq = freq, .settings = settings, .group = group};
    c.n1 = (double)voc_freq_grams(freq, group);
    c.n2 = (double)voc_freq_grams(freq, VOC_FREQ_ALL) - c.n1;
    c.prior = settings->prior > 0 ? settings->prior : MIN(VOC_KEY_PRIOR, (c.n1 + c.n2) / 10);
    c.gate = gate_of(settings->level);
    c.rows = g_array_new(FALSE, FALSE, sizeof(VocKeyRow));
    if (c.n1 <= 0 || c.n2 <= 0)
        return c.rows;
    voc_terms_each(voc_freq_terms(freq), compare_term, &c);
    g_array_sort_with_data(c.rows, compare_rows, &c);
    if (settings->top)
        cut(&c);
    return c.rows;
}
