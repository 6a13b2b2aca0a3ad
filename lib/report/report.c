#include "report/report.h"

#include "report/headline.h"

#include <math.h>

/* Adds `item` behind the last of a linked list. */
#define APPEND(type, list, item)                                                                             \
    do {                                                                                                     \
        type **at_ = &(list);                                                                                \
        while (*at_)                                                                                         \
            at_ = &(*at_)->next;                                                                             \
        *at_ = (item);                                                                                       \
    } while (0)

VocDocSection *
voc_report_add(VocReport *report, const char *id, const char *title)
{
    VocDocSection *section = voc_arena_new(&report->arena, VocDocSection);
    section->id = id;
    section->title = title;
    APPEND(VocDocSection, report->sections, section);
    return section;
}

VocDocBlock *
voc_report_block(VocReport *report, VocDocSection *section, VocDocKind kind)
{
    VocDocBlock *block = voc_arena_new(&report->arena, VocDocBlock);
    block->kind = kind;
    APPEND(VocDocBlock, section->blocks, block);
    return block;
}

void
voc_report_say(VocReport *report, VocDocSection *section, VocDocKind kind, const char *text)
{
    voc_report_block(report, section, kind)->text = text;
}

GPtrArray *
voc_report_list(VocReport *report, VocDocSection *section)
{
    GPtrArray *items = g_ptr_array_new();
    g_ptr_array_add(report->lists, items);
    voc_report_block(report, section, VOC_BLOCK_LIST)->items = items;
    return items;
}

VocDocBlock *
voc_report_table(VocReport *report, VocDocSection *section, const char *caption, const VocDocColumn *columns,
                 int n)
{
    VocDocBlock *table = voc_report_block(report, section, VOC_BLOCK_TABLE);
    VocDocColumn *copy = voc_arena_new_array(&report->arena, VocDocColumn, n);
    memcpy(copy, columns, sizeof *columns * (gsize)n);
    table->text = caption;
    table->columns = copy;
    table->n_columns = n;
    return table;
}

VocDocRow *
voc_report_row(VocReport *report, VocDocBlock *table)
{
    VocDocRow *row = voc_arena_new(&report->arena, VocDocRow);
    row->cells = voc_arena_new_array(&report->arena, VocDocCell, table->n_columns);
    for (int i = 0; i < table->n_columns; i++)
        row->cells[i] = (VocDocCell){.text = "", .sort = NAN};
    APPEND(VocDocRow, table->rows, row);
    return row;
}

VocDocQuote *
voc_report_quotes(VocReport *report, const VocQuote *quotes, gsize n)
{
    const VocContent *content = report->content;
    VocDocQuote *list = NULL;
    for (gsize i = n; i-- > 0;) {
        const char *lang = voc_facts_name(content->facts, voc_facts_at(content->facts, quotes[i].row)->lang);
        VocDocQuote *quote = voc_arena_new(&report->arena, VocDocQuote);
        quote->text = quotes[i].text;
        quote->trace = voc_headline_trace(content, report->phrase, quotes[i].row);
        quote->lang = g_str_equal(lang, "und") ? "" : lang;
        quote->feeling = quotes[i].feeling;
        quote->next = list;
        list = quote;
    }
    return list;
}

VocReport *
voc_report_new(const VocContent *content, VocPhrase *phrase)
{
    VocReport *report = g_new0(VocReport, 1);
    gint64 messages = content->messages.now, contacts = content->contacts.now;
    report->content = content;
    report->phrase = phrase;
    report->lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    voc_arena_init(&report->arena, 0);
    report->title = voc_headline_title(content, phrase);
    report->days =
        voc_phrase_days(phrase, content->period.first, content->period.first + content->period.days - 1);
    report->size =
        voc_phrase_printf(phrase, "%s · %s",
                          voc_phrase_printf(phrase, voc_say_n("%s message", "%s messages", messages),
                                            voc_phrase_int(phrase, messages)),
                          voc_phrase_printf(phrase, voc_say_n("%s contact", "%s contacts", contacts),
                                            voc_phrase_int(phrase, contacts)));
    voc_report_lead(report);
    voc_report_themes(report);
    voc_report_signals(report);
    voc_report_moves(report);
    voc_report_demand(report);
    voc_report_heat(report);
    voc_report_actions(report);
    voc_report_wishes(report);
    voc_report_answers(report);
    voc_report_owners(report);
    voc_report_turns(report);
    voc_report_method(report);
    return report;
}

void
voc_report_free(VocReport *report)
{
    if (!report)
        return;
    g_ptr_array_unref(report->lists);
    voc_arena_clear(&report->arena);
    g_free(report);
}
