#include "report/document.h"

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
voc_document_add(VocDocument *document, const char *id, const char *title)
{
    VocDocSection *section = voc_arena_new(&document->arena, VocDocSection);
    section->id = id;
    section->title = title;
    APPEND(VocDocSection, document->sections, section);
    return section;
}

VocDocBlock *
voc_document_block(VocDocument *document, VocDocSection *section, VocDocKind kind)
{
    VocDocBlock *block = voc_arena_new(&document->arena, VocDocBlock);
    block->kind = kind;
    APPEND(VocDocBlock, section->blocks, block);
    return block;
}

void
voc_document_say(VocDocument *document, VocDocSection *section, VocDocKind kind, const char *text)
{
    voc_document_block(document, section, kind)->text = text;
}

GPtrArray *
voc_document_list(VocDocument *document, VocDocSection *section)
{
    GPtrArray *items = g_ptr_array_new();
    g_ptr_array_add(document->lists, items);
    voc_document_block(document, section, VOC_BLOCK_LIST)->items = items;
    return items;
}

VocDocBlock *
voc_document_table(VocDocument *document, VocDocSection *section, const char *caption,
                   const VocDocColumn *columns, int n)
{
    VocDocBlock *table = voc_document_block(document, section, VOC_BLOCK_TABLE);
    VocDocColumn *copy = voc_arena_new_array(&document->arena, VocDocColumn, n);
    memcpy(copy, columns, sizeof *columns * (gsize)n);
    table->text = caption;
    table->columns = copy;
    table->n_columns = n;
    return table;
}

VocDocRow *
voc_document_row(VocDocument *document, VocDocBlock *table)
{
    VocDocRow *row = voc_arena_new(&document->arena, VocDocRow);
    row->cells = voc_arena_new_array(&document->arena, VocDocCell, table->n_columns);
    for (int i = 0; i < table->n_columns; i++)
        row->cells[i] = (VocDocCell){.text = "", .sort = NAN};
    APPEND(VocDocRow, table->rows, row);
    return row;
}

VocDocQuote *
voc_document_quotes(VocDocument *document, const VocQuote *quotes, gsize n)
{
    const VocContent *content = document->content;
    VocDocQuote *list = NULL;
    for (gsize i = n; i-- > 0;) {
        const char *lang = voc_facts_name(content->facts, voc_facts_at(content->facts, quotes[i].row)->lang);
        VocDocQuote *quote = voc_arena_new(&document->arena, VocDocQuote);
        quote->text = quotes[i].text;
        quote->trace = voc_headline_trace(content, document->phrase, quotes[i].row);
        quote->lang = g_str_equal(lang, "und") ? "" : lang;
        quote->feeling = quotes[i].feeling;
        quote->next = list;
        list = quote;
    }
    return list;
}

VocDocument *
voc_document_new(const VocContent *content, VocPhrase *phrase)
{
    VocDocument *document = g_new0(VocDocument, 1);
    gint64 messages = content->messages.now, contacts = content->contacts.now;
    document->content = content;
    document->phrase = phrase;
    document->lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    voc_arena_init(&document->arena, 0);
    document->title = voc_headline_title(content, phrase);
    document->days =
        voc_phrase_days(phrase, content->period.first, content->period.first + content->period.days - 1);
    document->size =
        voc_phrase_printf(phrase, "%s · %s",
                          voc_phrase_printf(phrase, voc_say_n("%s message", "%s messages", messages),
                                            voc_phrase_int(phrase, messages)),
                          voc_phrase_printf(phrase, voc_say_n("%s contact", "%s contacts", contacts),
                                            voc_phrase_int(phrase, contacts)));
    voc_document_lead(document);
    voc_document_themes(document);
    voc_document_signals(document);
    voc_document_moves(document);
    voc_document_demand(document);
    voc_document_heat(document);
    voc_document_wishes(document);
    voc_document_answers(document);
    voc_document_owners(document);
    voc_document_turns(document);
    voc_document_method(document);
    return document;
}

void
voc_document_free(VocDocument *document)
{
    if (!document)
        return;
    g_ptr_array_unref(document->lists);
    voc_arena_clear(&document->arena);
    g_free(document);
}
