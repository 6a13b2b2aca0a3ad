/* The report as one page of HTML: no request to anywhere, and a policy in the page that forbids any. */
#include "report/headline.h"
#include "report/html.h"
#include "report/write.h"

#include <math.h>

typedef struct Page {
    const VocContent *content;
    VocPhrase *phrase;
    VocBuffer *out;
} Page;

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
    voc_html_printf(page->out, "<title>%s</title>\n<style>", voc_headline_title(page->content, page->phrase));
    add(page, voc_page_css);
    add(page, "</style>\n</head>\n<body>\n<div class=\"page\">\n");
}

static void
title(Page *page)
{
    const VocContent *content = page->content;
    VocPhrase *phrase = page->phrase;
    const char *messages =
        voc_phrase_printf(phrase, voc_say_n("%s message", "%s messages", content->messages.now),
                          voc_phrase_int(phrase, content->messages.now));
    const char *contacts =
        voc_phrase_printf(phrase, voc_say_n("%s contact", "%s contacts", content->contacts.now),
                          voc_phrase_int(phrase, content->contacts.now));
    voc_html_printf(
        page->out, "<header><h1>%s</h1><p class=\"soft\">%s · %s · %s</p></header>\n<main>\n",
        voc_headline_title(content, phrase),
        voc_phrase_days(phrase, content->period.first, content->period.first + content->period.days - 1),
        messages, contacts);
}

static void
lead(Page *page)
{
    g_autoptr(GPtrArray) list = voc_headline_sentences(page->content, page->phrase);
    voc_html_printf(page->out, "<section class=\"lead\"><h2>%s</h2><ul>\n", voc_say("In short"));
    for (guint i = 0; i < list->len; i++) {
        add(page, i == 0 ? "<li class=\"first\">" : "<li>");
        voc_html_printf(page->out, "%s</li>\n", g_ptr_array_index(list, i));
    }
    add(page, "</ul></section>\n");
}

/* "▲ rose" in the colour of what it means; `bad_up` when more of it is worse, -1 when it is neither. */
static void
verdict(Page *page, VocChange change, int bad_up)
{
    gboolean up = change == VOC_CHANGE_UP || change == VOC_CHANGE_UP_SLOWLY || change == VOC_CHANGE_NEW;
    if (change <= VOC_CHANGE_NONE) {
        voc_html_printf(page->out, "<span class=\"soft\">%s</span>", voc_headline_change(change));
        return;
    }
    const char *colour = bad_up < 0 ? "new" : (bad_up > 0) == up ? "bad up" : "good up";
    voc_html_printf(page->out, "<span class=\"%s\">%s %s</span>", colour, voc_headline_arrow(change),
                    voc_headline_change(change));
}

static void
against(Page *page, const char *before, const char *usual)
{
    voc_html_printf(page->out, "<dd>%s: %s</dd>", voc_headline_before(page->content), before);
    if (page->content->n_usual > 1)
        voc_html_printf(page->out, "<dd>%s: %s</dd>", voc_headline_usual(page->content, page->phrase), usual);
}

static void
count_card(Page *page, const char *name, const VocCountFigure *f)
{
    VocPhrase *phrase = page->phrase;
    voc_html_printf(page->out, "<div><dt>%s</dt><dd class=\"big\">%s</dd>", name,
                    voc_phrase_int(phrase, f->now));
    against(page, voc_phrase_int(phrase, f->before),
            voc_phrase_decimal(phrase, f->usual, f->usual < 100 ? 1 : 0));
    add(page, "<dd>");
    voc_html_sparkline(page->out, phrase, name, f->history);
    add(page, "</dd></div>\n");
}

static void
share_card(Page *page, const char *name, const VocShareFigure *f, int bad_up)
{
    VocPhrase *phrase = page->phrase;
    if (f->n == 0)
        return;
    voc_html_printf(page->out, "<div><dt>%s</dt><dd class=\"big\">%s</dd>", name,
                    voc_phrase_share(phrase, f->k, f->n));
    against(page, voc_phrase_share(phrase, f->k_before, f->n_before),
            voc_phrase_share(phrase, f->k_usual, f->n_usual));
    add(page, "<dd>");
    verdict(page, f->verdict, bad_up);
    add(page, "</dd></div>\n");
}

