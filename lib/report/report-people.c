/* Who needs an answer; which conversations were recovered and which were lost. */
#include "report/headline.h"
#include "report/report.h"

static const char *
reasons_text(VocPhrase *phrase, guint reasons)
{
    static const struct {
        guint bit;
        const char *text;
    } words[] = {{VOC_ANSWER_ESCALATED, N_("escalated")},
                 {VOC_ANSWER_LEAVING, N_("about to leave")},
                 {VOC_ANSWER_URGENT, N_("urgent")},
                 {VOC_ANSWER_UNANSWERED, N_("unanswered")},
                 {VOC_ANSWER_NEGATIVE, N_("negative")}};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (reasons & words[i].bit)
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", voc_say(words[i].text));
    return voc_phrase_printf(phrase, "%s", text->str);
}

void
voc_report_answers(VocReport *report)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    if (content->n_answers == 0)
        return;
    const VocDocColumn columns[] = {{voc_say("Why"), FALSE, NULL, FALSE},
                                    {voc_say("When"), FALSE, NULL, FALSE},
                                    {voc_say("Channel"), FALSE, NULL, FALSE},
                                    {voc_say("Message"), FALSE, NULL, FALSE}};
    VocDocSection *section = voc_report_add(report, "answers", voc_say("Who needs an answer"));
    const char *caption = content->n_answers_all > content->n_answers
                              ? voc_phrase_printf(phrase, voc_say("Contacts, the newest first: %s of %s."),
                                                  voc_phrase_int(phrase, (gint64)content->n_answers),
                                                  voc_phrase_int(phrase, (gint64)content->n_answers_all))
                              : voc_say("Contacts, the newest first.");
    VocDocBlock *table = voc_report_table(report, section, caption, columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < content->n_answers; i++) {
        const VocAnswerFigure *answer = &content->answers[i];
        const VocFact *fact = voc_facts_at(content->facts, answer->quote.row);
        VocDocRow *row = voc_report_row(report, table);
        row->cells[0].text = reasons_text(phrase, answer->reasons);
        row->cells[1].text = voc_phrase_day_short(phrase, fact->day);
        row->cells[2].text = voc_headline_channel(content, phrase, fact->channel);
        row->cells[3].text = voc_facts_id(content->facts, fact);
        row->quotes = voc_report_quotes(report, &answer->quote, 1);
    }
}

static void
turns(VocReport *report, VocDocSection *section, const char *title, gint64 all, const VocTurnFigure *list,
      gsize n)
{
    VocPhrase *phrase = report->phrase;
    if (n == 0)
        return;
    voc_report_say(report, section, VOC_BLOCK_PARAGRAPH,
                   voc_phrase_printf(phrase, title, voc_phrase_int(phrase, all)));
    for (gsize i = 0; i < n; i++) {
        const VocQuote pair[] = {list[i].before, list[i].after};
        voc_report_block(report, section, VOC_BLOCK_QUOTES)->quotes = voc_report_quotes(report, pair, 2);
    }
}

void
voc_report_turns(VocReport *report)
{
    const VocContent *content = report->content;
    if (content->recovered_all == 0 && content->lost_all == 0)
        return;
    VocDocSection *section = voc_report_add(report, "turns", voc_say("Recovered and lost"));
    voc_report_say(report, section, VOC_BLOCK_NOTE,
                   voc_say("Contacts in which a customer's mind turned: within one conversation, or since "
                           "the same customer's contact at most 28 days before."));
    turns(report, section,
          voc_say_n("%s contact turned from negative to positive.",
                    "%s contacts turned from negative to positive.", content->recovered_all),
          content->recovered_all, content->recovered, content->n_recovered);
    turns(report, section,
          voc_say_n("%s contact turned from positive to negative.",
                    "%s contacts turned from positive to negative.", content->lost_all),
          content->lost_all, content->lost, content->n_lost);
}
