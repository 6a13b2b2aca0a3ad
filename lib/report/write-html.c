/* The report as one page of HTML: no request to anywhere, and a policy in the page that forbids any. */
#include "report/html.h"
#include "report/write.h"

#include <math.h>

typedef struct Page {
    const VocReport *report;
    VocPhrase *phrase;
    VocBuffer *out;
} Page;

static const char *const tones[] = {"", "soft", "good", "bad"};

static void
add(Page *page, const char *markup)
{
    voc_buffer_add_string(page->out, markup);
}

/* What the policy lets run: the style and the script written here, by their hashes, and nothing else. */
static void
hash(Page *page, const char *text)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize len = sizeof digest;
    g_checksum_update(sum, (const guchar *)text, -1);
    g_checksum_get_digest(sum, digest, &len);
    g_autofree char *encoded = g_base64_encode(digest, len);
    voc_buffer_add_printf(page->out, "'sha256-%s'", encoded);
}

static void
head(Page *page)
{
    voc_html_printf(page->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                    page->phrase->lang);
    add(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
              "form-action 'none'; style-src ");
    hash(page, voc_page_css);
    add(page, "; script-src ");
    hash(page, voc_page_js);
    add(page, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
              "name=\"referrer\" content=\"no-referrer\">\n");
    voc_html_printf(page->out, "<title>%s</title>\n<style>", page->report->title);
    add(page, voc_page_css);
    add(page, "</style>\n</head>\n<body>\n<div class=\"page\">\n");
    voc_html_printf(page->out, "<header><h1>%s</h1><p class=\"soft\">%s · %s</p></header>\n<main>\n",
                    page->report->title, page->report->days, page->report->size);
}

static void
spanned(Page *page, VocTone tone, const char *text)
{
    if (tone == VOC_TONE_PLAIN || *text == '\0')
        voc_html_text(page->out, text);
    else
        voc_html_printf(page->out, "<span class=\"%s\">%s</span>", tones[tone], text);
}

static void
list(Page *page, const VocDocBlock *block)
{
    add(page, "<ul>\n");
    for (guint i = 0; i < block->items->len; i++)
        voc_html_printf(page->out, "<li>%s</li>\n", g_ptr_array_index(block->items, i));
    add(page, "</ul>\n");
}

static void
quotes(Page *page, const VocDocQuote *quote)
{
    static const char *const classes[] = {"", "negative", "neutral", "positive"};
    for (; quote; quote = quote->next)
        voc_html_printf(
            page->out,
            "<blockquote class=\"%s\"><p dir=\"auto\" lang=\"%s\">%s</p><footer>%s</footer></blockquote>\n",
            classes[quote->feeling], quote->lang, quote->text, quote->trace);
}

static void
table_head(Page *page, const VocDocBlock *block)
{
    add(page, "<thead role=\"rowgroup\"><tr role=\"row\">");
    for (int i = 0; i < block->n_columns; i++) {
        const VocDocColumn *column = &block->columns[i];
        add(page, column->right ? "<th scope=\"col\" role=\"columnheader\">"
                                : "<th scope=\"col\" role=\"columnheader\" class=\"left\">");
        if (block->filterable && column->key)
            voc_html_printf(page->out, "<button type=\"button\" data-key=\"%s\">%s</button></th>",
                            column->key, column->title);
        else
            voc_html_printf(page->out, "%s</th>", column->title);
    }
    add(page, "</tr></thead>\n");
}

/* What the script sorts by. */
static void
sort_keys(Page *page, const VocDocBlock *block, const VocDocRow *row)
{
    for (int i = 0; i < block->n_columns; i++) {
        if (!block->columns[i].key)
            continue;
        voc_html_printf(page->out, " data-%s=\"", block->columns[i].key);
        if (i == 0)
            voc_html_text(page->out, row->cells[i].text);
        else if (!isnan(row->cells[i].sort))
            voc_buffer_add_number(page->out, row->cells[i].sort, 6);
        add(page, "\"");
    }
}

static void
cell(Page *page, const VocDocColumn *column, const VocDocCell *c, gboolean first)
{
    char heat[16] = "";
    if (c->heat)
        g_snprintf(heat, sizeof heat, "heat%d", c->heat);
    const char *class = !column->right && !first ? "left" : heat;
    if (first)
        add(page, "<th scope=\"row\" role=\"rowheader\">");
    else if (*class)
        voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\" class=\"%s\">", column->title, class);
    else
        voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">", column->title);
    if (c->history)
        voc_html_sparkline(page->out, page->phrase, column->title, c->history);
    else
        spanned(page, c->tone, c->text);
    add(page, first ? "</th>" : "</td>");
}

