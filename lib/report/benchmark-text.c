#include "report/benchmark-text.h"

#include "report/columns.h"
#include "report/content-work.h"

#include <math.h>

#define NAME 40

const char *
voc_benchmark_verdict(const VocBenchmarkLine *line)
{
    const VocStandardDifference *d = isnan(line->adjusted) ? &line->difference : &line->adjusted_difference;
    if (line->withheld)
        return "withheld";
    if (!(line->q <= 0.05) || (d->interval.low <= 0 && d->interval.high >= 0))
        return "alike";
    return d->value > 0 ? "above" : "below";
}

static const char *
tidy(const VocBenchmarkPage *page, const char *text)
{
    g_autofree char *line = voc_excerpt(voc_slice_from_string(text), 0, 0, NAME);
    return voc_phrase_printf(page->phrase, "%s", line);
}

static const char *
measure_name(const VocBenchmarkPage *page, const VocBenchmarkLine *line)
{
    static const struct {
        const char *key, *text;
    } NAMES[] = {{"negative", N_("Negative messages")},
                 {"positive", N_("Positive messages")},
                 {"sentiment", N_("Sentiment")},
                 {"nps", "NPS"},
                 {"csat", "CSAT"},
                 {"ces", "CES"},
                 {"stars", N_("Star average")},
                 {"cue:failure-demand", N_("Failure demand")},
                 {"cue:value-demand", N_("Value demand")},
                 {"cue:effort", N_("Effort")},
                 {"cue:urgency", N_("Urgency")},
                 {"cue:churn", N_("Thinking of leaving")},
                 {"cue:wish", N_("Wishes")},
                 {"cue:need", N_("Needs")},
                 {"cue:thanks", N_("Thanks")},
                 {"cue:escalation", N_("Escalation")},
                 {"cue:cause", N_("Causes")}};
    const char *key = line->measure;
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_str_equal(NAMES[i].key, key))
            return voc_say(NAMES[i].text);
    if (!g_str_has_prefix(key, "theme:"))
        return tidy(page, g_str_has_prefix(key, "cue:") ? key + 4 : key);
    const char *name = page->themes ? g_hash_table_lookup(page->themes, key + 6) : NULL;
    return voc_phrase_printf(page->phrase, "%s%s", tidy(page, name ? name : key + 6),
                             line->of_mentions ? " *" : "");
}

/* Shares in percent, NPS without decimals, means with two. */
static const char *
figure(const VocBenchmarkPage *page, const VocBenchmarkLine *line, double value)
{
    if (isnan(value))
        return "–";
    if (line->kind == VOC_MEASURE_SHARE)
        return voc_phrase_percent(page->phrase, value);
    return voc_phrase_decimal(page->phrase, value, line->kind == VOC_MEASURE_NPS ? 0 : 2);
}

static const char *
difference(const VocBenchmarkPage *page, const VocBenchmarkLine *line, double value)
{
    if (isnan(value))
        return "–";
    double scale = line->kind == VOC_MEASURE_SHARE ? 100 : 1;
    return voc_phrase_signed(page->phrase, scale * value, line->kind == VOC_MEASURE_MEAN ? 2 : 1);
}

static void
write_rule(const VocBenchmarkPage *page, char c, VocBuffer *out)
{
    for (int i = 0; i < page->width; i++)
        voc_buffer_add_char(out, c);
    voc_buffer_add_char(out, '\n');
}

static void
write_head(const VocBenchmarkPage *page, const VocBenchmarkLine *line, VocBuffer *out)
{
    const char *other = line->against ? tidy(page, line->against) : voc_say("all others");
    voc_columns_paragraph(
        voc_phrase_printf(page->phrase, voc_say("%s beside %s"), tidy(page, line->group), other), "", "",
        page->width, out);
    write_rule(page, '=', out);
}

static void
add_row(const VocBenchmarkPage *page, const VocBenchmarkLine *line, VocColumns *columns)
{
    const VocStandardDifference *d = isnan(line->adjusted) ? &line->difference : &line->adjusted_difference;
    const char *arrows[] = {"", "▲", "▼"};
    const char *verdict = voc_benchmark_verdict(line);
    int arrow = g_str_equal(verdict, "above") ? 1 : g_str_equal(verdict, "below") ? 2 : 0;
    voc_columns_add(
        columns,
        (const char *[]){measure_name(page, line), figure(page, line, line->value),
                         figure(page, line, line->other), figure(page, line, line->adjusted),
                         difference(page, line, d->value),
                         voc_phrase_printf(page->phrase, "%s … %s", difference(page, line, d->interval.low),
                                           difference(page, line, d->interval.high)),
                         arrows[arrow]});
}

