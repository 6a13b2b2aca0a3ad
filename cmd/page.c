#include "page.h"

static const char *const NAMES[VOC_N_PAGES] = {"text", "md", "html", "json", "mail"};
static const char *const SUFFIXES[VOC_N_PAGES] = {".txt", ".md", ".html", ".json", ".eml"};

int
voc_page_find(const char *name)
{
    for (int page = 0; page < VOC_N_PAGES; page++)
        if (strcmp(name, NAMES[page]) == 0)
            return page;
    return -1;
}

int
voc_page_of_file(const char *path)
{
    for (int page = 0; page < VOC_N_PAGES; page++)
        if (g_str_has_suffix(path, SUFFIXES[page]))
            return page;
    return -1;
}

const char *
voc_page_suffix(VocPage page)
{
    return SUFFIXES[page];
}

guint
voc_page_quotes(VocPage page)
{
    return page == VOC_PAGE_HTML ? 10 : 3;
}

void
voc_page_write(VocPage page, const VocReport *report, const VocWriteOptions *options, VocBuffer *out)
{
    switch (page) {
    case VOC_PAGE_MARKDOWN:
        voc_write_markdown(report, out);
        break;
    case VOC_PAGE_HTML:
        voc_write_html(report, out);
        break;
    case VOC_PAGE_JSON:
        voc_write_json(report, out);
        break;
    case VOC_PAGE_MAIL:
        voc_write_mail(report, options, out);
        break;
    default:
        voc_write_text(report, options, out);
    }
}

VocContent *
voc_page_content(VocContext *context, const VocContentOptions *options, const VocFacts *facts, GError **error)
{
    const VocWordModel *model = voc_context_word_model(context, error);
    VocContentOptions chosen = *options;
    if (!model)
        return NULL;
    chosen.words = voc_words_new(model);
    VocContent *content = voc_content_new(facts, &chosen, error);
    voc_words_free(chosen.words);
    return content;
}
