/* Cues: what customers want, need, threaten or thank for; failure against value demand; repeat contacts. */
#include "report/content-work.h"

#define REPEAT_DAYS 14
#define QUOTES 3

static void
count_cue(VocWork *work, VocCueFigure *figure)
{
    g_autofree gint64 *k = g_new0(gint64, (gsize)work->periods * 2);
    gint64 *n = k + work->periods;
    for (int back = 0; back < work->periods; back++)
        for (gsize i = work->start[back]; i < work->start[back + 1]; i++) {
            const VocFact *fact = voc_work_fact(work, i);
            n[back] += fact->text_len > 0;
            k[back] += (fact->cues & figure->cue) != 0;
        }
    voc_share_figure(work, &figure->messages, k, n);
}

static double
fit_of(const VocWork *work, const VocFact *fact)
{
    double fit = fact->text_len < 20 ? -1 : fact->text_len < 400 ? 0.5 : 0;
    if (g_str_equal(voc_facts_name(work->facts, fact->lang), work->content->options.lang))
        fit += 0.25;
    return fit;
}

/* The best three, the newest first among equals; one a contact. */
static void
choose_quotes(VocWork *work, VocCueFigure *figure)
{
    VocContent *content = work->content;
    figure->quotes = voc_arena_new_array(&content->arena, VocQuote, QUOTES);
    double fits[QUOTES];
    guint32 rows[QUOTES];
    gsize n = 0;
    for (gsize i = 0; i < work->start[1]; i = voc_work_contact_end(work, i, work->start[1])) {
        const VocFact *fact = voc_work_fact(work, i);
        if (!(fact->cues & figure->cue))
            continue;
        double fit = fit_of(work, fact);
        gsize at = n;
        while (at > 0 && (fit > fits[at - 1] ||
                          (fit == fits[at - 1] && fact->day > voc_facts_at(work->facts, rows[at - 1])->day)))
            at--;
        if (at >= QUOTES)
            continue;
        n = MIN(n + 1, QUOTES);
        for (gsize j = n - 1; j > at; j--) {
            fits[j] = fits[j - 1];
            rows[j] = rows[j - 1];
        }
        fits[at] = fit;
        rows[at] = work->rows[i];
    }
    for (gsize i = 0; i < n; i++) {
        const VocFact *fact = voc_facts_at(work->facts, rows[i]);
        const VocFactCue *cues = voc_facts_cues(work->facts, fact);
        guint32 start = 0, end = 0;
        for (int j = 0; j < fact->n_cues && end == 0; j++)
            if (cues[j].cue == figure->cue) {
                start = cues[j].start > 40 ? cues[j].start - 40 : 0;
                end = cues[j].end + 160;
            }
        figure->quotes[figure->n_quotes++] =
            (VocQuote){rows[i], voc_content_excerpt(work, fact, start, end, 240), (VocFeeling)fact->feeling};
    }
}

static int
by_count(gconstpointer a, gconstpointer b, gpointer facts)
{
    const VocCell *x = a, *y = b;
    if (x->messages != y->messages)
        return x->messages > y->messages ? -1 : 1;
    return strcmp(voc_facts_name(facts, x->name), voc_facts_name(facts, y->name));
}

