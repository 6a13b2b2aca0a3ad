/* The writers: one content, several forms. Each adds bytes of UTF-8 to `out` and cannot fail. */
#ifndef VOC_REPORT_WRITE_H
#define VOC_REPORT_WRITE_H

#include "base/buffer.h"
#include "report/content.h"
#include "report/phrase.h"

G_BEGIN_DECLS

typedef struct VocWriteOptions {
    gboolean terminal; /* text: colours and sparklines */
    int width;         /* text: columns; 80 */
} VocWriteOptions;

void voc_write_text(const VocContent *content, VocPhrase *phrase, const VocWriteOptions *options,
                    VocBuffer *out);
void voc_write_html(const VocContent *content, VocPhrase *phrase, VocBuffer *out);

G_END_DECLS

#endif
