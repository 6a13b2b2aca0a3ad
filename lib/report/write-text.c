/* The report as plain text: 80 columns, and nothing that mail or a log would choke on unless it is a
 * terminal. */
#include "report/columns.h"
#include "report/headline.h"
#include "report/write.h"

#include <math.h>

#define TOP_THEMES 12
#define QUOTED_THEMES 5

typedef struct Page {
    const VocContent *content;
    VocPhrase *phrase;
    const VocWriteOptions *options;
    VocBuffer *out;
} Page;

static void
style(Page *page, const char *code)
{
    if (page->options->terminal)
        voc_buffer_add_printf(page->out, "\033[%sm", code);
}

static void
heading(Page *page, const char *text)
{
    voc_buffer_add_char(page->out, '\n');
    style(page, "1");
    voc_buffer_add_string(page->out, text);
    style(page, "0");
    voc_buffer_add_string(page->out, "\n\n");
}

/* Eight heights of a block, one a period; a dot before the data begin. */
static const char *
sparkline(Page *page, const gint64 *history)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    gint64 most = 1;
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = 0; i < VOC_HISTORY; i++)
        most = MAX(most, history[i]);
    for (int i = 0; i < VOC_HISTORY; i++)
        g_string_append(line, history[i] < 0 ? "·" : bars[history[i] * 7 / most]);
    return voc_phrase_printf(page->phrase, "%s", line->str);
}

static void
title(Page *page)
{
    const VocContent *content = page->content;
    const char *name = voc_headline_title(content, page->phrase);
    const char *days = voc_phrase_days(page->phrase, content->period.first,
                                       content->period.first + content->period.days - 1);
    int gap = page->options->width - voc_columns_width(name) - voc_columns_width(days);
    style(page, "1");
    voc_buffer_add_string(page->out, name);
    style(page, "0");
    if (content->period.kind == VOC_PERIOD_WEEK) {
        voc_buffer_add_printf(page->out, "%*s", MAX(2, gap), "");
        voc_buffer_add_string(page->out, days);
    }
    voc_buffer_add_char(page->out, '\n');
    for (int i = 0; i < page->options->width; i++)
        voc_buffer_add_char(page->out, '=');
    voc_buffer_add_string(page->out, "\n\n");
}

static void
sentences(Page *page)
{
    g_autoptr(GPtrArray) list = voc_headline_sentences(page->content, page->phrase);
    for (guint i = 0; i < list->len; i++)
        voc_columns_paragraph(g_ptr_array_index(list, i), "* ", "  ", page->options->width, page->out);
}

static const char *
count(Page *page, double value)
{
    return voc_phrase_decimal(page->phrase, value, value < 100 && fmod(value, 1) != 0 ? 1 : 0);
}

static void
count_row(Page *page, VocColumns *table, const char *name, const VocCountFigure *f)
{
    voc_columns_add(table, name, voc_phrase_int(page->phrase, f->now),
                    voc_phrase_int(page->phrase, f->before), count(page, f->usual),
                    page->options->terminal ? sparkline(page, f->history) : "", NULL);
}

static void
share_row(Page *page, VocColumns *table, const char *name, const VocShareFigure *f)
{
    const char *change = f->verdict > VOC_CHANGE_NONE
                             ? voc_phrase_printf(page->phrase, "%s %s", voc_headline_arrow(f->verdict),
                                                 voc_headline_change(f->verdict))
                             : voc_headline_change(f->verdict);
    voc_columns_add(table, name, voc_phrase_share(page->phrase, f->k, f->n),
                    voc_phrase_share(page->phrase, f->k_before, f->n_before),
                    voc_phrase_share(page->phrase, f->k_usual, f->n_usual), change, NULL);
}

