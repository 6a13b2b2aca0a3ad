/* Words: what is new this period, and what sets a theme's negative messages apart. Counted by messages, so
 * that one long complaint weighs no more than a short one. */
#include "report/content-work.h"

#include "stats/fdr.h"
#include "stats/keyness.h"

#include <math.h>

#define EARLIER_MAX                                                                                          \
    60000 /* messages of the baseline that are looked at: evenly over it when there are more */
#define NEW_WORDS 10
#define CAUSES 5
#define EXCERPT 200

typedef struct Term {
    const char *base;
    guint32 last;            /* message that counted it last, plus one */
    gint64 now, earlier;     /* messages */
    gint64 group;            /* messages of the group being looked at */
    VocName thread;          /* of the first message */
    gboolean spread;         /* in more than one contact */
    gint64 on_rising;        /* of `now`: on a theme that rises */
    guint32 by[VOC_HISTORY]; /* messages by period, the last is now */
    guint32 row;             /* the first message of the period that holds it */
    guint32 start, end;      /* where it stands there */
} Term;

typedef struct Lexis {
    VocWork *work;
    GHashTable *at; /* base -> index + 1 */
    GArray *terms;
    GStringChunk *chunk;
    VocArena scratch;
    guint32 serial;
    gboolean on_rising;     /* the message being counted is on a theme that rises */
    int back;               /* the period being counted, 0 is now */
    gint64 of[VOC_HISTORY]; /* messages with text that were looked at, as Term.by */
} Lexis;

typedef void (*OnTerm)(Lexis *lexis, Term *term, const VocFact *fact, guint32 row, guint32 start,
                       guint32 end);

static Term *
term_of(Lexis *lexis, VocSlice base)
{
    char key[128];
    if (base.len == 0 || base.len >= sizeof key)
        return NULL;
    memcpy(key, base.data, base.len);
    key[base.len] = '\0';
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(lexis->at, key));
    if (!at) {
        char *kept = g_string_chunk_insert(lexis->chunk, key);
        Term fresh = {.base = kept};
        g_array_append_val(lexis->terms, fresh);
        at = lexis->terms->len;
        g_hash_table_insert(lexis->at, kept, GUINT_TO_POINTER(at));
    }
    return &g_array_index(lexis->terms, Term, at - 1);
}

static gboolean
is_content(const VocToken *token)
{
    return (token->raw.kind == VOC_TOKEN_WORD || token->raw.kind == VOC_TOKEN_HASHTAG) &&
           !(token->raw.flags & VOC_TOKEN_STOP) && token->raw.cp_len > 2;
}

/* Calls `on` for each distinct content word of a message. */
static void
each_term(Lexis *lexis, guint32 row, OnTerm on)
{
    const VocFact *fact = voc_facts_at(lexis->work->facts, row);
    VocSlice bytes = voc_facts_text(lexis->work->facts, fact);
    if (bytes.len == 0 || !g_utf8_validate_len(bytes.data, bytes.len, NULL))
        return;
    VocWords *words = lexis->work->content->options.words;
    voc_arena_reset(&lexis->scratch);
    const VocText *text = voc_words_read(words, bytes, &lexis->scratch);
    guint32 cp = 0;
    gsize at = 0;
    lexis->serial++;
    for (guint i = 0; i < text->n; i++) {
        gsize start = VOC_CHUNK_START(text->starts[i]);
        cp += (guint32)voc_text_length(voc_slice_of(bytes.data + at, start - at));
        at = start;
        const VocWordList *list = voc_words_list(words, text->chunks[i], voc_text_lang(text, i));
        for (guint j = 0; j < list->n; j++) {
            const VocToken *token = &list->tokens[j];
            Term *term = is_content(token) ? term_of(lexis, token->base) : NULL;
            if (!term || term->last == lexis->serial)
                continue;
            term->last = lexis->serial;
            guint32 from = cp + token->raw.cp_start;
            on(lexis, term, fact, row, from, from + token->raw.cp_len);
        }
    }
    voc_words_settle(words);
}

static gboolean
is_on_rising(const VocWork *work, const VocFact *fact)
{
    const VocFactTheme *themes = voc_facts_themes(work->facts, fact);
    for (int i = 0; i < fact->n_themes; i++)
        for (gsize j = 0; j < work->content->n_themes; j++)
            if (work->content->themes[j].theme == themes[i].theme &&
                voc_change_rises(work->content->themes[j].messages.verdict))
                return TRUE;
    return FALSE;
}

