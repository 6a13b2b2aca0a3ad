/* Which of the customers' own words stand for a theme. */
#include "report/content-work.h"

#include <math.h>

#define QUOTE_LIMIT 280
#define CANDIDATES 24 /* kept a theme while looking */

typedef struct Candidate {
    double fit;
    guint32 row;
    const VocFactTheme *segment;
} Candidate;

static gboolean
is_unprintable(gunichar c)
{
    return g_unichar_iscntrl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xFEFF || c == 0x2028 || c == 0x2029;
}

/* One clean line: white space collapsed, control and direction-override characters gone. */
static GString *
one_line(VocSlice text, guint32 start, guint32 end)
{
    GString *line = g_string_new(NULL);
    const char *p = text.data, *stop = text.data + text.len;
    gboolean gap = FALSE;
    for (guint32 at = 0; p < stop; at++) {
        gunichar c = g_utf8_get_char_validated(p, stop - p);
        gboolean bad = c == (gunichar)-1 || c == (gunichar)-2;
        const char *next = bad ? p + 1 : g_utf8_next_char(p);
        if ((start == 0 && end == 0) || (at >= start && at < end)) {
            if (bad)
                g_string_append(line, "\uFFFD");
            else if (g_unichar_isspace(c))
                gap = line->len > 0;
            else if (!is_unprintable(c)) {
                if (gap)
                    g_string_append_c(line, ' ');
                gap = FALSE;
                g_string_append_unichar(line, c);
            }
        }
        p = next;
    }
    return line;
}

char *
voc_excerpt(VocSlice text, guint32 start, guint32 end, gsize limit)
{
    g_autoptr(GString) line = one_line(text, 0, 0);
    gboolean cut_left = FALSE;
    if ((gsize)g_utf8_strlen(line->str, -1) > limit && end > start) {
        g_string_free(line, TRUE);
        line = one_line(text, start, end);
        cut_left = start > 0;
        if (g_utf8_strlen(line->str, -1) < 40) { /* too little to be understood: go on to what follows */
            g_string_free(line, TRUE);
            line = one_line(text, start, end + (guint32)limit);
        }
    }
    gboolean cut_right = (gsize)g_utf8_strlen(line->str, -1) > limit;
    if (cut_right) {
        char *at = g_utf8_offset_to_pointer(line->str, (glong)limit);
        char *space = at;
        while (space > line->str && *space != ' ')
            space--;
        g_string_truncate(line, (gsize)((at - space < 40 && space > line->str ? space : at) - line->str));
    }
    if (cut_left)
        g_string_prepend(line, "… ");
    if (cut_right)
        g_string_append(line, " …");
    return g_string_free(g_steal_pointer(&line), FALSE);
}

const char *
voc_content_excerpt(VocWork *work, const VocFact *fact, guint32 start, guint32 end, gsize limit)
{
    g_autofree char *line = voc_excerpt(voc_facts_text(work->facts, fact), start, end, limit);
    return voc_arena_string(&work->content->arena, voc_slice_from_string(line));
}

const char *
voc_content_excerpt_of(VocWork *work, const VocFact *fact, guint32 start, guint32 end)
{
    g_autoptr(GString) line = one_line(voc_facts_text(work->facts, fact), start, end);
    return voc_arena_string(&work->content->arena, voc_slice_of(line->str, line->len));
}

/* Which way the quotes should feel. A theme that costs points, and not by a few among many, is to be heard
 * for what hurts, whatever most of it is like. */
static double
way_of(const VocThemeFigure *theme)
{
    gboolean hurts = theme->effect < 0 && theme->negative.k * 4 >= theme->negative.n;
    return hurts ? theme->effect : theme->feeling;
}

static double
fit_of(const VocWork *work, const VocFact *fact, const VocFactTheme *segment, double way)
{
    glong length = g_utf8_strlen(voc_facts_text(work->facts, fact).data, fact->text_len);
    double score = isnan(segment->score) ? fact->score : segment->score;
    double fit = CLAMP(segment->weight, 0, 1);
    if (!isnan(score))
        fit += (score < 0) == (way < 0) ? 0.8 * fabs(score) : -0.4 * fabs(score);
    fit += length < 15 ? -1.5 : length < 40 ? -0.2 : length <= 200 ? 0.5 : 0.2;
    fit -= 0.05 * MAX(0, fact->n_themes - 1); /* a message on one thing says it best */
    if (g_str_equal(voc_facts_name(work->facts, fact->lang), work->content->options.lang))
        fit += 0.25;
    return fit;
}