static void
rating_row(Page *page, VocColumns *table, const VocRatingFigure *f)
{
    VocPhrase *phrase = page->phrase;
    const char *name = voc_phrase_printf(phrase, voc_say_n("%s (%s answer)", "%s (%s answers)", f->n),
                                         voc_headline_rating(f->kind), voc_phrase_int(phrase, f->n));
    gboolean small = f->kind == VOC_RATING_NPS && f->n < VOC_SMALL;
    const char *now =
        small ? voc_say("too few")
              : voc_phrase_printf(phrase, "%s ± %s", voc_headline_rating_value(phrase, f->kind, f->value),
                                  voc_headline_rating_value(phrase, f->kind, f->margin));
    const char *verdict = isnan(f->p_usual)     ? voc_headline_change(VOC_CHANGE_UNTESTED)
                          : f->p_usual > 0.05   ? voc_headline_change(VOC_CHANGE_NONE)
                          : f->value > f->usual ? voc_headline_change(VOC_CHANGE_UP)
                                                : voc_headline_change(VOC_CHANGE_DOWN);
    voc_columns_add(table, name, now,
                    f->n_before < VOC_SMALL ? voc_say("too few")
                                            : voc_headline_rating_value(phrase, f->kind, f->before),
                    voc_headline_rating_value(phrase, f->kind, f->usual), verdict, NULL);
}

static void
figures(Page *page)
{
    static const VocAlign align[] = {VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT,
                                     VOC_ALIGN_LEFT};
    const VocContent *content = page->content;
    VocPhrase *phrase = page->phrase;
    g_auto(VocColumns) table;
    voc_columns_init(&table, G_N_ELEMENTS(align), align);
    voc_columns_add(&table, "", voc_phrase_period_short(phrase, &content->period),
                    voc_phrase_period_short(phrase, &content->before), voc_headline_usual(content, phrase),
                    voc_say("against them"), NULL);
    count_row(page, &table, voc_say("Messages"), &content->messages);
    count_row(page, &table, voc_say("Contacts"), &content->contacts);
    share_row(page, &table, voc_say("Negative messages"), &content->negative);
    share_row(page, &table, voc_say("Positive messages"), &content->positive);
    for (gsize i = 0; i < content->n_ratings; i++)
        rating_row(page, &table, &content->ratings[i]);
    voc_columns_write(&table, page->options->width, page->out);
}

static void
channels(Page *page)
{
    static const VocAlign align[] = {VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT};
    const VocContent *content = page->content;
    VocPhrase *phrase = page->phrase;
    if (content->n_channels == 0 || (content->n_channels == 1 && content->channels[0].name == 0))
        return;
    heading(page, voc_say("Channels"));
    g_auto(VocColumns) table;
    voc_columns_init(&table, G_N_ELEMENTS(align), align);
    voc_columns_add(&table, voc_say("Channel"), voc_phrase_period_short(phrase, &content->period),
                    voc_phrase_period_short(phrase, &content->before), voc_say("Negative"), NULL);
    for (gsize i = 0; i < content->n_channels; i++) {
        const VocCell *cell = &content->channels[i];
        voc_columns_add(&table, voc_headline_channel(content, phrase, cell->name),
                        voc_phrase_int(phrase, cell->messages), voc_phrase_int(phrase, cell->before),
                        voc_phrase_share(phrase, cell->negative, cell->scored), NULL);
    }
    voc_columns_write(&table, page->options->width, page->out);
}

static void
theme_row(Page *page, VocColumns *table, const VocThemeFigure *theme)
{
    VocPhrase *phrase = page->phrase;
    const VocShareFigure *m = &theme->messages;
    const char *mark = m->verdict > VOC_CHANGE_NONE ? voc_headline_arrow(m->verdict) : " ";
    gboolean baseline = page->content->n_usual >= 3;
    const char *usual = baseline ? voc_phrase_share(phrase, m->k_usual, m->n_usual)
                                 : voc_phrase_share(phrase, m->k_before, m->n_before);
    voc_columns_add(table, voc_headline_theme(page->content, phrase, theme->theme),
                    voc_phrase_int(phrase, m->k), voc_phrase_share(phrase, m->k, m->n), usual, mark,
                    voc_phrase_share(phrase, theme->negative.k, theme->negative.n),
                    voc_phrase_signed(phrase, theme->effect, voc_headline_effect_decimals(page->content)),
                    page->options->terminal ? sparkline(page, theme->history) : "", NULL);
}

