/* The report as a mail: the text, and HTML that mail programs stand (tables and style attributes; no script,
 * no SVG, no style sheet). Ready for sendmail -t. */
#include "report/html.h"
#include "report/write.h"

#define QUOTES 2
#define QUOTED_ROWS 8

static const char *const colours[] = {"#16202c", "#52606d", "#067647", "#b42318"};

static void
quotes(const VocReport *report, const VocDocQuote *quote, VocBuffer *out)
{
    for (int i = 0; quote && i < QUOTES; quote = quote->next, i++) {
        voc_html_printf(out,
                        "<p dir=\"auto\" style=\"margin:6px 0;padding:4px 10px;border-left:3px solid "
                        "#98a2b3\">%s%s%s<br><span style=\"color:#52606d;font-size:12px\">%s</span></p>\n",
                        report->phrase->finnish ? "”" : "“", quote->text, "”", quote->trace);
    }
}

static void
table(const VocReport *report, const VocDocBlock *block, VocBuffer *out)
{
    voc_buffer_add_literal(
        out,
        "<table cellpadding=\"4\" cellspacing=\"0\" style=\"border-collapse:collapse;font-size:14px\"><tr>");
    for (int i = 0; i < block->n_columns; i++)
        if (!block->columns[i].pictorial)
            voc_html_printf(
                out, "<th align=\"%s\" style=\"border-bottom:1px solid #98a2b3;color:#52606d\">%s</th>",
                block->columns[i].right ? "right" : "left", block->columns[i].title);
    voc_buffer_add_literal(out, "</tr>\n");
    for (const VocDocRow *row = block->rows; row; row = row->next) {
        voc_buffer_add_literal(out, "<tr>");
        for (int i = 0; i < block->n_columns; i++)
            if (!block->columns[i].pictorial)
                voc_html_printf(out,
                                "<td align=\"%s\" style=\"border-bottom:1px solid #dfe4ea;color:%s\">%s</td>",
                                block->columns[i].right ? "right" : "left", colours[row->cells[i].tone],
                                row->cells[i].text);
        voc_buffer_add_literal(out, "</tr>\n");
    }
    voc_buffer_add_literal(out, "</table>\n");
    int n = 0;
    for (const VocDocRow *row = block->rows; row && n < QUOTED_ROWS; row = row->next) {
        if (!row->quotes && !row->note)
            continue;
        n++;
        voc_html_printf(out, "<h4 style=\"margin:14px 0 4px\">%s</h4>\n", row->cells[0].text);
        if (row->note)
            voc_html_printf(out, "<p style=\"margin:4px 0;color:#52606d\">%s</p>\n", row->note);
        quotes(report, row->quotes, out);
    }
}

static void
cards(const VocDocCard *card, VocBuffer *out)
{
    voc_buffer_add_literal(
        out,
        "<table cellpadding=\"4\" cellspacing=\"0\" style=\"border-collapse:collapse;font-size:14px\">\n");
    for (; card; card = card->next)
        voc_html_printf(out,
                        "<tr><td>%s</td><td align=\"right\"><b style=\"font-size:18px\">%s</b> %s</td><td "
                        "style=\"color:#52606d\">%s<br>%s</td><td style=\"color:%s\">%s</td></tr>\n",
                        card->name, card->big, card->small, card->lines[0] ? card->lines[0] : "",
                        card->lines[1] ? card->lines[1] : "", colours[card->tone], card->verdict);
    voc_buffer_add_literal(out, "</table>\n");
}