static void
rating_card(Page *page, const VocRatingFigure *f)
{
    VocPhrase *phrase = page->phrase;
    gboolean nps = f->kind == VOC_RATING_NPS;
    const char *n =
        voc_phrase_printf(phrase, voc_say_n("%s answer", "%s answers", f->n), voc_phrase_int(phrase, f->n));
    voc_html_printf(page->out, "<div><dt>%s (%s)</dt><dd class=\"big\">", voc_headline_rating(f->kind), n);
    if (nps && f->n < VOC_SMALL)
        voc_html_printf(page->out, "<small>%s</small></dd>", voc_say("too few"));
    else
        voc_html_printf(page->out, "%s <small>± %s</small></dd>",
                        voc_headline_rating_value(phrase, f->kind, f->value),
                        voc_headline_rating_value(phrase, f->kind, f->margin));
    against(page,
            f->n_before < VOC_SMALL ? voc_say("too few")
                                    : voc_headline_rating_value(phrase, f->kind, f->before),
            voc_headline_rating_value(phrase, f->kind, f->usual));
    add(page, "<dd>");
    verdict(page,
            isnan(f->p_usual)     ? VOC_CHANGE_UNTESTED
            : f->p_usual > 0.05   ? VOC_CHANGE_NONE
            : f->value > f->usual ? VOC_CHANGE_UP
                                  : VOC_CHANGE_DOWN,
            0);
    add(page, "</dd></div>\n");
}

static void
cards(Page *page)
{
    const VocContent *content = page->content;
    add(page, "<dl class=\"cards\">\n");
    for (gsize i = 0; i < content->n_ratings; i++)
        rating_card(page, &content->ratings[i]);
    share_card(page, voc_say("Negative messages"), &content->negative, 1);
    share_card(page, voc_say("Positive messages"), &content->positive, 0);
    count_card(page, voc_say("Messages"), &content->messages);
    count_card(page, voc_say("Contacts"), &content->contacts);
    add(page, "</dl>\n");
}

static void
quote(Page *page, const VocQuote *q)
{
    static const char *const classes[] = {"", "negative", "neutral", "positive"};
    const VocFact *fact = voc_facts_at(page->content->facts, q->row);
    const char *lang = voc_facts_name(page->content->facts, fact->lang);
    voc_html_printf(
        page->out,
        "<blockquote class=\"%s\"><p dir=\"auto\" lang=\"%s\">%s</p><footer>%s</footer></blockquote>\n",
        classes[q->feeling], g_str_equal(lang, "und") ? "" : lang, q->text,
        voc_headline_trace(page->content, page->phrase, q->row));
}

static void
number_attribute(Page *page, const char *name, double value)
{
    voc_buffer_add_printf(page->out, " data-%s=\"", name);
    if (!isnan(value))
        voc_buffer_add_number(page->out, value, 6);
    add(page, "\"");
}

static double
share_of(gint64 k, gint64 n)
{
    return n > 0 ? (double)k / (double)n : NAN;
}

static void
theme(Page *page, const VocThemeFigure *t)
{
    VocPhrase *phrase = page->phrase;
    const VocShareFigure *m = &t->messages;
    gboolean baseline = page->content->n_usual >= 3;
    const char *name = voc_headline_theme(page->content, phrase, t->theme);
    voc_html_printf(page->out, "<tbody data-name=\"%s\"", name);
    number_attribute(page, "messages", (double)m->k);
    number_attribute(page, "share", share_of(m->k, m->n));
    number_attribute(page, "change",
                     baseline ? m->trend.change : share_of(m->k, m->n) - share_of(m->k_before, m->n_before));
    number_attribute(page, "negative", share_of(t->negative.k, t->negative.n));
    number_attribute(page, "effect", t->effect);
    voc_html_printf(page->out, "><tr role=\"row\"><th scope=\"row\" role=\"rowheader\">%s</th>", name);
    voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">%s</td>", voc_say("Messages"),
                    voc_phrase_int(phrase, m->k));
    voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">%s</td>", voc_say("Share"),
                    voc_phrase_share(phrase, m->k, m->n));
    voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">%s</td>",
                    baseline ? voc_say("Usual") : voc_say("Before"),
                    baseline ? voc_phrase_share(phrase, m->k_usual, m->n_usual)
                             : voc_phrase_share(phrase, m->k_before, m->n_before));
    voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">", voc_say("Change"));
    verdict(page, m->verdict, isnan(t->feeling) ? -1 : t->feeling < 0);
    voc_html_printf(page->out, "</td><td role=\"cell\" data-label=\"%s\">%s</td>", voc_say("Negative"),
                    voc_phrase_share(phrase, t->negative.k, t->negative.n));
    voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">",
                    voc_headline_effect_name(page->content));
    voc_html_printf(page->out,
                    t->effect < 0   ? "<span class=\"bad\">%s</span></td>"
                    : t->effect > 0 ? "<span class=\"good\">%s</span></td>"
                                    : "%s</td>",
                    voc_phrase_signed(phrase, t->effect, voc_headline_effect_decimals(page->content)));
    voc_html_printf(page->out, "<td role=\"cell\" data-label=\"%s\">", voc_say("History"));
    voc_html_sparkline(page->out, phrase, voc_say("Messages"), t->history);
    add(page, "</td></tr>\n<tr role=\"row\"><td role=\"cell\" class=\"more\" colspan=\"8\">");
    if (t->n_quotes) {
        voc_html_printf(page->out, "<details><summary>%s</summary>\n",
                        voc_phrase_printf(phrase, voc_say("In customers' words: %s"), name));
        for (gsize i = 0; i < t->n_quotes; i++)
            quote(page, &t->quotes[i]);
        add(page, "</details>");
    }
    add(page, "</td></tr></tbody>\n");
}

