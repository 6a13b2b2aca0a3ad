/* Pieces of HTML that the page and the mail share. All that comes from messages goes through voc_html_text().
 */
#ifndef VOC_REPORT_HTML_H
#define VOC_REPORT_HTML_H

#include "base/buffer.h"
#include "report/report.h"

G_BEGIN_DECLS

/* Adds text, safe between tags and inside quoted attributes; control characters are left out. */
void voc_html_text(VocBuffer *out, const char *text);

/* Adds a format (markup, trusted) in which each %s is replaced by the escaped argument; no other directives.
 */
void voc_html_printf(VocBuffer *out, const char *format, ...);

/* A line of the history as SVG with a text alternative; nothing when fewer than two periods are known. */
void voc_html_sparkline(VocBuffer *out, VocPhrase *phrase, const char *label, const gint64 *history);

/* A waterfall's steps as SVG; the same in words stands beside it for those who cannot see it. */
void voc_html_waterfall(VocBuffer *out, const VocDocBlock *block);

/* The page's style and script (page.css, page.js), NUL-terminated. */
extern const char voc_page_css[];
extern const char voc_page_js[];

G_END_DECLS

#endif
