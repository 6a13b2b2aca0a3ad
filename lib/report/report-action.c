/* Did it help? Each action with its theme before and after. */
#include "report/headline.h"
#include "report/report.h"

#include <math.h>

#define ACTION_DAYS 56

static const char *
verdict(const VocActionFigure *figure)
{
    double before = (double)figure->before[1] / (double)figure->before[0],
           after = (double)figure->after[1] / (double)figure->after[0];
    if (isnan(figure->p) || MAX(figure->before[1], figure->after[1]) < 5)
        return voc_say("too few");
    if (figure->p > 0.05)
        return voc_say("within chance");
    gboolean along = fabs(figure->trend_z) > 1.96 && (figure->trend_z > 0) == (after > before);
    if (after < before)
        return along ? voc_say("▼ fell, but was falling before") : voc_say("▼ fell");
    return along ? voc_say("▲ rose, as it did before") : voc_say("▲ rose");
}

void
voc_report_actions(VocReport *report)
{
    const VocContent *content = report->content;
    VocPhrase *phrase = report->phrase;
    if (content->n_actions == 0)
        return;
    const VocDocColumn columns[] = {
        {voc_say("Action"), FALSE, NULL, FALSE}, {voc_say("When"), FALSE, NULL, FALSE},
        {voc_say("Before"), TRUE, NULL, FALSE},  {voc_say("After"), TRUE, NULL, FALSE},
        {voc_say("Change"), TRUE, NULL, FALSE},  {"", FALSE, NULL, FALSE}};
    VocDocSection *section = voc_report_add(report, "actions", voc_say("Effects of actions"));
    voc_report_say(
        report, section, VOC_BLOCK_NOTE,
        voc_phrase_printf(phrase,
                          voc_say("The theme's share of messages with text in the %d days before and in the "
                                  "days since (%d at most), and the change in points with its 95 %% "
                                  "interval. A change after an action need not be its effect."),
                          ACTION_DAYS, ACTION_DAYS));
    VocDocBlock *table = voc_report_table(report, section, NULL, columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < content->n_actions; i++) {
        const VocActionFigure *figure = &content->actions[i];
        VocDocRow *row = voc_report_row(report, table);
        VocDocCell *cells = row->cells;
        cells[0].text =
            figure->theme ? voc_headline_theme(content, phrase, figure->theme->theme) : figure->name;
        cells[1].text = voc_phrase_day_short(phrase, figure->day);
        row->note = *figure->what ? figure->what : NULL;
        if (!figure->theme) {
            cells[5].text = voc_say("no such theme");
            continue;
        }
        cells[2].text = voc_phrase_share(phrase, figure->before[1], figure->before[0]);
        cells[3].text = voc_phrase_share(phrase, figure->after[1], figure->after[0]);
        if (figure->before[0] >= VOC_SMALL && figure->after[0] >= VOC_SMALL)
            cells[4].text =
                voc_phrase_printf(phrase, "%s … %s", voc_phrase_points(phrase, figure->change.low),
                                  voc_phrase_points(phrase, figure->change.high));
        cells[5].text = verdict(figure);
    }
}
