/* Failure against value demand; wishes, needs and effort. */
#include "report/headline.h"
#include "report/report.h"

static const char *
cue_name(VocCueBit cue)
{
    static const char *const names[VOC_N_CUES] = {
        N_("Failure demand"), N_("Value demand"), N_("Effort"), N_("Urgency"),    N_("Thinking of leaving"),
        N_("Wishes"),         N_("Needs"),        N_("Thanks"), N_("Escalation"), N_("Causes")};
    for (int i = 0; i < VOC_N_CUES; i++)
        if (cue == (VocCueBit)(1 << i))
            return voc_say(names[i]);
    return "";
}

static void
cue_row(VocReport *report, VocDocBlock *table, const VocCueFigure *figure)
{
    VocPhrase *phrase = report->phrase;
    const VocShareFigure *m = &figure->messages;
    VocDocRow *row = voc_report_row(report, table);
    const char *arrow = voc_headline_arrow(m->verdict), *change = voc_headline_change(m->verdict);
    row->cells[0].text = cue_name(figure->cue);
    row->cells[1].text = voc_phrase_int(phrase, m->k);
    row->cells[2].text = voc_phrase_share(phrase, m->k, m->n);
    row->cells[3].text = voc_phrase_share(phrase, m->k_usual, m->n_usual);
    row->cells[4].text = *arrow ? voc_phrase_printf(phrase, "%s %s", arrow, change) : change;
    row->cells[4].brief = *arrow ? row->cells[4].text : "";
    row->quotes = voc_report_quotes(report, figure->quotes, figure->n_quotes);
}

static VocDocBlock *
cue_table(VocReport *report, VocDocSection *section, const char *caption)
{
    const VocDocColumn columns[] = {{"", FALSE, NULL, FALSE},
                                    {voc_say("Messages"), TRUE, NULL, FALSE},
                                    {voc_say("Share"), TRUE, NULL, FALSE},
                                    {voc_say("Usual"), TRUE, NULL, FALSE},
                                    {voc_say("Change"), TRUE, NULL, FALSE}};
    return voc_report_table(report, section, caption, columns, G_N_ELEMENTS(columns));
}

static void
kinds(VocReport *report, VocDocSection *section, const VocCueFigure *figure)
{
    VocPhrase *phrase = report->phrase;
    if (figure->n_kinds == 0)
        return;
    const VocDocColumn columns[] = {{voc_say("Kind"), FALSE, NULL, FALSE},
                                    {voc_say("Messages"), TRUE, NULL, FALSE},
                                    {voc_say("Negative"), TRUE, NULL, FALSE}};
    VocDocBlock *table =
        voc_report_table(report, section, voc_say("Kinds of failure demand; a message may be of several."),
                         columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < figure->n_kinds; i++) {
        VocDocCell *cells = voc_report_row(report, table)->cells;
        cells[0].text = voc_headline_cue_kind(voc_facts_name(report->content->facts, figure->kinds[i].name));
        cells[1].text = voc_phrase_int(phrase, figure->kinds[i].messages);
        cells[2].text = voc_phrase_share(phrase, figure->kinds[i].negative, figure->kinds[i].scored);
    }
}

void
voc_report_demand(VocReport *report)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    gint64 failure = content->demand_failure, value = content->demand_value,
           unknown = content->demand_unknown;
    gint64 all = failure + value + unknown;
    if (!content->any_cues && content->contacts_repeated == 0)
        return;
    VocDocSection *section = voc_report_add(report, "demand", voc_say("Failure and value demand"));
    if (content->any_cues) {
        voc_report_say(
            report, section, VOC_BLOCK_PARAGRAPH,
            voc_phrase_printf(phrase,
                              voc_say("Failure demand, caused by something not done or not done right: %s of "
                                      "messages. Value demand: %s. Nothing in the words tells which: %s."),
                              voc_phrase_share(phrase, failure, all), voc_phrase_share(phrase, value, all),
                              voc_phrase_share(phrase, unknown, all)));
        kinds(report, section, &content->cues[0]);
    }
    if (content->contacts_known)
        voc_report_say(
            report, section, VOC_BLOCK_PARAGRAPH,
            voc_phrase_printf(phrase,
                              voc_say("Repeat contacts: %s of the contacts whose customer is known came back "
                                      "on the same theme within 14 days."),
                              voc_phrase_share(phrase, content->contacts_repeated, content->contacts_known)));
}

void
voc_report_wishes(VocReport *report)
{
    static const int shown[] = {5, 6, 2, 3,
                                4, 8, 7}; /* wishes, needs, effort, urgency, leaving, escalation, thanks */
    const VocContent *content = report->content;
    VocDocBlock *table = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        const VocCueFigure *figure = &content->cues[shown[i]];
        if (figure->messages.k == 0)
            continue;
        if (!table)
            table = cue_table(report, voc_report_add(report, "wishes", voc_say("Wishes, needs and effort")),
                              voc_say("Messages in which customers say so; of messages with text."));
        cue_row(report, table, figure);
    }
}
