/* Volumes, channels, feelings and ratings of the period. */
#include "report/content-work.h"

#include <math.h>

VocName
voc_name_of_channel(const VocFact *fact)
{
    return fact->channel;
}

VocName
voc_name_of_touchpoint(const VocFact *fact)
{
    return fact->touchpoint;
}

VocName
voc_name_of_lang(const VocFact *fact)
{
    return fact->lang;
}

static int
by_messages(gconstpointer a, gconstpointer b, gpointer facts)
{
    const VocCell *x = a, *y = b;
    if (x->messages != y->messages)
        return x->messages > y->messages ? -1 : 1;
    return strcmp(voc_facts_name(facts, x->name), voc_facts_name(facts, y->name));
}

static gboolean
is_about(const VocFacts *facts, const VocFact *fact, VocName theme)
{
    const VocFactTheme *themes = voc_facts_themes(facts, fact);
    for (int i = 0; i < fact->n_themes; i++)
        if (themes[i].theme == theme)
            return TRUE;
    return FALSE;
}

VocCell *
voc_content_cells(VocWork *work, VocNameOf name_of, VocName only_theme, gsize *n_cells)
{
    g_autoptr(GHashTable) at = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(VocCell));
    for (gsize i = 0; i < work->start[2]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        if (only_theme && !is_about(work->facts, fact, only_theme))
            continue;
        VocName name = name_of(fact);
        guint found = GPOINTER_TO_UINT(g_hash_table_lookup(at, GUINT_TO_POINTER(name)));
        if (!found) {
            VocCell fresh = {.name = name};
            g_array_append_val(cells, fresh);
            found = cells->len;
            g_hash_table_insert(at, GUINT_TO_POINTER(name), GUINT_TO_POINTER(found));
        }
        VocCell *cell = &g_array_index(cells, VocCell, found - 1);
        if (i >= work->start[1]) {
            cell->before++;
            continue;
        }
        cell->messages++;
        cell->scored += fact->feeling != VOC_FEELING_NONE;
        cell->negative += fact->feeling == VOC_FEELING_NEGATIVE;
    }
    g_array_sort_with_data(cells, by_messages, (gpointer)work->facts);
    VocCell *kept = voc_arena_new_array(&work->content->arena, VocCell, cells->len + 1);
    if (cells->len)
        memcpy(kept, cells->data, cells->len * sizeof(VocCell));
    *n_cells = cells->len;
    return kept;
}

typedef struct Counts {
    gint64 *messages, *contacts, *with_text, *scored, *negative, *positive, *unassigned;
} Counts;

static void
count_period(const VocWork *work, int back, Counts *c)
{
    gsize end = work->start[back + 1];
    for (gsize i = work->start[back]; i < end; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        c->messages[back]++;
        c->with_text[back] += fact->text_len > 0;
        c->unassigned[back] += fact->text_len > 0 && fact->n_themes == 0;
        c->scored[back] += fact->feeling != VOC_FEELING_NONE;
        c->negative[back] += fact->feeling == VOC_FEELING_NEGATIVE;
        c->positive[back] += fact->feeling == VOC_FEELING_POSITIVE;
    }
    for (gsize i = work->start[back]; i < end; i = voc_work_contact_end(work, i, end))
        c->contacts[back]++;
}

void
voc_content_volumes(VocWork *work)
{
    VocContent *content = work->content;
    gsize n = (gsize)work->periods;
    g_autofree gint64 *all = g_new0(gint64, n * 7);
    Counts c = {all, all + n, all + 2 * n, all + 3 * n, all + 4 * n, all + 5 * n, all + 6 * n};
    for (int back = 0; back < work->periods; back++)
        count_period(work, back, &c);
    voc_count_figure(work, &content->messages, c.messages);
    voc_count_figure(work, &content->contacts, c.contacts);
    voc_share_figure(work, &content->negative, c.negative, c.scored);
    voc_share_figure(work, &content->positive, c.positive, c.scored);
    voc_share_figure(work, &content->unassigned, c.unassigned, c.with_text);
    content->scored = c.scored[0];
    content->with_text = c.with_text[0];
    content->without_text = c.messages[0] - c.with_text[0];
    content->unscored = c.with_text[0] - MIN(c.with_text[0], c.scored[0]);
    content->channels = voc_content_cells(work, voc_name_of_channel, 0, &content->n_channels);
    content->languages = voc_content_cells(work, voc_name_of_lang, 0, &content->n_languages);
}

