/* For mime.c: a mail before GMime gets it. */
#ifndef VOC_READ_MIME_RAW_H
#define VOC_READ_MIME_RAW_H

#include "base/slice.h"

G_BEGIN_DECLS

/* Puts what GMime is to read of the mail into `bytes`, and the headers that are only asked for as they are,
 * with their names, into `raw` (of VocSlice, into `mail`). What would cost GMime more than it is worth is
 * left out or made harmless. FALSE when the headers are longer than VOC_MIME_HEADERS_MAX. */
gboolean voc_mime_prepare(VocSlice mail, GByteArray *bytes, GArray *raw);

G_END_DECLS

#endif
