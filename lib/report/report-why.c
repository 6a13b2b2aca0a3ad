/* Why the score moved, where the problems sit, and whose they are: other views of the themes. */
#include "report/headline.h"
#include "report/report.h"

#include <math.h>

#define STEPS 8 /* themes named in the waterfall */
#define HEAT_ROWS 12
#define HEAT_COLUMNS 6

typedef struct Part {
    const VocThemeFigure *theme;
    double change;
} Part;

static int
by_size(gconstpointer a, gconstpointer b)
{
    const Part *x = a, *y = b;
    if (fabs(x->change) != fabs(y->change))
        return fabs(x->change) > fabs(y->change) ? -1 : 1;
    return x->theme < y->theme ? -1 : x->theme > y->theme;
}

static VocDocStep *
add_step(VocReport *report, VocDocBlock *block, const char *name, double value, double change, gboolean total)
{
    VocDocStep *step = voc_arena_new(&report->arena, VocDocStep), **at = &block->steps;
    int decimals = voc_headline_effect_decimals(report->content);
    while (*at)
        at = &(*at)->next;
    *at = step;
    step->name = name;
    step->value = value;
    step->change = change;
    step->total = total;
    step->text = total ? voc_phrase_decimal(report->phrase, value, decimals)
                       : voc_phrase_signed(report->phrase, change, decimals);
    return step;
}

static const char *
part_text(VocReport *report, double value)
{
    return voc_phrase_signed(report->phrase, value, voc_headline_effect_decimals(report->content));
}

static void
total_row(VocReport *report, VocDocBlock *table, const VocDocStep *step)
{
    VocDocCell *cells = voc_report_row(report, table)->cells;
    cells[0].text = step->name;
    cells[1].text = step->text;
}

/* The steps in words and numbers: what the picture shows, and how much of it is the theme's own score. */
static void
parts_table(VocReport *report, VocDocSection *section, const GArray *parts, guint shown,
            const VocDocStep *steps)
{
    const VocDocColumn columns[] = {{voc_say("Theme"), FALSE, NULL, FALSE},
                                    {voc_say("Change"), TRUE, NULL, FALSE},
                                    {voc_say("by its score"), TRUE, NULL, FALSE},
                                    {voc_say("by its share"), TRUE, NULL, FALSE}};
    VocDocBlock *table = voc_report_table(report, section, NULL, columns, G_N_ELEMENTS(columns));
    total_row(report, table, steps);
    for (guint i = 0; i < shown; i++, steps = steps->next) {
        const Part *part = &g_array_index(parts, Part, i);
        VocDocCell *cells = voc_report_row(report, table)->cells;
        cells[0].text = voc_headline_theme(report->content, report->phrase, part->theme->theme);
        cells[1].text = part_text(report, part->change);
        cells[2].text = part_text(report, part->theme->by_score);
        cells[3].text = part_text(report, part->theme->by_share);
    }
    total_row(report, table, steps->next); /* all else */
    total_row(report, table, steps->next->next);
}

void
voc_report_moves(VocReport *report)
{
    const VocContent *content = report->content;
    if (content->n_themes == 0 || isnan(content->no_theme_by_score))
        return;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Part));
    for (gsize i = 0; i < content->n_themes; i++) {
        Part part = {&content->themes[i], content->themes[i].by_score + content->themes[i].by_share};
        if (part.change != 0)
            g_array_append_val(parts, part);
    }
    g_array_sort(parts, by_size);
    const char *what = content->effect_of < 0 ? voc_say("sentiment")
                                              : voc_headline_rating((VocRatingKind)content->effect_of);
    VocDocSection *section = voc_report_add(
        report, "moves", voc_phrase_printf(report->phrase, voc_say("What moved it: %s"), what));
    voc_report_say(
        report, section, VOC_BLOCK_NOTE,
        voc_say("Each answer is shared over its themes, so the steps add up to the whole change. A theme "
                "moves the score by being judged differently, or by being spoken of more or less."));
    VocDocBlock *fall = voc_report_block(report, section, VOC_BLOCK_WATERFALL);
    double at = content->effect_score_before, rest = content->no_theme_by_score + content->no_theme_by_share;
    add_step(report, fall, voc_headline_before(content), at, at, TRUE);
    for (guint i = 0; i < parts->len; i++) {
        const Part *part = &g_array_index(parts, Part, i);
        if (i >= STEPS) {
            rest += part->change;
            continue;
        }
        at += part->change;
        add_step(report, fall, voc_headline_theme(content, report->phrase, part->theme->theme), at,
                 part->change, FALSE);
    }
    add_step(report, fall, voc_say("all else"), at + rest, rest, FALSE);
    add_step(report, fall, voc_phrase_period_short(report->phrase, &content->period), content->effect_score,
             content->effect_score, TRUE);
    parts_table(report, section, parts, MIN(parts->len, STEPS), fall->steps);
}

