/* The themes: what hurt and what helped, how sure that is, and in whose words. */
#include "report/headline.h"
#include "report/report.h"

#include <math.h>

enum { NAME, MESSAGES, SHARE, USUAL, CHANGE, NEGATIVE, EFFECT, HISTORY, N_COLUMNS };

static double
share_of(gint64 k, gint64 n)
{
    return n > 0 ? (double)k / (double)n : NAN;
}

/* Themes of fewer messages than this are only named, unless their change is more than chance. */
#define SMALLEST 3

static gboolean
is_shown(const VocThemeFigure *theme)
{
    return theme->messages.k >= SMALLEST || theme->messages.verdict > VOC_CHANGE_NONE;
}

/* The small themes in one sentence. */
static void
small_themes(VocReport *report, VocDocSection *section)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < content->n_themes; i++) {
        const VocThemeFigure *theme = &content->themes[i];
        if (!is_shown(theme) && theme->messages.k > 0)
            g_string_append_printf(names, "%s%s %s", names->len ? ", " : "",
                                   voc_headline_theme(content, phrase, theme->theme),
                                   voc_phrase_int(phrase, theme->messages.k));
    }
    if (names->len)
        voc_report_say(
            report, section, VOC_BLOCK_NOTE,
            voc_phrase_printf(phrase, voc_say("Spoken of in one or two messages: %s."), names->str));
}

static void
theme_row(VocReport *report, VocDocBlock *table, const VocThemeFigure *theme)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    const VocShareFigure *m = &theme->messages;
    gboolean baseline = content->n_usual >= 3;
    VocDocRow *row = voc_report_row(report, table);
    VocDocCell *c = row->cells;
    const char *change = voc_headline_change(m->verdict), *arrow = voc_headline_arrow(m->verdict);
    gboolean up = m->verdict != VOC_CHANGE_DOWN && m->verdict != VOC_CHANGE_DOWN_SLOWLY;
    double good = isnan(theme->effect) ? theme->feeling : theme->effect; /* is more of it better? */
    c[NAME].text = voc_headline_theme(content, phrase, theme->theme);
    c[MESSAGES].text = voc_phrase_int(phrase, m->k);
    c[MESSAGES].sort = (double)m->k;
    c[SHARE].text = voc_phrase_share(phrase, m->k, m->n);
    c[SHARE].sort = share_of(m->k, m->n);
    c[USUAL].text = baseline ? voc_phrase_share(phrase, m->k_usual, m->n_usual)
                             : voc_phrase_share(phrase, m->k_before, m->n_before);
    c[CHANGE].text = *arrow ? voc_phrase_printf(phrase, "%s %s", arrow, change) : change;
    c[CHANGE].brief = arrow;
    c[CHANGE].sort = baseline ? m->trend.change : share_of(m->k, m->n) - share_of(m->k_before, m->n_before);
    c[CHANGE].tone = m->verdict <= VOC_CHANGE_NONE ? VOC_TONE_SOFT
                     : isnan(good)                 ? VOC_TONE_PLAIN
                     : (good < 0) == up            ? VOC_TONE_BAD
                                                   : VOC_TONE_GOOD;
    c[NEGATIVE].text = voc_phrase_share(phrase, theme->negative.k, theme->negative.n);
    c[NEGATIVE].sort = share_of(theme->negative.k, theme->negative.n);
    c[EFFECT].text = voc_phrase_signed(phrase, theme->effect, voc_headline_effect_decimals(content));
    c[EFFECT].sort = theme->effect;
    c[EFFECT].tone = theme->effect < 0 ? VOC_TONE_BAD : theme->effect > 0 ? VOC_TONE_GOOD : VOC_TONE_SOFT;
    c[HISTORY].text = "";
    c[HISTORY].history = theme->history;
    row->note = voc_report_causes(report, theme);
    row->quotes = voc_report_quotes(report, theme->quotes, theme->n_quotes);
}

void
voc_report_themes(VocReport *report)
{
    const VocContent *content = report->content;
    VocDocSection *section = voc_report_add(report, "themes", voc_say("Themes"));
    if (content->n_themes == 0) {
        voc_report_say(report, section, VOC_BLOCK_PARAGRAPH,
                       voc_say("The messages carry no themes: run them through voc theme first."));
        return;
    }
    const VocDocColumn columns[N_COLUMNS] = {
        [NAME] = {voc_say("Theme"), FALSE, "name", FALSE},
        [MESSAGES] = {voc_say("Messages"), TRUE, "messages", FALSE, voc_say("msgs")},
        [SHARE] = {voc_say("Share"), TRUE, "share", FALSE},
        [USUAL] = {content->n_usual >= 3 ? voc_say("Usual") : voc_say("Before"), TRUE, NULL, FALSE},
        [CHANGE] = {voc_say("Change"), TRUE, "change", FALSE, ""},
        [NEGATIVE] = {voc_say("Negative"), TRUE, "negative", FALSE, voc_say("neg.")},
        [EFFECT] = {voc_headline_effect_name(content), TRUE, "effect", FALSE, voc_say("effect")},
        [HISTORY] = {voc_say("History"), TRUE, NULL, TRUE},
    };
    voc_report_say(report, section, VOC_BLOCK_NOTE,
                   voc_say("The themes that hurt most come first, those that help most last. Shares are of "
                           "messages with text; a message may have several themes. "
                           "The effect is what a theme brings (+) or costs (−) to the whole score. ▲ ▼ ✱ ↗ "
                           "↘ mark what is more than chance."));
    VocDocBlock *table = voc_report_table(report, section, NULL, columns, N_COLUMNS);
    table->filterable = TRUE;
    for (gsize i = 0; i < content->n_themes; i++)
        if (is_shown(&content->themes[i]))
            theme_row(report, table, &content->themes[i]);
    small_themes(report, section);
}
