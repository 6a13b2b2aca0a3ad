/* Records as rows of a table: one column a path, TSV or CSV.
 *
 * A table is opened by spreadsheets, which run what begins with = + - or @: such a cell gets an apostrophe in
 * front, unless it is a number. Control characters become U+FFFD. */
#ifndef VOC_STAGE_CUT_H
#define VOC_STAGE_CUT_H

#include "stage/field.h"

G_BEGIN_DECLS

typedef enum {
    VOC_CUT_TSV, /* tabs; tabs and line ends in cells are spaces; rows end with LF */
    VOC_CUT_CSV, /* RFC 4180: commas, quotes where needed, line ends in cells stay (as LF); rows end with CRLF
                  */
    VOC_CUT_EXCEL, /* the same with semicolons, decimal commas and a byte order mark, as Excel opens it by
                      itself where the comma is the decimal mark */
} VocCutFormat;

typedef struct VocCutSettings {
    char **fields; /* NULL-terminated; each a list of paths with commas between, in a name with a backslash;
                      NULL: id, time, channel, text */
    VocCutFormat format;
    gboolean raw; /* no apostrophes */
} VocCutSettings;

typedef struct VocCut VocCut;

/* NULL and an error (VOC_ERROR_USAGE) when a path is empty. The settings are not kept. */
VocCut *voc_cut_new(const VocCutSettings *settings, GError **error);
void voc_cut_free(VocCut *cut); /* NULL is fine */

/* Adds the header row: the paths. */
void voc_cut_head(const VocCut *cut, VocBuffer *out);

/* Adds a record's row. Several values of a path that goes through an array stand with | between them; arrays
 * and objects are JSON; what is missing or null is empty. */
void voc_cut_row(const VocCut *cut, const VocRecord *record, VocBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCut, voc_cut_free)

G_END_DECLS

#endif