/* The places that most messages came from, in all themes together. */
static guint
choose_places(const VocContent *content, gboolean touchpoints, VocName *places)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    for (gsize i = 0; i < content->n_themes; i++) {
        const VocThemeFigure *theme = &content->themes[i];
        const VocCell *cells = touchpoints ? theme->touchpoints : theme->channels;
        gsize n = touchpoints ? theme->n_touchpoints : theme->n_channels;
        for (gsize j = 0; j < n; j++)
            if (cells[j].name) {
                gpointer key = GUINT_TO_POINTER(cells[j].name);
                gint64 sum = GPOINTER_TO_INT(g_hash_table_lookup(counts, key)) + cells[j].messages;
                g_hash_table_insert(counts, key, GINT_TO_POINTER((int)MIN(sum, G_MAXINT)));
            }
    }
    guint n = 0;
    while (n < HEAT_COLUMNS) {
        GHashTableIter iter;
        gpointer key, value;
        VocName best = 0;
        int most = 0;
        g_hash_table_iter_init(&iter, counts);
        while (g_hash_table_iter_next(&iter, &key, &value)) {
            VocName name = GPOINTER_TO_UINT(key);
            int count = GPOINTER_TO_INT(value);
            if (count > most ||
                (count == most && best &&
                 strcmp(voc_facts_name(content->facts, name), voc_facts_name(content->facts, best)) < 0)) {
                best = name;
                most = count;
            }
        }
        if (!best)
            break;
        places[n++] = best;
        g_hash_table_remove(counts, GUINT_TO_POINTER(best));
    }
    return n;
}

static const VocCell *
cell_at(const VocThemeFigure *theme, gboolean touchpoints, VocName place)
{
    const VocCell *cells = touchpoints ? theme->touchpoints : theme->channels;
    gsize n = touchpoints ? theme->n_touchpoints : theme->n_channels;
    for (gsize i = 0; i < n; i++)
        if (cells[i].name == place)
            return &cells[i];
    return NULL;
}

