/* A report's forms by their names, for every program that writes one. */
#ifndef VOC_CMD_PAGE_H
#define VOC_CMD_PAGE_H

#include "report/write.h"
#include "stage/context.h"

G_BEGIN_DECLS

typedef enum {
    VOC_PAGE_TEXT,
    VOC_PAGE_MARKDOWN,
    VOC_PAGE_HTML,
    VOC_PAGE_JSON,
    VOC_PAGE_MAIL,
    VOC_N_PAGES,
} VocPage;

/* By the name that --format takes, or by a file's; -1 when it is none. */
int voc_page_find(const char *name);
int voc_page_of_file(const char *path);

/* ".txt", ".md", ".html", ".json", ".eml" */
const char *voc_page_suffix(VocPage page);

/* How many quotes a theme has room for. */
guint voc_page_quotes(VocPage page);

void voc_page_write(VocPage page, const VocReport *report, const VocWriteOptions *options, VocBuffer *out);

/* The content of `facts`, which must outlive it, with the words that set messages apart. */
VocContent *voc_page_content(VocContext *context, const VocContentOptions *options, const VocFacts *facts,
                             GError **error);

G_END_DECLS

#endif