static void
block(const VocReport *report, const VocDocBlock *b, VocBuffer *out)
{
    if (b->title)
        voc_html_printf(out, "<h3 style=\"font-size:15px;margin:14px 0 4px\">%s</h3>\n", b->title);
    switch (b->kind) {
    case VOC_BLOCK_PARAGRAPH:
        voc_html_printf(out, "<p>%s</p>\n", b->text);
        break;
    case VOC_BLOCK_NOTE:
        voc_html_printf(out, "<p style=\"color:#52606d;font-size:13px\">%s</p>\n", b->text);
        break;
    case VOC_BLOCK_LIST:
        voc_buffer_add_literal(out, "<ul>\n");
        for (guint i = 0; i < b->items->len; i++)
            voc_html_printf(out, "<li>%s</li>\n", g_ptr_array_index(b->items, i));
        voc_buffer_add_literal(out, "</ul>\n");
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
voc_write_mail_html(const VocReport *report, VocBuffer *out)
{
    voc_html_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title></head>\n<body "
        "style=\"font-family:sans-serif;color:#16202c;max-width:700px\">\n<h1 "
        "style=\"font-size:22px;margin:0\">%s</h1>\n<p style=\"color:#52606d\">%s · %s</p>\n",
        report->phrase->lang, report->title, report->title, report->days, report->size);
    for (const VocDocSection *section = report->sections; section; section = section->next) {
        voc_html_printf(out, "<h2 style=\"font-size:17px;margin:22px 0 6px\">%s</h2>\n", section->title);
        for (const VocDocBlock *b = section->blocks; b; b = b->next)
            block(report, b, out);
    }
    voc_buffer_add_literal(out, "</body></html>\n");
}

/* Base64 in lines of 76. */
static void
part(const char *type, VocSlice bytes, const char *boundary, VocBuffer *out)
{
    voc_buffer_add_printf(out, "--%s\nContent-Type: %s; charset=utf-8\nContent-Transfer-Encoding: base64\n\n",
                          boundary, type);
    for (gsize at = 0; at < bytes.len; at += 57) {
        g_autofree char *line = g_base64_encode((const guchar *)bytes.data + at, MIN(57, bytes.len - at));
        voc_buffer_add_string(out, line);
        voc_buffer_add_char(out, '\n');
    }
    voc_buffer_add_char(out, '\n');
}

/* RFC 2047 words of at most 45 bytes, cut between characters. */
static void
header(const char *name, const char *value, VocBuffer *out)
{
    voc_buffer_add_printf(out, "%s:", name);
    while (*value) {
        gsize len = MIN(42, strlen(value));
        while (value[len] && ((guchar)value[len] & 0xC0) == 0x80)
            len--;
        g_autofree char *word = g_base64_encode((const guchar *)value, len);
        voc_buffer_add_printf(out, " =?UTF-8?B?%s?=\n", word);
        value += len;
    }
}

/* An address as given, without what would end the header. */
static void
address(const char *name, const char *value, VocBuffer *out)
{
    if (!value)
        return;
    voc_buffer_add_printf(out, "%s: ", name);
    for (; *value; value++)
        voc_buffer_add_char(out, (guchar)*value < 0x20 ? ' ' : *value);
    voc_buffer_add_char(out, '\n');
}

void
voc_write_mail(const VocReport *report, const VocWriteOptions *options, VocBuffer *out)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT, html = VOC_BUFFER_INIT;
    VocWriteOptions plain = *options;
    plain.terminal = FALSE;
    voc_write_text(report, &plain, &text);
    voc_write_mail_html(report, &html);
    /* No clock and no chance: the boundary is made of what it divides (and Base64 cannot hold its first
     * bytes). */
    g_autofree char *digest =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)html.data, html.len);
    g_autofree char *boundary = g_strdup_printf("=_voc_%.32s", digest);
    address("From", options->from, out);
    address("To", options->to, out);
    header("Subject", report->title, out);
    voc_buffer_add_printf(out, "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"%s\"\n",
                          boundary);
    voc_buffer_add_printf(out, "Auto-Submitted: auto-generated\n\n");
    part("text/plain", voc_buffer_slice(&text), boundary, out);
    part("text/html", voc_buffer_slice(&html), boundary, out);
    voc_buffer_add_printf(out, "--%s--\n", boundary);
}