static void
count_now(Lexis *lexis, Term *term, const VocFact *fact, guint32 row, guint32 start, guint32 end)
{
    term->by[VOC_HISTORY - 1]++;
    term->on_rising += lexis->on_rising;
    /* The shortest form that somebody wrote: the nearest to the base form. */
    gboolean shorter = term->now == 0 || end - start < term->end - term->start;
    if (shorter) {
        term->row = row;
        term->start = start;
        term->end = end;
    }
    if (term->now++ == 0)
        term->thread = fact->thread;
    else if (!fact->thread || fact->thread != term->thread)
        term->spread = TRUE;
}

static void
count_earlier(Lexis *lexis, Term *term, const VocFact *fact, guint32 row, guint32 start, guint32 end)
{
    (void)fact, (void)row, (void)start, (void)end;
    term->earlier++;
    if (lexis->back < VOC_HISTORY)
        term->by[VOC_HISTORY - 1 - lexis->back]++;
}

static void
count_group(Lexis *lexis, Term *term, const VocFact *fact, guint32 row, guint32 start, guint32 end)
{
    (void)lexis, (void)fact;
    if (term->group++ == 0) {
        term->row = row;
        term->start = start;
        term->end = end;
    }
}

/* The word as the message of its row has it: a form that somebody wrote, never a stem. */
static const char *
surface(Lexis *lexis, const Term *term)
{
    VocSlice text = voc_facts_text(lexis->work->facts, voc_facts_at(lexis->work->facts, term->row));
    const char *from = g_utf8_offset_to_pointer(text.data, term->start),
               *to = g_utf8_offset_to_pointer(from, term->end - term->start);
    g_autofree char *word = g_utf8_strdown(from, to - from);
    return voc_arena_string(&lexis->work->content->arena, voc_slice_from_string(word));
}

static VocWordFigure
figure_of(Lexis *lexis, const Term *term, gint64 k, gint64 n, gint64 k_rest, gint64 n_rest)
{
    const VocFact *fact = voc_facts_at(lexis->work->facts, term->row);
    double a = (double)k, b = (double)k_rest, n1 = (double)n, n2 = (double)n_rest;
    const char *excerpt = voc_content_excerpt(lexis->work, fact, term->start > 60 ? term->start - 60 : 0,
                                              term->end + 120, EXCERPT);
    return (VocWordFigure){.word = surface(lexis, term),
                           .k = k,
                           .n = n,
                           .k_rest = k_rest,
                           .n_rest = n_rest,
                           .g2 = voc_keyness_g2(a, n1, b, n2),
                           .log_ratio = voc_keyness_log_ratio(a, n1, b, n2),
                           .quote = {term->row, excerpt, (VocFeeling)fact->feeling}};
}

typedef struct Ranked {
    const Term *term;
    double g2, ratio;
} Ranked;

static int
by_ratio(gconstpointer a, gconstpointer b)
{
    const Ranked *x = a, *y = b;
    if (x->ratio != y->ratio)
        return x->ratio > y->ratio ? -1 : 1;
    if (x->g2 != y->g2)
        return x->g2 > y->g2 ? -1 : 1;
    return strcmp(x->term->base, y->term->base);
}

static int
by_g2(gconstpointer a, gconstpointer b)
{
    const Ranked *x = a, *y = b;
    return x->g2 != y->g2 ? (x->g2 > y->g2 ? -1 : 1) : strcmp(x->term->base, y->term->base);
}

/* Terms that pass the gate, ranked; g2 of k among n against k_rest among n_rest. */
static void
offer(GArray *ranked, const Term *term, gint64 k, gint64 n, gint64 k_rest, gint64 n_rest, double gate)
{
    double a = (double)k, b = (double)k_rest, n1 = (double)n, n2 = (double)n_rest;
    double g2 = voc_keyness_g2(a, n1, b, n2), ratio = voc_keyness_log_ratio(a, n1, b, n2);
    Ranked one = {term, g2, ratio};
    if (g2 >= gate && ratio > 0)
        g_array_append_val(ranked, one);
}

