/* The first section: the week in a few sentences and figures, and the channels it came by; and the last: how
 * it was counted. */
#include "report/headline.h"
#include "report/report.h"

#include <math.h>

static void
take(GPtrArray *to, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, g_ptr_array_index(from, i));
    g_ptr_array_unref(from);
}

/* The tone of a change, where more of the thing is worse (1), better (0) or neither (-1). */
static VocTone
tone_of(VocChange change, int bad_up)
{
    gboolean up = change == VOC_CHANGE_UP || change == VOC_CHANGE_UP_SLOWLY || change == VOC_CHANGE_NEW;
    if (change <= VOC_CHANGE_NONE)
        return VOC_TONE_SOFT;
    return bad_up < 0 ? VOC_TONE_PLAIN : (bad_up > 0) == up ? VOC_TONE_BAD : VOC_TONE_GOOD;
}

static const char *
verdict_text(VocPhrase *phrase, VocChange change)
{
    const char *arrow = voc_headline_arrow(change);
    return *arrow ? voc_phrase_printf(phrase, "%s %s", arrow, voc_headline_change(change))
                  : voc_headline_change(change);
}

static VocDocCard *
add_card(VocReport *report, VocDocBlock *cards, const char *name, const char *big, const char *before,
         const char *usual)
{
    VocPhrase *phrase = report->phrase;
    VocDocCard *card = voc_arena_new(&report->arena, VocDocCard), **at = &cards->cards;
    while (*at)
        at = &(*at)->next;
    *at = card;
    card->name = name;
    card->big = big;
    card->small = card->verdict = "";
    card->lines[0] = voc_phrase_printf(phrase, "%s: %s", voc_headline_before(report->content), before);
    if (report->content->n_usual > 1)
        card->lines[1] =
            voc_phrase_printf(phrase, "%s: %s", voc_headline_usual(report->content, phrase), usual);
    return card;
}

static void
count_card(VocReport *report, VocDocBlock *cards, const char *name, const VocCountFigure *f)
{
    VocPhrase *phrase = report->phrase;
    VocDocCard *card =
        add_card(report, cards, name, voc_phrase_int(phrase, f->now), voc_phrase_int(phrase, f->before),
                 voc_phrase_decimal(phrase, f->usual, f->usual < 100 && fmod(f->usual, 1) != 0));
    card->history = f->history;
    if (!isnan(f->expected.low))
        card->verdict = (double)f->now < f->expected.low    ? voc_say("▼ fewer than expected")
                        : (double)f->now > f->expected.high ? voc_say("▲ more than expected")
                                                            : voc_say("as many as usual");
    card->tone = VOC_TONE_SOFT;
}

static void
share_card(VocReport *report, VocDocBlock *cards, const char *name, const VocShareFigure *f, int bad_up)
{
    VocPhrase *phrase = report->phrase;
    if (f->n == 0)
        return;
    VocDocCard *card = add_card(report, cards, name, voc_phrase_share(phrase, f->k, f->n),
                                voc_phrase_share(phrase, f->k_before, f->n_before),
                                voc_phrase_share(phrase, f->k_usual, f->n_usual));
    card->verdict = verdict_text(phrase, f->verdict);
    card->tone = tone_of(f->verdict, bad_up);
}

static const char *
rating_or_few(VocPhrase *phrase, VocRatingKind kind, double value, gint64 n)
{
    return kind == VOC_RATING_NPS && n < VOC_SMALL ? voc_say("too few")
                                                   : voc_headline_rating_value(phrase, kind, value);
}

static void
rating_card(VocReport *report, VocDocBlock *cards, const VocRatingFigure *f)
{
    VocPhrase *phrase = report->phrase;
    const char *name = voc_phrase_printf(phrase, voc_say_n("%s (%s answer)", "%s (%s answers)", f->n),
                                         voc_headline_rating(f->kind), voc_phrase_int(phrase, f->n));
    VocChange change = isnan(f->p_usual)     ? VOC_CHANGE_UNTESTED
                       : f->p_usual > 0.05   ? VOC_CHANGE_NONE
                       : f->value > f->usual ? VOC_CHANGE_UP
                                             : VOC_CHANGE_DOWN;
    VocDocCard *card = add_card(report, cards, name, rating_or_few(phrase, f->kind, f->value, f->n),
                                rating_or_few(phrase, f->kind, f->before, f->n_before),
                                rating_or_few(phrase, f->kind, f->usual, f->n_usual));
    if (f->kind != VOC_RATING_NPS || f->n >= VOC_SMALL)
        card->small =
            voc_phrase_printf(phrase, "± %s", voc_headline_rating_value(phrase, f->kind, f->margin));
    card->verdict = verdict_text(phrase, change);
    card->tone = tone_of(change, f->kind == VOC_RATING_CES ? -1 : 0);
}

static void
channels(VocReport *report)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    if (content->n_channels < 2) /* one channel is no news */
        return;
    const VocDocColumn columns[] = {{voc_say("Channel"), FALSE, NULL, FALSE},
                                    {voc_phrase_period_short(phrase, &content->period), TRUE, NULL, FALSE},
                                    {voc_phrase_period_short(phrase, &content->before), TRUE, NULL, FALSE},
                                    {voc_say("Negative"), TRUE, NULL, FALSE}};
    VocDocSection *section = voc_report_add(report, "channels", voc_say("Channels"));
    VocDocBlock *table =
        voc_report_table(report, section, voc_say("Messages by channel."), columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < content->n_channels; i++) {
        const VocCell *cell = &content->channels[i];
        VocDocCell *cells = voc_report_row(report, table)->cells;
        cells[0].text = voc_headline_channel(content, phrase, cell->name);
        cells[1].text = voc_phrase_int(phrase, cell->messages);
        cells[2].text = voc_phrase_int(phrase, cell->before);
        cells[3].text = voc_phrase_share(phrase, cell->negative, cell->scored);
    }
}

void
voc_report_lead(VocReport *report)
{
    const VocContent *content = report->content;
    VocDocSection *section = voc_report_add(report, "lead", voc_say("In short"));
    take(voc_report_list(report, section), voc_headline_sentences(content, report->phrase));
    section = voc_report_add(report, "figures", voc_say("Figures"));
    VocDocBlock *cards = voc_report_block(report, section, VOC_BLOCK_CARDS);
    for (gsize i = 0; i < content->n_ratings; i++)
        rating_card(report, cards, &content->ratings[i]);
    share_card(report, cards, voc_say("Negative messages"), &content->negative, 1);
    share_card(report, cards, voc_say("Positive messages"), &content->positive, 0);
    count_card(report, cards, voc_say("Messages"), &content->messages);
    count_card(report, cards, voc_say("Contacts"), &content->contacts);
    channels(report);
}

void
voc_report_method(VocReport *report)
{
    VocDocSection *section = voc_report_add(report, "method", voc_say("How it was counted"));
    take(voc_report_list(report, section), voc_headline_method(report->content, report->phrase));
}
