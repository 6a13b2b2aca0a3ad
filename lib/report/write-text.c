/* The report as plain text: 80 columns, and nothing that mail or a log would choke on unless it is a
 * terminal. */
#include "report/columns.h"
#include "report/write.h"

#define MOST_ROWS 20   /* of a table: the first half and the last half */
#define QUOTED_ROWS 12 /* of a table: the first half and the last half */
#define QUOTES 3

typedef struct Page {
    const VocReport *report;
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
paragraph(Page *page, const char *text, const char *first, const char *rest)
{
    voc_columns_paragraph(text, first, rest, page->options->width, page->out);
}

static void
bold(Page *page, const char *text)
{
    style(page, "1");
    voc_buffer_add_string(page->out, text);
    style(page, "0");
    voc_buffer_add_char(page->out, '\n');
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
    return voc_phrase_printf(page->report->phrase, "%s", line->str);
}

static void
title(Page *page)
{
    const VocReport *report = page->report;
    int width = page->options->width;
    int gap = width - voc_columns_width(report->title) - voc_columns_width(report->days);
    style(page, "1");
    voc_buffer_add_string(page->out, report->title);
    style(page, "0");
    if (report->content->period.kind == VOC_PERIOD_WEEK) {
        voc_buffer_add_printf(page->out, "%*s", MAX(2, gap), "");
        voc_buffer_add_string(page->out, report->days);
    }
    voc_buffer_add_char(page->out, '\n');
    for (int i = 0; i < width; i++)
        voc_buffer_add_char(page->out, '=');
    voc_buffer_add_string(page->out, "\n\n");
}

static void
quotes(Page *page, const VocDocQuote *quote)
{
    VocPhrase *phrase = page->report->phrase;
    for (int i = 0; quote && i < QUOTES; quote = quote->next, i++) {
        paragraph(page, voc_phrase_printf(phrase, phrase->finnish ? "”%s”" : "“%s”", quote->text), "  ",
                  "   ");
        style(page, "2");
        paragraph(page, quote->trace, "     ", "     ");
        style(page, "0");
    }
}

static const char *
cell_text(Page *page, const VocDocCell *cell)
{
    static const char *const colours[] = {"", "2", "32", "31"};
    if (cell->history)
        return sparkline(page, cell->history);
    const char *text = cell->brief ? cell->brief : cell->text;
    if (!page->options->terminal || cell->tone == VOC_TONE_PLAIN || *text == '\0')
        return text;
    return voc_phrase_printf(page->report->phrase, "\033[%sm%s\033[0m", colours[cell->tone], text);
}

/* What a table's rows have to say beyond their cells. */
static void
row_notes(Page *page, const VocDocBlock *table)
{
    int n = 0, i = 0;
    for (const VocDocRow *row = table->rows; row; row = row->next)
        n += row->quotes || row->note;
    for (const VocDocRow *row = table->rows; row; row = row->next) {
        if (!row->quotes && !row->note)
            continue;
        gboolean shown = i < QUOTED_ROWS / 2 || i >= n - QUOTED_ROWS / 2;
        i++;
        if (!shown)
            continue;
        voc_buffer_add_char(page->out, '\n');
        bold(page, row->cells[0].text);
        if (row->note)
            paragraph(page, row->note, "  ", "  ");
        quotes(page, row->quotes);
    }
}

static void
table(Page *page, const VocDocBlock *block)
{
    g_autofree VocAlign *align = g_new(VocAlign, block->n_columns);
    g_autofree const char **cells = g_new(const char *, block->n_columns);
    int n = 0;
    for (int i = 0; i < block->n_columns; i++)
        if (page->options->terminal || !block->columns[i].pictorial) {
            align[n] = block->columns[i].right ? VOC_ALIGN_RIGHT : VOC_ALIGN_LEFT;
            cells[n++] = block->columns[i].brief ? block->columns[i].brief : block->columns[i].title;
        }
    g_auto(VocColumns) columns;
    voc_columns_init(&columns, n, align);
    voc_columns_add(&columns, cells);
    int rows = 0, at = 0;
    for (const VocDocRow *row = block->rows; row; row = row->next)
        rows++;
    for (const VocDocRow *row = block->rows; row; row = row->next, at++) {
        if (rows > MOST_ROWS && at >= MOST_ROWS / 2 && at < rows - MOST_ROWS / 2)
            continue;
        n = 0;
        for (int i = 0; i < block->n_columns; i++)
            if (page->options->terminal || !block->columns[i].pictorial)
                cells[n++] = cell_text(page, &row->cells[i]);
        voc_columns_add(&columns, cells);
    }
    voc_columns_write(&columns, page->options->width, page->out);
    if (rows > MOST_ROWS)
        paragraph(page,
                  voc_phrase_printf(page->report->phrase,
                                    voc_say("(The first and last of %d rows; HTML and JSON have them all.)"),
                                    rows),
                  "", "");
    row_notes(page, block);
}

/* A figure a paragraph: name, value, then what it is compared with. */
static void
cards(Page *page, const VocDocCard *card)
{
    VocPhrase *phrase = page->report->phrase;
    for (; card; card = card->next) {
        const char *value =
            voc_phrase_printf(phrase, *card->small ? "%s %s" : "%s%s", card->big, card->small);
        g_autoptr(GString) rest = g_string_new(NULL);
        for (int i = 0; i < 2; i++)
            if (card->lines[i])
                g_string_append_printf(rest, "%s%s", rest->len ? "; " : "", card->lines[i]);
        if (*card->verdict)
            g_string_append_printf(rest, " (%s)", card->verdict);
        if (card->history && page->options->terminal)
            g_string_append_printf(rest, "  %s", sparkline(page, card->history));
        int name_gap = MAX(1, 22 - voc_columns_width(card->name)),
            gap = MAX(0, 10 - voc_columns_width(value));
        const char *lead =
            voc_phrase_printf(phrase, "%s%*s%*s%s   ", card->name, name_gap, "", gap, "", value);
        paragraph(page, rest->str, lead, voc_phrase_printf(phrase, "%35s", ""));
    }
}

static void
block(Page *page, const VocDocBlock *b)
{
    if (b->title) {
        bold(page, b->title);
        voc_buffer_add_char(page->out, '\n');
    }
    switch (b->kind) {
    case VOC_BLOCK_PARAGRAPH:
    case VOC_BLOCK_NOTE:
        paragraph(page, b->text, "", "");
        break;
    case VOC_BLOCK_LIST:
        for (guint i = 0; i < b->items->len; i++)
            paragraph(page, g_ptr_array_index(b->items, i), "- ", "  ");
        break;
    case VOC_BLOCK_TABLE:
        table(page, b);
        break;
    case VOC_BLOCK_QUOTES:
        quotes(page, b->quotes);
        break;
    case VOC_BLOCK_CARDS:
        cards(page, b->cards);
        break;
    case VOC_BLOCK_WATERFALL: /* the table beside it says the same */
        break;
    }
}

void
voc_write_text(const VocReport *report, const VocWriteOptions *options, VocBuffer *out)
{
    Page page = {report, options, out};
    title(&page);
    for (const VocDocSection *section = report->sections; section; section = section->next) {
        if (section != report->sections) {
            voc_buffer_add_char(out, '\n');
            bold(&page, section->title);
            voc_buffer_add_char(out, '\n');
        }
        for (const VocDocBlock *b = section->blocks; b; b = b->next) {
            block(&page, b);
            if (b->next && b->kind != VOC_BLOCK_WATERFALL)
                voc_buffer_add_char(out, '\n');
        }
    }
}
