/* The report as CommonMark with tables, for wikis and chat. */
#include "report/write.h"

#define QUOTES 3

/* Text that cannot start or end any markup, nor break a table's row. */
static void
text(VocBuffer *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '<' || *s == '&')
            voc_buffer_add_string(out, *s == '<' ? "&lt;" : "&amp;");
        else if (strchr("\\`*_{}[]>#!|~", *s) || (*s == '-' && s[1] == ' '))
            voc_buffer_add_printf(out, "\\%c", *s);
        else if ((guchar)*s >= 0x20 && *s != 0x7f)
            voc_buffer_add_char(out, *s);
    }
}

static void
quotes(const VocReport *report, const VocDocQuote *quote, VocBuffer *out)
{
    for (int i = 0; quote && i < QUOTES; quote = quote->next, i++) {
        voc_buffer_add_string(out, report->phrase->finnish ? "> ”" : "> “");
        text(out, quote->text);
        voc_buffer_add_string(out, "”  \n> ");
        text(out, quote->trace);
        voc_buffer_add_string(out, "\n\n");
    }
}

static void
table(const VocReport *report, const VocDocBlock *block, VocBuffer *out)
{
    for (int i = 0; i < block->n_columns; i++)
        if (!block->columns[i].pictorial) {
            voc_buffer_add_string(out, "| ");
            text(out, block->columns[i].title);
            voc_buffer_add_char(out, ' ');
        }
    voc_buffer_add_string(out, "|\n");
    for (int i = 0; i < block->n_columns; i++)
        if (!block->columns[i].pictorial)
            voc_buffer_add_string(out, block->columns[i].right ? "|---:" : "|---");
    voc_buffer_add_string(out, "|\n");
    for (const VocDocRow *row = block->rows; row; row = row->next) {
        for (int i = 0; i < block->n_columns; i++)
            if (!block->columns[i].pictorial) {
                voc_buffer_add_string(out, "| ");
                text(out, row->cells[i].text);
                voc_buffer_add_char(out, ' ');
            }
        voc_buffer_add_string(out, "|\n");
    }
    voc_buffer_add_char(out, '\n');
    for (const VocDocRow *row = block->rows; row; row = row->next) {
        if (!row->quotes && !row->note)
            continue;
        voc_buffer_add_string(out, "**");
        text(out, row->cells[0].text);
        voc_buffer_add_string(out, "**\n\n");
        if (row->note) {
            text(out, row->note);
            voc_buffer_add_string(out, "\n\n");
        }
        quotes(report, row->quotes, out);
    }
}

static void
cards(const VocDocCard *card, VocBuffer *out)
{
    for (; card; card = card->next) {
        voc_buffer_add_string(out, "- ");
        text(out, card->name);
        voc_buffer_add_string(out, ": **");
        text(out, card->big);
        voc_buffer_add_string(out, *card->small ? "** " : "**");
        text(out, card->small);
        for (int i = 0; i < 2; i++)
            if (card->lines[i]) {
                voc_buffer_add_string(out, "; ");
                text(out, card->lines[i]);
            }
        if (*card->verdict) {
            voc_buffer_add_string(out, " (");
            text(out, card->verdict);
            voc_buffer_add_string(out, ")");
        }
        voc_buffer_add_char(out, '\n');
    }
    voc_buffer_add_char(out, '\n');
}

static void
block(const VocReport *report, const VocDocBlock *b, VocBuffer *out)
{
    if (b->title) {
        voc_buffer_add_string(out, "### ");
        text(out, b->title);
        voc_buffer_add_string(out, "\n\n");
    }
    switch (b->kind) {
    case VOC_BLOCK_PARAGRAPH:
    case VOC_BLOCK_NOTE:
        text(out, b->text);
        voc_buffer_add_string(out, "\n\n");
        break;
    case VOC_BLOCK_LIST:
        for (guint i = 0; i < b->items->len; i++) {
            voc_buffer_add_string(out, "- ");
            text(out, g_ptr_array_index(b->items, i));
            voc_buffer_add_char(out, '\n');
        }
        voc_buffer_add_char(out, '\n');
        break;
    case VOC_BLOCK_TABLE:
        table(report, b, out);
        break;
    case VOC_BLOCK_QUOTES:
        quotes(report, b->quotes, out);
        break;
    case VOC_BLOCK_CARDS:
        cards(b->cards, out);
        break;
    case VOC_BLOCK_WATERFALL: /* the table beside it says the same */
        break;
    }
}

void
voc_write_markdown(const VocReport *report, VocBuffer *out)
{
    voc_buffer_add_string(out, "# ");
    text(out, report->title);
    voc_buffer_add_string(out, "\n\n");
    text(out, report->days);
    voc_buffer_add_string(out, " · ");
    text(out, report->size);
    voc_buffer_add_string(out, "\n\n");
    for (const VocDocSection *section = report->sections; section; section = section->next) {
        voc_buffer_add_string(out, "## ");
        text(out, section->title);
        voc_buffer_add_string(out, "\n\n");
        for (const VocDocBlock *b = section->blocks; b; b = b->next)
            block(report, b, out);
    }
    while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
        out->len--;
}