static int
better(const Candidate *a, const Candidate *b, const VocFacts *facts)
{
    if (a->fit != b->fit)
        return a->fit > b->fit ? -1 : 1;
    return strcmp(voc_facts_id(facts, voc_facts_at(facts, a->row)),
                  voc_facts_id(facts, voc_facts_at(facts, b->row)));
}

/* Keeps `list` the best CANDIDATES so far, best first. */
static void
offer(GArray *list, Candidate candidate, const VocFacts *facts)
{
    guint at = list->len;
    while (at > 0 && better(&candidate, &g_array_index(list, Candidate, at - 1), facts) < 0)
        at--;
    if (at >= CANDIDATES)
        return;
    g_array_insert_val(list, at, candidate);
    if (list->len > CANDIDATES)
        g_array_set_size(list, CANDIDATES);
}

/* One quote a customer and contact, no two alike. */
static gboolean
is_repeat(const VocWork *work, const VocThemeFigure *figure, const VocFact *fact, const char *text)
{
    for (gsize i = 0; i < figure->n_quotes; i++) {
        const VocFact *other = voc_facts_at(work->facts, figure->quotes[i].row);
        if ((fact->thread && fact->thread == other->thread) ||
            (fact->customer && fact->customer == other->customer) ||
            g_str_equal(text, figure->quotes[i].text))
            return TRUE;
    }
    return FALSE;
}

static void
choose(VocWork *work, VocThemeFigure *figure, const GArray *list)
{
    guint wanted = work->content->options.quotes;
    figure->quotes = voc_arena_new_array(&work->content->arena, VocQuote, wanted + 1);
    for (guint i = 0; i < list->len && figure->n_quotes < wanted; i++) {
        const Candidate *candidate = &g_array_index(list, Candidate, i);
        const VocFact *fact = voc_facts_at(work->facts, candidate->row);
        const VocFactTheme *segment = candidate->segment;
        const char *text = voc_content_excerpt(work, fact, segment->start, segment->end, QUOTE_LIMIT);
        if (*text == '\0' || is_repeat(work, figure, fact, text))
            continue;
        double score = isnan(segment->score) ? fact->score : segment->score;
        VocFeeling feeling = isnan(score)     ? VOC_FEELING_NONE
                             : score <= -0.05 ? VOC_FEELING_NEGATIVE
                             : score >= 0.05  ? VOC_FEELING_POSITIVE
                                              : VOC_FEELING_NEUTRAL;
        figure->quotes[figure->n_quotes++] = (VocQuote){candidate->row, text, feeling};
    }
}

void
voc_content_quotes(VocWork *work)
{
    VocContent *content = work->content;
    g_autoptr(GHashTable) at = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (gsize i = 0; i < content->n_themes; i++) {
        g_ptr_array_add(lists, g_array_new(FALSE, FALSE, sizeof(Candidate)));
        g_hash_table_insert(at, GUINT_TO_POINTER(content->themes[i].theme), GUINT_TO_POINTER(i + 1));
    }
    for (gsize i = 0; i < work->start[1]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        const VocFactTheme *themes = voc_facts_themes(work->facts, fact);
        for (int j = 0; j < fact->n_themes; j++) {
            guint found = GPOINTER_TO_UINT(g_hash_table_lookup(at, GUINT_TO_POINTER(themes[j].theme)));
            if (!found || fact->text_len == 0)
                continue;
            double way = way_of(&content->themes[found - 1]);
            Candidate candidate = {fit_of(work, fact, &themes[j], way), work->rows[i], &themes[j]};
            offer(g_ptr_array_index(lists, found - 1), candidate, work->facts);
        }
    }
    for (gsize i = 0; i < content->n_themes; i++)
        choose(work, &content->themes[i], g_ptr_array_index(lists, i));
}
