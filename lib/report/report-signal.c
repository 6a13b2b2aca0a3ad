/* Rising themes and weak signals, with their evidence. */
#include "report/headline.h"
#include "report/report.h"

#include <math.h>

/* "+6,8 (2,1–11,5)": points of share with their interval. */
static const char *
points(VocPhrase *phrase, const VocShareFigure *m, gboolean baseline)
{
    double change =
        baseline ? m->trend.change : (double)m->k / (double)m->n - (double)m->k_before / (double)m->n_before;
    VocInterval interval = baseline ? m->trend.interval : m->change;
    if (isnan(change))
        return voc_phrase_points(phrase, NAN);
    return voc_phrase_printf(phrase, "%s (%s … %s)", voc_phrase_points(phrase, change),
                             voc_phrase_points(phrase, interval.low),
                             voc_phrase_points(phrase, interval.high));
}

static void
rising_themes(VocReport *report, VocDocSection *section)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    const VocDocColumn columns[] = {
        {voc_say("Theme"), FALSE, NULL, FALSE},     {voc_say("Change"), FALSE, NULL, FALSE},
        {voc_say("Messages"), TRUE, NULL, FALSE},   {voc_say("Points of share (95 %)"), TRUE, NULL, FALSE},
        {voc_say("Chance (q)"), TRUE, NULL, FALSE}, {voc_say("History"), TRUE, NULL, TRUE}};
    VocDocBlock *table = NULL;
    for (gsize i = 0; i < content->n_themes; i++) {
        const VocThemeFigure *theme = &content->themes[i];
        const VocShareFigure *m = &theme->messages;
        if (!voc_change_rises(m->verdict))
            continue;
        if (!table)
            table = voc_report_table(report, section, NULL, columns, G_N_ELEMENTS(columns));
        VocDocCell *cells = voc_report_row(report, table)->cells;
        cells[0].text = voc_headline_theme(content, phrase, theme->theme);
        cells[1].text = voc_phrase_printf(phrase, "%s %s", voc_headline_arrow(m->verdict),
                                          voc_headline_change(m->verdict));
        cells[2].text = voc_phrase_int(phrase, m->k);
        cells[3].text =
            m->n < VOC_SMALL ? voc_phrase_points(phrase, NAN) : points(phrase, m, content->n_usual >= 3);
        cells[4].text = voc_phrase_p(phrase, m->verdict == VOC_CHANGE_UP_SLOWLY ? theme->slope_q : m->q);
        cells[5].history = theme->history;
    }
    if (!table)
        voc_report_say(report, section, VOC_BLOCK_PARAGRAPH,
                       voc_say("No theme is rising by more than chance."));
}

static void
new_words(VocReport *report, VocDocSection *section)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    if (content->n_new_words == 0)
        return;
    const VocDocColumn columns[] = {{voc_say("Word"), FALSE, NULL, FALSE},
                                    {voc_say("Messages now"), TRUE, NULL, FALSE},
                                    {voc_say("earlier"), TRUE, NULL, FALSE},
                                    {voc_say("G²"), TRUE, NULL, FALSE}};
    VocDocBlock *table = voc_report_table(
        report, section,
        voc_say(
            "Words that are said far more than in the periods before: a sign to look into, not yet a theme."),
        columns, G_N_ELEMENTS(columns));
    table->title = voc_say("New words");
    for (gsize i = 0; i < content->n_new_words; i++) {
        const VocWordFigure *word = &content->new_words[i];
        VocDocRow *row = voc_report_row(report, table);
        row->cells[0].text = word->word;
        row->cells[1].text = voc_phrase_printf(phrase, "%s/%s", voc_phrase_int(phrase, word->k),
                                               voc_phrase_int(phrase, word->n));
        row->cells[2].text = voc_phrase_printf(phrase, "%s/%s", voc_phrase_int(phrase, word->k_rest),
                                               voc_phrase_int(phrase, word->n_rest));
        row->cells[3].text = voc_phrase_decimal(phrase, word->g2, 1);
        row->quotes = voc_report_quotes(report, &word->quote, 1);
    }
}

static void
rising_words(VocReport *report, VocDocSection *section)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    if (content->n_rising_words == 0)
        return;
    const VocDocColumn columns[] = {{voc_say("Word"), FALSE, NULL, FALSE},
                                    {voc_say("Messages now"), TRUE, NULL, FALSE},
                                    {voc_say("first 3 periods"), TRUE, NULL, FALSE},
                                    {voc_say("Chance (q)"), TRUE, NULL, FALSE},
                                    {voc_say("History"), TRUE, NULL, TRUE}};
    VocDocBlock *table = voc_report_table(
        report, section, voc_say("Words that are said more and more, of what no rising theme explains."),
        columns, G_N_ELEMENTS(columns));
    table->title = voc_say("Rising words");
    for (gsize i = 0; i < content->n_rising_words; i++) {
        const VocRisingFigure *rising = &content->rising_words[i];
        VocDocRow *row = voc_report_row(report, table);
        row->cells[0].text = rising->word.word;
        row->cells[1].text = voc_phrase_printf(phrase, "%s/%s", voc_phrase_int(phrase, rising->word.k),
                                               voc_phrase_int(phrase, rising->word.n));
        row->cells[2].text = voc_phrase_printf(phrase, "%s/%s", voc_phrase_int(phrase, rising->word.k_rest),
                                               voc_phrase_int(phrase, rising->word.n_rest));
        row->cells[3].text = voc_phrase_p(phrase, rising->q);
        row->cells[4].history = rising->history;
        row->quotes = voc_report_quotes(report, &rising->word.quote, 1);
    }
}

void
voc_report_signals(VocReport *report)
{
    if (report->content->tested == 0 && report->content->n_new_words == 0 &&
        report->content->n_rising_words == 0)
        return;
    VocDocSection *section = voc_report_add(report, "signals", voc_say("Rising themes and weak signals"));
    rising_themes(report, section);
    new_words(report, section);
    rising_words(report, section);
}

const char *
voc_report_causes(VocReport *report, const VocThemeFigure *theme)
{
    VocPhrase *phrase = report->phrase;
    g_autoptr(GString) note = g_string_new(NULL);
    g_autoptr(GString) words = g_string_new(NULL);
    for (gsize i = 0; i < theme->n_causes; i++)
        g_string_append_printf(words, "%s%s %s", words->len ? ", " : "", theme->causes[i].word,
                               voc_phrase_int(phrase, theme->causes[i].k));
    if (words->len)
        g_string_append_printf(note, voc_say("What sets its negative messages apart: %s."), words->str);
    if (theme->because) {
        const char *id =
            voc_facts_id(report->content->facts, voc_facts_at(report->content->facts, theme->because_row));
        g_string_append_printf(
            note, "%s%s", note->len ? " " : "",
            voc_phrase_printf(phrase, voc_say("A reason given: “…%s” (%s)."), theme->because, id));
    }
    return note->len ? voc_phrase_printf(phrase, "%s", note->str) : NULL;
}