/* The kinds of a cue, by messages. */
static void
count_kinds(VocWork *work, VocCueFigure *figure)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(VocCell));
    for (gsize i = 0; i < work->start[1]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        const VocFactCue *cues = voc_facts_cues(work->facts, fact);
        for (int j = 0; j < fact->n_cues; j++) {
            gboolean again = FALSE;
            for (int p = 0; p < j && !again; p++)
                again = cues[p].cue == cues[j].cue && cues[p].kind == cues[j].kind;
            if (cues[j].cue != figure->cue || !cues[j].kind || again)
                continue;
            guint at = 0;
            while (at < cells->len && g_array_index(cells, VocCell, at).name != cues[j].kind)
                at++;
            if (at == cells->len) {
                VocCell fresh = {.name = cues[j].kind};
                g_array_append_val(cells, fresh);
            }
            VocCell *cell = &g_array_index(cells, VocCell, at);
            cell->messages++;
            cell->scored += fact->feeling != VOC_FEELING_NONE;
            cell->negative += fact->feeling == VOC_FEELING_NEGATIVE;
        }
    }
    g_array_sort_with_data(cells, by_count, (gpointer)work->facts);
    figure->kinds = voc_arena_new_array(&work->content->arena, VocCell, cells->len + 1);
    figure->n_kinds = cells->len;
    if (cells->len)
        memcpy(figure->kinds, cells->data, cells->len * sizeof(VocCell));
}

/* Same customer, same theme, another contact within the days before. */
static gboolean
is_repeat(const VocWork *work, const VocFact *fact, GPtrArray *others)
{
    const VocFactTheme *themes = voc_facts_themes(work->facts, fact);
    for (guint i = 0; i < others->len; i++) {
        const VocFact *other = g_ptr_array_index(others, i);
        if (other == fact || other->day > fact->day || fact->day - other->day > REPEAT_DAYS ||
            (fact->thread && other->thread == fact->thread))
            continue;
        if (other->day == fact->day &&
            (other->second > fact->second || (other->second == fact->second && other->id >= fact->id)))
            continue;
        const VocFactTheme *theirs = voc_facts_themes(work->facts, other);
        for (int a = 0; a < fact->n_themes; a++)
            for (int b = 0; b < other->n_themes; b++)
                if (themes[a].theme == theirs[b].theme)
                    return TRUE;
    }
    return FALSE;
}

static void
count_repeats(VocWork *work)
{
    VocContent *content = work->content;
    g_autoptr(GHashTable) by_customer =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    int reach = 1 + (REPEAT_DAYS + content->period.days - 1) / content->period.days;
    for (gsize i = 0; i < work->start[MIN(reach + 1, work->periods)]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        if (!fact->customer || fact->n_themes == 0)
            continue;
        GPtrArray *list = g_hash_table_lookup(by_customer, GUINT_TO_POINTER(fact->customer));
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(by_customer, GUINT_TO_POINTER(fact->customer), list);
        }
        g_ptr_array_add(list, (gpointer)fact);
    }
    gsize end = work->start[1], next;
    for (gsize i = 0; i < end; i = next) {
        next = voc_work_contact_end(work, i, end);
        gboolean known = FALSE, repeat = FALSE;
        for (gsize row = i; row < next; row++) {
            const VocFact *fact = voc_work_fact(work, row);
            GPtrArray *list = fact->customer && fact->n_themes
                                  ? g_hash_table_lookup(by_customer, GUINT_TO_POINTER(fact->customer))
                                  : NULL;
            known |= list != NULL;
            repeat |= list && is_repeat(work, fact, list);
        }
        content->contacts_known += known;
        content->contacts_repeated += repeat;
    }
}

void
voc_content_cues(VocWork *work)
{
    VocContent *content = work->content;
    for (int i = 0; i < VOC_N_CUES; i++) {
        VocCueFigure *figure = &content->cues[i];
        figure->cue = (VocCueBit)(1 << i);
        count_cue(work, figure);
        content->any_cues |= figure->messages.k > 0 || figure->messages.k_usual > 0;
        if (figure->messages.k == 0)
            continue;
        choose_quotes(work, figure);
        count_kinds(work, figure);
    }
    for (gsize i = 0; i < work->start[1]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        gboolean failure = fact->cues & VOC_CUE_FAILURE_DEMAND, value = fact->cues & VOC_CUE_VALUE_DEMAND;
        content->demand_failure += failure;
        content->demand_value += value && !failure;
        content->demand_unknown += fact->text_len > 0 && !failure && !value;
    }
    count_repeats(work);
}
