#include "stage/tally-cell.h"

#include <math.h>

static int
by_name(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

VocTallyCell *
voc_tally_cell_new(void)
{
    VocTallyCell *cell = g_new0(VocTallyCell, 1);
    cell->ratings = g_tree_new_full(by_name, NULL, g_free, g_free);
    cell->cues = g_tree_new_full(by_name, NULL, g_free, g_free);
    return cell;
}

void
voc_tally_cell_free(VocTallyCell *cell)
{
    voc_distinct_clear(&cell->contacts);
    voc_distinct_clear(&cell->customers);
    g_tree_unref(cell->ratings);
    g_tree_unref(cell->cues);
    g_free(cell);
}

static gint64
fixed(double value, int digits)
{
    static const double POWERS[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5};
    return (gint64)floor(value * POWERS[digits] + 0.5);
}

void
voc_tally_cell_add_sentiment(VocTallyCell *cell, double sentiment)
{
    gint64 value = fixed(CLAMP(sentiment, -1, 1), VOC_SENTIMENT_DIGITS);
    cell->sentiment.n++;
    cell->sentiment.sum += value;
    cell->sentiment.squares += value * value;
}

static VocSums *
rating_of(VocTallyCell *cell, VocSlice name)
{
    g_autofree char *key = voc_slice_dup(name);
    VocSums *sums = g_tree_lookup(cell->ratings, key);
    if (!sums) {
        sums = g_new0(VocSums, 1);
        g_tree_insert(cell->ratings, g_steal_pointer(&key), sums);
    }
    return sums;
}

void
voc_tally_cell_add_rating(VocTallyCell *cell, VocSlice name, double value)
{
    gboolean nps = voc_slice_equal_string(name, "nps");
    if (!(fabs(value) <= 1000) || (nps && !(value >= 0 && value <= 10)))
        return;
    VocSums *sums = rating_of(cell, name);
    gint64 whole = fixed(value, VOC_RATING_DIGITS);
    sums->n++;
    sums->sum += whole;
    sums->squares += whole * whole;
    sums->promoters += nps && value >= 9;
    sums->detractors += nps && value <= 6;
}

void
voc_tally_cell_add_cue(VocTallyCell *cell, VocSlice name, gint64 n)
{
    g_autofree char *key = voc_slice_dup(name);
    gint64 *count = g_tree_lookup(cell->cues, key);
    if (!count) {
        count = g_new0(gint64, 1);
        g_tree_insert(cell->cues, g_steal_pointer(&key), count);
    }
    *count += n;
    /* cppcheck-suppress memleak ; the tree owns it */
}

/* A whole number of units of 10^-digits. */
static void
add_fixed(VocBuffer *out, gint64 value, int digits)
{
    guint64 size = value < 0 ? (guint64)0 - (guint64)value : (guint64)value, unit = 1;
    for (int i = 0; i < digits; i++)
        unit *= 10;
    if (value < 0)
        voc_buffer_add_char(out, '-');
    voc_buffer_add_int(out, (gint64)(size / unit));
    if (size % unit)
        voc_buffer_add_printf(out, ".%0*" G_GUINT64_FORMAT, digits, size % unit);
}

/* The same, backwards. */
static gboolean
read_fixed(const VocJson *json, int digits, gint64 *value)
{
    if (!json || json->type != VOC_JSON_NUMBER)
        return FALSE;
    const char *at = json->text.data, *end = at + json->text.len;
    gboolean minus = at < end && *at == '-';
    gint64 sum = 0;
    int behind = -1;
    for (at += minus; at < end; at++) {
        if (*at == '.' && behind < 0) {
            behind = 0;
            continue;
        }
        if (!g_ascii_isdigit(*at) || sum > G_MAXINT64 / 10 - 10 || (behind >= 0 && behind++ == digits))
            return FALSE;
        sum = sum * 10 + (*at - '0');
    }
    for (behind = MAX(behind, 0); behind < digits; behind++) {
        if (sum > G_MAXINT64 / 10)
            return FALSE;
        sum *= 10;
    }
    *value = minus ? -sum : sum;
    return TRUE;
}

static void
add_int(VocBuffer *out, const char *key, gint64 value)
{
    voc_buffer_add_printf(out, ",\"%s\":%" G_GINT64_FORMAT, key, value);
}

static void
add_sums(VocBuffer *out, const VocSums *sums, int digits)
{
    voc_buffer_add_printf(out, "{\"n\":%" G_GINT64_FORMAT ",\"sum\":", sums->n);
    add_fixed(out, sums->sum, digits);
    voc_buffer_add_literal(out, ",\"squares\":");
    add_fixed(out, sums->squares, 2 * digits);
}

typedef struct Writing {
    VocBuffer *out;
    gint64 least;
    gboolean any;
} Writing;

static void
add_key(Writing *writing, const char *name)
{
    if (writing->any)
        voc_buffer_add_char(writing->out, ',');
    writing->any = TRUE;
    voc_json_add_string(writing->out, voc_slice_from_string(name));
    voc_buffer_add_char(writing->out, ':');
}

/* A count that must not be seen: someone's, but of too few. */
static gboolean
is_small(gint64 n, gint64 least)
{
    return n > 0 && n < least;
}

static gboolean
write_rating(gpointer name, gpointer data, gpointer user_data)
{
    const VocSums *sums = data;
    Writing *writing = user_data;
    gint64 least = writing->least;
    if (sums->n < least)
        return FALSE;
    add_key(writing, name);
    add_sums(writing->out, sums, VOC_RATING_DIGITS);
    /* Any one of the three can be told from the two others. */
    if (strcmp(name, "nps") == 0 && !is_small(sums->promoters, least) && !is_small(sums->detractors, least) &&
        !is_small(sums->n - sums->promoters - sums->detractors, least)) {
        add_int(writing->out, "promoters", sums->promoters);
        add_int(writing->out, "detractors", sums->detractors);
    }
    voc_buffer_add_char(writing->out, '}');
    return FALSE;
}

static gboolean
write_cue(gpointer name, gpointer data, gpointer user_data)
{
    Writing *writing = user_data;
    if (*(const gint64 *)data < writing->least)
        return FALSE;
    add_key(writing, name);
    voc_buffer_add_int(writing->out, *(const gint64 *)data);
    return FALSE;
}

static void
add_distinct(VocBuffer *out, const char *key, const VocDistinct *distinct)
{
    add_int(out, key, voc_distinct_count(distinct));
    if (!voc_distinct_is_exact(distinct))
        voc_buffer_add_printf(out, ",\"%s_estimated\":true", key);
}

/* All labels or none: one that is missing could be told from the others. */
static void
add_labels(VocBuffer *out, const VocTallyCell *cell, gint64 least)
{
    gint64 without = cell->messages - cell->negative - cell->neutral - cell->positive;
    if (is_small(cell->negative, least) || is_small(cell->neutral, least) ||
        is_small(cell->positive, least) || is_small(without, least))
        return;
    add_int(out, "negative", cell->negative);
    add_int(out, "neutral", cell->neutral);
    add_int(out, "positive", cell->positive);
}

void
voc_tally_cell_write(const VocTallyCell *cell, gboolean partial, gint64 least, VocBuffer *out)
{
    Writing writing = {out, least, FALSE};
    add_int(out, "messages", cell->messages);
    add_distinct(out, "contacts", &cell->contacts);
    add_distinct(out, "customers", &cell->customers);
    add_labels(out, cell, least);
    if (cell->sentiment.n >= least) {
        voc_buffer_add_literal(out, ",\"sentiment\":");
        add_sums(out, &cell->sentiment, VOC_SENTIMENT_DIGITS);
        voc_buffer_add_char(out, '}');
    }
    voc_buffer_add_literal(out, ",\"ratings\":{");
    g_tree_foreach(cell->ratings, write_rating, &writing);
    voc_buffer_add_literal(out, "},\"cue_counts\":{");
    writing.any = FALSE;
    g_tree_foreach(cell->cues, write_cue, &writing);
    voc_buffer_add_char(out, '}');
    if (!partial)
        return;
    voc_buffer_add_literal(out, ",\"contact_set\":\"");
    voc_distinct_write(&cell->contacts, out);
    voc_buffer_add_literal(out, "\",\"customer_set\":\"");
    voc_distinct_write(&cell->customers, out);
    voc_buffer_add_char(out, '"');
}

static gboolean
read_sums(const VocJson *json, int digits, gboolean nps, VocSums *sums)
{
    VocSums more = {0};
    if (!read_fixed(voc_json_get(json, "n"), 0, &more.n) ||
        !read_fixed(voc_json_get(json, "sum"), digits, &more.sum) ||
        !read_fixed(voc_json_get(json, "squares"), 2 * digits, &more.squares))
        return FALSE;
    if (nps && (!read_fixed(voc_json_get(json, "promoters"), 0, &more.promoters) ||
                !read_fixed(voc_json_get(json, "detractors"), 0, &more.detractors)))
        return FALSE;
    sums->n += more.n;
    sums->sum += more.sum;
    sums->squares += more.squares;
    sums->promoters += more.promoters;
    sums->detractors += more.detractors;
    return TRUE;
}

static gboolean
read_set(const VocJson *json, VocDistinct *distinct)
{
    g_auto(VocDistinct) more = {0};
    if (!json || json->type != VOC_JSON_STRING || !voc_distinct_read(&more, json->text))
        return FALSE;
    voc_distinct_merge(distinct, &more);
    return TRUE;
}

gboolean
voc_tally_cell_read(VocTallyCell *cell, VocMember member, void *data)
{
    const VocJson *ratings = member(data, "ratings"), *cues = member(data, "cue_counts");
    gint64 messages, negative, neutral, positive, n;
    if (!read_fixed(member(data, "messages"), 0, &messages) ||
        !read_fixed(member(data, "negative"), 0, &negative) ||
        !read_fixed(member(data, "neutral"), 0, &neutral) ||
        !read_fixed(member(data, "positive"), 0, &positive) || !ratings || !cues ||
        ratings->type != VOC_JSON_OBJECT || cues->type != VOC_JSON_OBJECT ||
        !read_sums(member(data, "sentiment"), VOC_SENTIMENT_DIGITS, FALSE, &cell->sentiment) ||
        !read_set(member(data, "contact_set"), &cell->contacts) ||
        !read_set(member(data, "customer_set"), &cell->customers))
        return FALSE;
    cell->messages += messages;
    cell->negative += negative;
    cell->neutral += neutral;
    cell->positive += positive;
    for (const VocJson *rating = ratings->first; rating; rating = rating->next)
        if (!read_sums(rating, VOC_RATING_DIGITS, voc_slice_equal_string(rating->key, "nps"),
                       rating_of(cell, rating->key)))
            return FALSE;
    for (const VocJson *cue = cues->first; cue; cue = cue->next) {
        if (!read_fixed(cue, 0, &n))
            return FALSE;
        voc_tally_cell_add_cue(cell, cue->key, n);
    }
    return TRUE;
}