static int
by_volume(gconstpointer a, gconstpointer b)
{
    const VocThemeFigure *x = *(const VocThemeFigure *const *)a, *y = *(const VocThemeFigure *const *)b;
    if (x->messages.k != y->messages.k)
        return x->messages.k > y->messages.k ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void
heat_table(VocReport *report, VocDocSection *section, gboolean touchpoints)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    VocName places[HEAT_COLUMNS];
    guint n = choose_places(content, touchpoints, places);
    if (n < 2)
        return;
    VocDocColumn columns[HEAT_COLUMNS + 1] = {{voc_say("Theme"), FALSE, NULL, FALSE}};
    for (guint i = 0; i < n; i++)
        columns[i + 1] = (VocDocColumn){touchpoints ? voc_headline_place(content, phrase, places[i])
                                                    : voc_headline_channel(content, phrase, places[i]),
                                        TRUE, NULL, FALSE};
    g_autoptr(GPtrArray) themes = g_ptr_array_new();
    gint64 most = 1;
    for (gsize i = 0; i < content->n_themes; i++) {
        g_ptr_array_add(themes, &content->themes[i]);
        for (guint j = 0; j < n; j++) {
            const VocCell *cell = cell_at(&content->themes[i], touchpoints, places[j]);
            most = MAX(most, cell ? cell->negative : 0);
        }
    }
    g_ptr_array_sort(themes, by_volume);
    VocDocBlock *table =
        voc_report_table(report, section, touchpoints ? voc_say("By touchpoint.") : voc_say("By channel."),
                         columns, (int)n + 1);
    for (guint i = 0; i < themes->len && i < HEAT_ROWS; i++) {
        const VocThemeFigure *theme = g_ptr_array_index(themes, i);
        gboolean placed = FALSE;
        for (guint j = 0; j < n && !placed; j++) {
            const VocCell *cell = cell_at(theme, touchpoints, places[j]);
            placed = cell && cell->messages > 0;
        }
        if (!placed)
            continue;
        VocDocCell *cells = voc_report_row(report, table)->cells;
        cells[0].text = voc_headline_theme(content, phrase, theme->theme);
        for (guint j = 0; j < n; j++) {
            const VocCell *cell = cell_at(theme, touchpoints, places[j]);
            if (!cell || cell->messages == 0)
                continue;
            cells[j + 1].text = voc_phrase_printf(phrase, "%s/%s", voc_phrase_int(phrase, cell->negative),
                                                  voc_phrase_int(phrase, cell->messages));
            cells[j + 1].heat = cell->negative > 0 ? (int)(1 + (cell->negative * 4) / most) : 0;
        }
    }
}

void
voc_report_heat(VocReport *report)
{
    const VocContent *content = report->content;
    VocName places[HEAT_COLUMNS];
    if (content->n_themes == 0 ||
        (choose_places(content, TRUE, places) < 2 && choose_places(content, FALSE, places) < 2))
        return;
    VocDocSection *section = voc_report_add(report, "heat", voc_say("Problem points"));
    voc_report_say(report, section, VOC_BLOCK_NOTE,
                   voc_say("Negative messages / all messages of each theme, by where they came from. The "
                           "darker, the more negative messages."));
    heat_table(report, section, TRUE);
    heat_table(report, section, FALSE);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Themes by owner: names, messages, and what they cost or brought. */
void
voc_report_owners(VocReport *report)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) owners = g_ptr_array_new();
    for (gsize i = 0; i < content->n_themes; i++) {
        const VocThemeFacts *facts = voc_facts_theme(content->facts, content->themes[i].theme);
        const char *owner = facts ? voc_facts_name(content->facts, facts->owner) : "";
        if (*owner && content->themes[i].messages.k > 0 && g_hash_table_add(seen, (gpointer)owner))
            g_ptr_array_add(owners, (gpointer)owner);
    }
    if (owners->len == 0)
        return;
    g_ptr_array_sort(owners, by_name);
    VocDocSection *section = voc_report_add(report, "owners", voc_say("For whom"));
    voc_report_say(
        report, section, VOC_BLOCK_NOTE,
        voc_say("The themes' messages by who can act on them, and how many of their segments are negative."));
    GPtrArray *list = voc_report_list(report, section);
    for (guint i = 0; i < owners->len; i++) {
        g_autoptr(GString) names = g_string_new(NULL);
        gint64 negative = 0, scored = 0;
        for (gsize j = 0; j < content->n_themes; j++) {
            const VocThemeFigure *theme = &content->themes[j];
            const VocThemeFacts *facts = voc_facts_theme(content->facts, theme->theme);
            if (!facts || theme->messages.k == 0 ||
                !g_str_equal(voc_facts_name(content->facts, facts->owner), g_ptr_array_index(owners, i)))
                continue;
            negative += theme->negative.k;
            scored += theme->negative.n;
            g_string_append_printf(names, "%s%s %s", names->len ? ", " : "",
                                   voc_headline_theme(content, phrase, theme->theme),
                                   voc_phrase_int(phrase, theme->messages.k));
        }
        g_ptr_array_add(list,
                        (gpointer)voc_phrase_printf(phrase, voc_say("%s (negative: %s): %s."),
                                                    voc_headline_owner(g_ptr_array_index(owners, i)),
                                                    voc_phrase_share(phrase, negative, scored), names->str));
    }
}