static void
sortable(Page *page, const char *key, const char *text)
{
    voc_html_printf(
        page->out,
        "<th scope=\"col\" role=\"columnheader\"><button type=\"button\" data-key=\"%s\">%s</button></th>",
        key, text);
}

static void
themes(Page *page)
{
    const VocContent *content = page->content;
    voc_html_printf(page->out, "<section class=\"long\"><h2>%s</h2>\n", voc_say("Themes"));
    if (content->n_themes == 0) {
        voc_html_printf(page->out, "<p>%s</p></section>\n",
                        voc_say("The messages carry no themes: run them through voc theme first."));
        return;
    }
    voc_html_printf(page->out,
                    "<p class=\"filter\" id=\"tools\" hidden><label for=\"filter\">%s</label><input "
                    "type=\"search\" id=\"filter\" autocomplete=\"off\"> ",
                    voc_say("Show themes with"));
    voc_html_printf(page->out,
                    "<span class=\"note\" id=\"shown\" role=\"status\" data-text=\"%s\"></span></p>\n",
                    voc_say("%s of %s themes"));
    voc_html_printf(
        page->out,
        "<div class=\"scroll\"><table class=\"themes stack\" id=\"themes\" "
        "role=\"table\"><caption>%s</caption>\n",
        voc_say("Messages by theme. A message may have several themes; shares are of messages with text."));
    add(page, "<thead role=\"rowgroup\"><tr role=\"row\">");
    sortable(page, "name", voc_say("Theme"));
    sortable(page, "messages", voc_say("Messages"));
    sortable(page, "share", voc_say("Share"));
    voc_html_printf(page->out, "<th scope=\"col\" role=\"columnheader\">%s</th>",
                    content->n_usual >= 3 ? voc_say("Usual") : voc_say("Before"));
    sortable(page, "change", voc_say("Change"));
    sortable(page, "negative", voc_say("Negative"));
    sortable(page, "effect", voc_headline_effect_name(content));
    voc_html_printf(page->out, "<th scope=\"col\" role=\"columnheader\">%s</th></tr></thead>\n",
                    voc_say("History"));
    for (gsize i = 0; i < content->n_themes; i++)
        if (content->themes[i].messages.k > 0 || content->themes[i].messages.verdict > VOC_CHANGE_NONE)
            theme(page, &content->themes[i]);
    add(page, "</table></div></section>\n");
}

static void
channels(Page *page)
{
    const VocContent *content = page->content;
    VocPhrase *phrase = page->phrase;
    if (content->n_channels == 0 || (content->n_channels == 1 && content->channels[0].name == 0))
        return;
    voc_html_printf(page->out,
                    "<section><h2>%s</h2><div class=\"scroll\"><table><thead><tr><th scope=\"col\">%s</th>",
                    voc_say("Channels"), voc_say("Channel"));
    voc_html_printf(
        page->out,
        "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
        voc_say("Messages"), voc_headline_before(content), voc_say("Negative"));
    for (gsize i = 0; i < content->n_channels; i++) {
        const VocCell *cell = &content->channels[i];
        voc_html_printf(page->out, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                        voc_headline_channel(content, phrase, cell->name),
                        voc_phrase_int(phrase, cell->messages), voc_phrase_int(phrase, cell->before),
                        voc_phrase_share(phrase, cell->negative, cell->scored));
    }
    add(page, "</tbody></table></div></section>\n");
}

static void
method(Page *page)
{
    g_autoptr(GPtrArray) list = voc_headline_method(page->content, page->phrase);
    voc_html_printf(page->out, "<section class=\"method\"><h2>%s</h2><ul>\n", voc_say("How it was counted"));
    for (guint i = 0; i < list->len; i++)
        voc_html_printf(page->out, "<li>%s</li>\n", g_ptr_array_index(list, i));
    add(page, "</ul></section>\n");
}

void
voc_write_html(const VocContent *content, VocPhrase *phrase, VocBuffer *out)
{
    Page page = {content, phrase, out};
    head(&page);
    title(&page);
    lead(&page);
    cards(&page);
    themes(&page);
    channels(&page);
    method(&page);
    add(&page, "</main>\n</div>\n<script>");
    add(&page, voc_page_js);
    add(&page, "</script>\n</body>\n</html>\n");
}