static void
find_new(Lexis *lexis, gint64 n, gint64 n_earlier)
{
    VocContent *content = lexis->work->content;
    g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (guint i = 0; i < lexis->terms->len; i++) {
        const Term *term = &g_array_index(lexis->terms, Term, i);
        if (term->now >= 4 && term->spread)
            offer(ranked, term, term->now, n, term->earlier, n_earlier, VOC_G2_001);
    }
    g_array_sort(ranked, by_ratio);
    content->n_new_words = MIN(ranked->len, NEW_WORDS);
    content->new_words = voc_arena_new_array(&content->arena, VocWordFigure, content->n_new_words + 1);
    for (gsize i = 0; i < content->n_new_words; i++) {
        const Term *term = g_array_index(ranked, Ranked, i).term;
        content->new_words[i] = figure_of(lexis, term, term->now, n, term->earlier, n_earlier);
    }
}

/* ---- words that rise slowly ---- */

/* Words in fewer messages now are not tested, nor told. */
#define RISING_LEAST 5
#define RISING_WORDS 6

typedef struct Rising {
    const Term *term;
    double z, q;
} Rising;

static int
by_slope(gconstpointer a, gconstpointer b)
{
    const Rising *x = a, *y = b;
    return x->z != y->z ? (x->z > y->z ? -1 : 1) : strcmp(x->term->base, y->term->base);
}

static gboolean
is_told(const VocContent *content, const Lexis *lexis, const Term *term)
{
    for (gsize i = 0; i < content->n_new_words; i++)
        if (content->new_words[i].quote.row == term->row &&
            g_str_equal(content->new_words[i].word, surface((Lexis *)lexis, term)))
            return TRUE;
    return FALSE;
}

static VocRisingFigure
rising_figure(Lexis *lexis, const Rising *one, int first, gint64 n)
{
    const Term *term = one->term;
    gint64 k_first = 0, n_first = 0;
    for (int i = first; i < first + 3; i++) {
        k_first += term->by[i];
        n_first += lexis->of[i];
    }
    VocRisingFigure figure = {.word = figure_of(lexis, term, term->now, n, k_first, n_first), .q = one->q};
    for (int i = 0; i < VOC_HISTORY; i++)
        figure.history[i] = i < first ? -1 : (gint64)term->by[i];
    return figure;
}

/* The Cochran-Armitage test for each word that is common now, corrected for their number. */
static void
find_rising(Lexis *lexis, gint64 n)
{
    VocContent *content = lexis->work->content;
    int first = 0;
    while (first < VOC_HISTORY && lexis->of[first] == 0)
        first++;
    if (VOC_HISTORY - first < 6)
        return;
    g_autoptr(GArray) tested = g_array_new(FALSE, FALSE, sizeof(Rising));
    g_autoptr(GArray) p = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < lexis->terms->len; i++) {
        const Term *term = &g_array_index(lexis->terms, Term, i);
        if (term->now < RISING_LEAST || !term->spread)
            continue;
        gint64 by[VOC_HISTORY];
        for (int j = 0; j < VOC_HISTORY; j++)
            by[j] = term->by[j];
        double z = voc_trend_slope_z(by + first, lexis->of + first, (gsize)(VOC_HISTORY - first), TRUE);
        double two_sided = isnan(z) ? NAN : voc_normal_two_sided(z);
        g_array_append_vals(tested, &(Rising){term, z, 0}, 1);
        g_array_append_val(p, two_sided);
    }
    voc_fdr_adjust((double *)(void *)p->data, (double *)(void *)p->data, p->len);
    for (guint i = tested->len; i-- > 0;) {
        Rising *one = &g_array_index(tested, Rising, i);
        one->q = g_array_index(p, double, i);
        gboolean known = 2 * one->term->on_rising > one->term->now || is_told(content, lexis, one->term);
        if (!(one->z > 0) || !(one->q <= content->options.fdr) || known)
            g_array_remove_index(tested, i);
    }
    g_array_sort(tested, by_slope);
    content->n_rising_words = MIN(tested->len, RISING_WORDS);
    content->rising_words =
        voc_arena_new_array(&content->arena, VocRisingFigure, content->n_rising_words + 1);
    for (gsize i = 0; i < content->n_rising_words; i++)
        content->rising_words[i] = rising_figure(lexis, &g_array_index(tested, Rising, i), first, n);
}

static gboolean
is_negative_on(const VocFacts *facts, const VocFact *fact, VocName theme)
{
    const VocFactTheme *themes = voc_facts_themes(facts, fact);
    for (int i = 0; i < fact->n_themes; i++)
        if (themes[i].theme == theme)
            return isnan(themes[i].score) ? fact->feeling == VOC_FEELING_NEGATIVE : themes[i].score <= -0.05f;
    return FALSE;
}