static void
quotes(Page *page, const VocThemeFigure *theme)
{
    voc_buffer_add_char(page->out, '\n');
    style(page, "1");
    voc_buffer_add_string(page->out, voc_headline_theme(page->content, page->phrase, theme->theme));
    style(page, "0");
    voc_buffer_add_char(page->out, '\n');
    for (gsize i = 0; i < theme->n_quotes; i++) {
        const VocQuote *quote = &theme->quotes[i];
        const char *text =
            voc_phrase_printf(page->phrase, page->phrase->finnish ? "”%s”" : "“%s”", quote->text);
        voc_columns_paragraph(text, "  ", "   ", page->options->width, page->out);
        style(page, "2");
        voc_columns_paragraph(voc_headline_trace(page->content, page->phrase, quote->row), "     ", "     ",
                              page->options->width, page->out);
        style(page, "0");
    }
}

/* The first themes by effect with the sign asked for. */
static void
themes(Page *page, gboolean worst)
{
    static const VocAlign align[] = {VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT,
                                     VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_LEFT};
    const VocContent *content = page->content;
    g_auto(VocColumns) table;
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    for (gsize i = 0; i < content->n_themes && shown->len < TOP_THEMES; i++) {
        const VocThemeFigure *theme = &content->themes[worst ? i : content->n_themes - 1 - i];
        gboolean bad = isnan(theme->effect) ? theme->feeling < 0 : theme->effect < 0;
        if (bad == worst && theme->messages.k > 0)
            g_ptr_array_add(shown, (gpointer)theme);
    }
    if (shown->len == 0)
        return;
    heading(page, worst ? voc_say("Themes that hurt") : voc_say("Themes that help"));
    voc_columns_init(&table, G_N_ELEMENTS(align), align);
    voc_columns_add(&table, voc_say("Theme"), voc_say("Messages"), voc_say("Share"),
                    content->n_usual >= 3 ? voc_say("Usual") : voc_say("Before"), "", voc_say("Negative"),
                    voc_headline_effect_name(content), "", NULL);
    for (guint i = 0; i < shown->len; i++)
        theme_row(page, &table, g_ptr_array_index(shown, i));
    voc_columns_write(&table, page->options->width, page->out);
    for (guint i = 0; i < shown->len && i < QUOTED_THEMES; i++)
        quotes(page, g_ptr_array_index(shown, i));
}

static void
legend(Page *page)
{
    if (page->content->n_themes == 0)
        return;
    voc_buffer_add_char(page->out, '\n');
    voc_columns_paragraph(
        voc_say("▲ rose, ▼ fell, ✱ new, ↗ ↘ slowly: more than chance. Shares are of messages with text; the "
                "effect is what the theme brings (+) or costs (−) to the whole score."),
        "", "", page->options->width, page->out);
}

static void
method(Page *page)
{
    heading(page, voc_say("How it was counted"));
    g_autoptr(GPtrArray) list = voc_headline_method(page->content, page->phrase);
    for (guint i = 0; i < list->len; i++)
        voc_columns_paragraph(g_ptr_array_index(list, i), "- ", "  ", page->options->width, page->out);
}

void
voc_write_text(const VocContent *content, VocPhrase *phrase, const VocWriteOptions *options, VocBuffer *out)
{
    Page page = {content, phrase, options, out};
    title(&page);
    sentences(&page);
    heading(&page, voc_say("Figures"));
    figures(&page);
    channels(&page);
    if (content->n_themes == 0)
        voc_buffer_add_printf(out, "\n%s\n",
                              voc_say("The messages carry no themes: run them through voc theme first."));
    themes(&page, TRUE);
    themes(&page, FALSE);
    legend(&page);
    method(&page);
}