/* The tallies of one kind of rating in one period. */
typedef struct Answers {
    VocNps nps;
    VocMoments moments;
} Answers;

static Answers
answers_of(const VocWork *work, int back, VocRatingKind kind)
{
    Answers answers = {{0, 0, 0}, {0, 0, 0}};
    gsize end = work->start[back + 1], next;
    for (gsize i = work->start[back]; i < end; i = next) {
        next = voc_work_contact_end(work, i, end);
        double value = voc_work_rating(work, i, next, kind);
        if (isnan(value))
            continue;
        voc_nps_add(&answers.nps, value);
        voc_moments_add(&answers.moments, value);
    }
    return answers;
}

static double
value_of(const Answers *answers, VocRatingKind kind)
{
    return kind == VOC_RATING_NPS ? voc_nps_score(&answers->nps) : voc_moments_mean(&answers->moments);
}

static double
p_of(const Answers *before, const Answers *after, VocRatingKind kind)
{
    double p = NAN;
    if (kind == VOC_RATING_NPS)
        return voc_normal_two_sided(voc_nps_difference_z(&before->nps, &after->nps));
    return voc_moments_difference(&before->moments, &after->moments, NULL, &p) ? p : NAN;
}

static void
rating_figure(const VocWork *work, VocRatingKind kind, VocRatingFigure *figure)
{
    Answers now = answers_of(work, 0, kind), before = answers_of(work, 1, kind),
            usual = {{0, 0, 0}, {0, 0, 0}};
    for (int back = 1; back <= work->content->n_usual; back++) {
        Answers one = answers_of(work, back, kind);
        voc_nps_merge(&usual.nps, &one.nps);
        voc_moments_merge(&usual.moments, &one.moments);
    }
    gboolean nps = kind == VOC_RATING_NPS;
    *figure = (VocRatingFigure){.kind = kind,
                                .n = now.moments.n,
                                .n_before = before.moments.n,
                                .n_usual = usual.moments.n,
                                .value = value_of(&now, kind),
                                .before = value_of(&before, kind),
                                .usual = value_of(&usual, kind),
                                .margin = nps ? voc_nps_margin(&now.nps, 0.95)
                                              : voc_moments_margin(&now.moments, 0.95),
                                .p_before = p_of(&before, &now, kind),
                                .p_usual = p_of(&usual, &now, kind)};
    if (nps) {
        figure->promoters = now.nps.promoters;
        figure->detractors = now.nps.detractors;
        figure->passives = now.nps.n - now.nps.promoters - now.nps.detractors;
    }
    for (int i = 0; i < VOC_HISTORY; i++) {
        Answers one = answers_of(work, i, kind);
        figure->history[VOC_HISTORY - 1 - i] = value_of(&one, kind);
    }
}

void
voc_content_ratings(VocWork *work)
{
    VocContent *content = work->content;
    for (VocRatingKind kind = 0; kind < VOC_N_RATINGS; kind++) {
        VocRatingFigure figure;
        rating_figure(work, kind, &figure);
        if (figure.n > 0)
            content->ratings[content->n_ratings++] = figure;
    }
    /* Effects are on the rating most contacts gave, NPS first; on sentiment when too few gave any. */
    content->effect_of = MAX(content->options.effect_of, VOC_EFFECT_SENTIMENT);
    if (content->options.effect_of != VOC_EFFECT_AUTO)
        return;
    gint64 most = 29;
    for (gsize i = 0; i < content->n_ratings; i++) {
        if (content->ratings[i].n > most) {
            most = content->ratings[i].kind == VOC_RATING_NPS ? G_MAXINT64 : content->ratings[i].n;
            content->effect_of = (int)content->ratings[i].kind;
        }
    }
}