/* A clause in which the customer says why: from its cue to the end of the sentence. */
static const char *
because(Lexis *lexis, guint32 row)
{
    const VocFact *fact = voc_facts_at(lexis->work->facts, row);
    const VocFactCue *cues = voc_facts_cues(lexis->work->facts, fact);
    for (int i = 0; i < fact->n_cues; i++) {
        if (cues[i].cue != VOC_CUE_CAUSE)
            continue;
        VocSlice text = voc_facts_text(lexis->work->facts, fact);
        const char *from = text.data, *stop = text.data + text.len;
        for (guint32 at = 0; at < cues[i].start && from < stop; at++)
            from = g_utf8_next_char(from);
        guint32 end = cues[i].start;
        for (const char *p = from; p < stop && !strchr(".!?\n", *p); p = g_utf8_next_char(p))
            end++;
        if (end >= cues[i].start + 15 && end <= cues[i].start + 200)
            return voc_content_excerpt_of(lexis->work, fact, cues[i].start, end);
    }
    return NULL;
}

static void
find_causes(Lexis *lexis, VocThemeFigure *theme, gint64 n)
{
    const VocWork *work = lexis->work;
    gint64 negative = 0;
    for (guint i = 0; i < lexis->terms->len; i++)
        g_array_index(lexis->terms, Term, i).group = 0;
    for (gsize i = 0; i < work->start[1]; i++) {
        if (!is_negative_on(work->facts, voc_work_fact(work, i), theme->theme))
            continue;
        negative++;
        each_term(lexis, work->rows[i], count_group);
        if (!theme->because && (theme->because = because(lexis, work->rows[i])) != NULL)
            theme->because_row = work->rows[i];
    }
    if (negative < 3 || negative >= n)
        return;
    g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (guint i = 0; i < lexis->terms->len; i++) {
        const Term *term = &g_array_index(lexis->terms, Term, i);
        if (term->group >= 2 && term->spread)
            offer(ranked, term, term->group, negative, term->now - term->group, n - negative, VOC_G2_01);
    }
    g_array_sort(ranked, by_g2);
    theme->n_causes = MIN(ranked->len, CAUSES);
    theme->causes = voc_arena_new_array(&work->content->arena, VocWordFigure, theme->n_causes + 1);
    for (gsize i = 0; i < theme->n_causes; i++) {
        const Term *term = g_array_index(ranked, Ranked, i).term;
        theme->causes[i] =
            figure_of(lexis, term, term->group, negative, term->now - term->group, n - negative);
    }
}

void
voc_content_words(VocWork *work)
{
    VocContent *content = work->content;
    Lexis lexis = {.work = work,
                   .at = g_hash_table_new(g_str_hash, g_str_equal),
                   .terms = g_array_new(FALSE, FALSE, sizeof(Term)),
                   .chunk = g_string_chunk_new(1 << 14)};
    gint64 n = 0, n_earlier = 0;
    voc_arena_init(&lexis.scratch, 0);
    for (gsize i = 0; i < work->start[1]; i++) {
        n += voc_work_fact(work, i)->text_len > 0;
        lexis.on_rising = is_on_rising(work, voc_work_fact(work, i));
        each_term(&lexis, work->rows[i], count_now);
    }
    gsize end = work->start[content->n_usual + 1], step = MAX(1, (end - work->start[1]) / EARLIER_MAX);
    for (gsize i = work->start[1]; i < end; i += step) {
        gboolean has_text = voc_work_fact(work, i)->text_len > 0;
        while (i >= work->start[lexis.back + 1])
            lexis.back++;
        if (lexis.back < VOC_HISTORY)
            lexis.of[VOC_HISTORY - 1 - lexis.back] += has_text;
        n_earlier += has_text;
        each_term(&lexis, work->rows[i], count_earlier);
    }
    if (n > 0 && n_earlier > 0 && content->n_usual >= 3)
        find_new(&lexis, n, n_earlier);
    lexis.of[VOC_HISTORY - 1] = n;
    if (n > 0)
        find_rising(&lexis, n);
    for (gsize i = 0; i < content->n_themes; i++)
        if (content->themes[i].negative.k > 0)
            find_causes(&lexis, &content->themes[i], n);
    voc_arena_clear(&lexis.scratch);
    g_hash_table_unref(lexis.at);
    g_array_unref(lexis.terms);
    g_string_chunk_free(lexis.chunk);
}
