/* The lines of a WhatsApp export, whatever its phone and language. */
#ifndef VOC_READ_WHATSAPP_H
#define VOC_READ_WHATSAPP_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* A line on which a message begins. */
typedef struct VocWhatsappLine {
    VocSlice stamp;  /* the date and time as written, marks and all */
    VocSlice author; /* empty: the system's line */
    VocSlice text;   /* of this line */
    gboolean marked; /* the text begins with the mark that WhatsApp's own words have */
} VocWhatsappLine;

/* Takes a line without its line end apart: "[7.9.2026 klo 9.15.02] Name: text" or "7/9/26, 9:15 - Name:
 * text". FALSE when no message begins on it. */
gboolean voc_whatsapp_line(VocSlice line, VocWhatsappLine *parts);

/* Adds the stamp so that voc_date_parse reads it: direction marks and odd blanks gone, "a. m." joined, years
 * of the Buddhist era brought to ours. */
void voc_whatsapp_stamp(VocSlice stamp, VocBuffer *out);

/* What a text is. */
typedef enum {
    VOC_WHATSAPP_TEXT,
    VOC_WHATSAPP_MEDIA,
    VOC_WHATSAPP_DELETED,
    VOC_WHATSAPP_SYSTEM
} VocWhatsappKind;

typedef struct VocWhatsappWords VocWhatsappWords;

/* Reads `dir`/whatsapp.tsv; NULL and VOC_ERROR_FATAL when it is missing or broken. */
VocWhatsappWords *voc_whatsapp_words_load(const char *dir, GError **error);
void voc_whatsapp_words_free(VocWhatsappWords *words); /* NULL is fine */

/* Takes from `text` the mark of an edit at its end (TRUE in `*edited`) and tells what it is; of an attached
 * file its name comes in `*file`. */
VocWhatsappKind voc_whatsapp_kind(const VocWhatsappWords *words, gboolean marked, VocSlice *text,
                                  VocSlice *file, gboolean *edited);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocWhatsappWords, voc_whatsapp_words_free)

G_END_DECLS

#endif
