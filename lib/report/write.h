/* The writers: one report, several forms. Each adds bytes of UTF-8 to `out` and cannot fail. */
#ifndef VOC_REPORT_WRITE_H
#define VOC_REPORT_WRITE_H

#include "base/buffer.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct VocWriteOptions {
    gboolean terminal;     /* text: colours and sparklines */
    int width;             /* text: columns; 80 */
    const char *from, *to; /* mail: headers; NULL leaves them out */
} VocWriteOptions;

/* 80 columns, aligned whatever the characters' width. */
void voc_write_text(const VocReport *report, const VocWriteOptions *options, VocBuffer *out);

/* One page that asks the network for nothing and forbids all scripts but its own. */
void voc_write_html(const VocReport *report, VocBuffer *out);

/* CommonMark with tables. */
void voc_write_markdown(const VocReport *report, VocBuffer *out);

/* The content's figures with the report's sentences; data/voc-report-1.schema.json describes it. */
void voc_write_json(const VocReport *report, VocBuffer *out);

/* A message for sendmail -t: the text, and HTML without script or SVG. */
void voc_write_mail(const VocReport *report, const VocWriteOptions *options, VocBuffer *out);

/* The same HTML by itself, as mail programs stand it. */
void voc_write_mail_html(const VocReport *report, VocBuffer *out);

G_END_DECLS

#endif