typedef struct Told {
    gboolean mentions, partial;
    guint withheld, alike;
} Told;

/* What the table needs to be read rightly. */
static void
write_notes(const VocBenchmarkPage *page, const Told *told, VocBuffer *out)
{
    VocPhrase *phrase = page->phrase;
    if (page->mix)
        voc_columns_paragraph(
            voc_phrase_printf(phrase,
                              voc_say("Adjusted: the others' figure with the own mix of “%s” (direct "
                                      "standardisation). The difference and its 95 %% interval are to that."),
                              tidy(page, page->mix)),
            "", "", page->width, out);
    voc_columns_paragraph(
        voc_say("▲ ▼: more than chance (false discovery rate 0.05). Shares differ in percentage points."), "",
        "", page->width, out);
    if (told->mentions)
        voc_columns_paragraph(voc_say("*: of all mentions of themes, as the tallies do not say of how many "
                                      "messages."),
                              "", "", page->width, out);
    if (told->partial)
        voc_columns_paragraph(voc_say("Some figures leave out parts that one side hides or does not have."),
                              "", "", page->width, out);
    if (told->alike)
        voc_columns_paragraph(voc_phrase_printf(phrase,
                                                voc_say_n("%u theme or cue within chance is not shown; --all "
                                                          "shows it.",
                                                          "%u themes and cues within chance are not shown; "
                                                          "--all shows them.",
                                                          told->alike),
                                                told->alike),
                              "", "", page->width, out);
    if (told->withheld)
        voc_columns_paragraph(
            voc_phrase_printf(phrase,
                              voc_say_n("%u figure is withheld: too few or hidden on one side.",
                                        "%u figures are withheld: too few or hidden on one side.",
                                        told->withheld),
                              told->withheld),
            "", "", page->width, out);
}

static gboolean
is_one_of_many(const VocBenchmarkLine *line)
{
    return g_str_has_prefix(line->measure, "theme:") || g_str_has_prefix(line->measure, "cue:");
}

/* Lines [first, end) are one comparison. */
static void
write_comparison(const VocBenchmarkPage *page, const GArray *lines, guint first, guint end, Told *told,
                 VocBuffer *out)
{
    static const VocAlign ALIGN[] = {VOC_ALIGN_LEFT,  VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT,
                                     VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_LEFT};
    g_auto(VocColumns) columns;
    guint shown = 0;
    write_head(page, &g_array_index(lines, VocBenchmarkLine, first), out);
    voc_columns_init(&columns, G_N_ELEMENTS(ALIGN), ALIGN);
    voc_columns_add(&columns, (const char *[]){"", voc_say("Own"), voc_say("Others"), voc_say("Adjusted"),
                                               voc_say("Difference"), "95 %", ""});
    for (guint i = first; i < end; i++) {
        const VocBenchmarkLine *line = &g_array_index(lines, VocBenchmarkLine, i);
        if (line->withheld) {
            told->withheld++;
        } else if (!page->all && is_one_of_many(line) && g_str_equal(voc_benchmark_verdict(line), "alike")) {
            told->alike++;
        } else {
            add_row(page, line, &columns);
            told->mentions |= line->of_mentions;
            told->partial |= line->coverage < 0.995;
            shown++;
        }
    }
    if (shown)
        voc_columns_write(&columns, page->width, out);
    else
        voc_columns_paragraph(voc_say("Too little to compare, or nothing beyond chance."), "", "",
                              page->width, out);
}

void
voc_benchmark_write(const VocBenchmarkPage *page, const GArray *lines, VocBuffer *out)
{
    Told told = {FALSE};
    for (guint i = 0, end; i < lines->len; i = end) {
        const VocBenchmarkLine *first = &g_array_index(lines, VocBenchmarkLine, i);
        for (end = i + 1; end < lines->len; end++) {
            const VocBenchmarkLine *line = &g_array_index(lines, VocBenchmarkLine, end);
            if (line->group != first->group || line->against != first->against)
                break;
        }
        if (i)
            voc_buffer_add_char(out, '\n');
        write_comparison(page, lines, i, end, &told, out);
    }
    voc_buffer_add_char(out, '\n');
    write_notes(page, &told, out);
}