static void
row(Page *page, const VocDocBlock *block, const VocDocRow *r)
{
    add(page, "<tbody");
    if (block->filterable)
        sort_keys(page, block, r);
    add(page, r->quotes || r->note ? " class=\"opens\"><tr role=\"row\">" : "><tr role=\"row\">");
    for (int i = 0; i < block->n_columns; i++)
        cell(page, &block->columns[i], &r->cells[i], i == 0);
    add(page, "</tr>\n");
    if (r->quotes || r->note) {
        voc_buffer_add_printf(page->out,
                              "<tr role=\"row\"><td role=\"cell\" class=\"more\" colspan=\"%d\"><details>",
                              block->n_columns);
        voc_html_printf(
            page->out, "<summary>%s</summary>\n",
            voc_phrase_printf(page->phrase,
                              r->quotes ? voc_say("In customers' words: %s") : voc_say("More: %s"),
                              r->cells[0].text));
        if (r->note)
            voc_html_printf(page->out, "<p class=\"note\">%s</p>\n", r->note);
        quotes(page, r->quotes);
        add(page, "</details></td></tr>");
    }
    add(page, "</tbody>\n");
}

static void
table(Page *page, const VocDocBlock *block)
{
    if (block->filterable) {
        voc_html_printf(page->out,
                        "<p class=\"filter\" id=\"tools\" hidden><label for=\"filter\">%s</label><input "
                        "type=\"search\" id=\"filter\" autocomplete=\"off\"> ",
                        voc_say("Show themes with"));
        voc_html_printf(page->out,
                        "<span class=\"note\" id=\"shown\" role=\"status\" data-text=\"%s\"></span></p>\n",
                        voc_say("%s of %s themes"));
    }
    add(page, block->filterable
                  ? "<div class=\"scroll\"><table class=\"stack\" id=\"themes-table\" role=\"table\">"
                  : "<div class=\"scroll\" tabindex=\"0\"><table role=\"table\">");
    if (block->text)
        voc_html_printf(page->out, "<caption>%s</caption>\n", block->text);
    table_head(page, block);
    for (const VocDocRow *r = block->rows; r; r = r->next)
        row(page, block, r);
    add(page, "</table></div>\n");
}

static void
cards(Page *page, const VocDocCard *card)
{
    add(page, "<dl class=\"cards\">\n");
    for (; card; card = card->next) {
        voc_html_printf(page->out, "<div><dt>%s</dt><dd class=\"big\">%s", card->name, card->big);
        voc_html_printf(page->out, *card->small ? " <small>%s</small></dd>" : "%s</dd>", card->small);
        for (int i = 0; i < 2; i++)
            if (card->lines[i])
                voc_html_printf(page->out, "<dd>%s</dd>", card->lines[i]);
        voc_html_printf(page->out, card->tone > VOC_TONE_SOFT ? "<dd class=\"verdict %s\">" : "<dd>",
                        tones[card->tone]);
        voc_html_text(page->out, card->verdict);
        add(page, "</dd>");
        if (card->history) {
            add(page, "<dd>");
            voc_html_sparkline(page->out, page->phrase, card->name, card->history);
            add(page, "</dd>");
        }
        add(page, "</div>\n");
    }
    add(page, "</dl>\n");
}

static void
block(Page *page, const VocDocBlock *b)
{
    if (b->title)
        voc_html_printf(page->out, "<h3>%s</h3>\n", b->title);
    switch (b->kind) {
    case VOC_BLOCK_PARAGRAPH:
        voc_html_printf(page->out, "<p>%s</p>\n", b->text);
        break;
    case VOC_BLOCK_NOTE:
        voc_html_printf(page->out, "<p class=\"note\">%s</p>\n", b->text);
        break;
    case VOC_BLOCK_LIST:
        list(page, b);
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
    case VOC_BLOCK_WATERFALL:
        voc_html_waterfall(page->out, b);
        break;
    }
}

void
voc_write_html(const VocReport *report, VocBuffer *out)
{
    Page page = {report, report->phrase, out};
    head(&page);
    for (const VocDocSection *section = report->sections; section; section = section->next) {
        voc_html_printf(out, "<section id=\"%s\"><h2>%s</h2>\n", section->id, section->title);
        for (const VocDocBlock *b = section->blocks; b; b = b->next)
            block(&page, b);
        add(&page, "</section>\n");
    }
    add(&page, "</main>\n</div>\n<script>");
    add(&page, voc_page_js);
    add(&page, "</script>\n</body>\n</html>\n");
}
