/* The options that name columns, scales and marks, taken apart. */
#ifndef VOC_READ_MAPPING_H
#define VOC_READ_MAPPING_H

#include "read/dates.h"
#include "read/names.h"
#include "read/options.h"

G_BEGIN_DECLS

typedef struct VocMapping {
    VocRole role;
    char *column; /* a name or a number; "": there is no such column */
} VocMapping;

typedef struct VocScaling {
    VocRole role;
    VocScale scale;
} VocScaling;

/* All of --map, in order: a GArray of VocMapping. NULL and VOC_ERROR_USAGE when one is no FIELD=COLUMN. A
 * comma that no "FIELD=" follows belongs to the column's name; quotes around a name go. */
GArray *voc_read_options_mappings(const VocReadOptions *options, GError **error);

/* All of --scale: a GArray of VocScaling. */
GArray *voc_read_options_scales(const VocReadOptions *options, GError **error);

/* --date-order; VOC_DATE_AUTO when it is not given. */
gboolean voc_read_options_order(const VocReadOptions *options, VocDateOrder *order, GError **error);

/* A mark of one byte: "tab" and "none" (0) have names. */
gboolean voc_read_options_mark(const char *option, const char *given, char *mark, GError **error);

/* Whether all of these are well formed; no file is needed to tell. */
gboolean voc_read_options_check(const VocReadOptions *options, GError **error);

G_END_DECLS

#endif
