/* What columns and their values are called: data/columns.tsv and the presets of the common tools. */
#ifndef VOC_READ_NAMES_H
#define VOC_READ_NAMES_H

#include "read/message.h"

G_BEGIN_DECLS

/* What a column is for. */
typedef enum {
    VOC_ROLE_FIELD, /* nothing else: kept in `fields` */
    VOC_ROLE_IGNORE,
    VOC_ROLE_ID,
    VOC_ROLE_TIME,
    VOC_ROLE_CLOCK, /* a time of day beside a date */
    VOC_ROLE_TEXT,  /* several make a thread */
    VOC_ROLE_REPLY, /* what an agent answered: a message of its own */
    VOC_ROLE_SUBJECT,
    VOC_ROLE_AUTHOR,
    VOC_ROLE_CUSTOMER,
    VOC_ROLE_THREAD,
    VOC_ROLE_TURN,
    VOC_ROLE_ROLE,
    VOC_ROLE_CHANNEL,
    VOC_ROLE_TOUCHPOINT,
    VOC_ROLE_UNIT,
    VOC_ROLE_TAGS, /* several labels in a cell */
    VOC_ROLE_FLAG, /* the column's name is a label, the cell says whether it applies */
    VOC_ROLE_LANG,
    VOC_ROLE_NPS, /* the four ratings in the order of VocRatingKey */
    VOC_ROLE_CSAT,
    VOC_ROLE_CES,
    VOC_ROLE_STARS,
    VOC_N_ROLES,
} VocRole;

const char *voc_role_name(VocRole role);
gboolean voc_role_from_name(VocSlice name, VocRole *role);

static inline gboolean
voc_role_is_rating(VocRole role)
{
    return role >= VOC_ROLE_NPS && role <= VOC_ROLE_STARS;
}

/* Roles that any number of columns may have. */
static inline gboolean
voc_role_is_plural(VocRole role)
{
    return role == VOC_ROLE_FIELD || role == VOC_ROLE_IGNORE || role == VOC_ROLE_TEXT ||
           role == VOC_ROLE_TAGS || role == VOC_ROLE_FLAG;
}

/* A rating's scale in the export, worst to best; the worst may be the larger number. */
typedef struct VocScale {
    double worst, best;
} VocScale;

/* "5..1", "0..10"; FALSE when `text` is none or both ends are the same. */
gboolean voc_scale_parse(VocSlice text, VocScale *scale);

typedef enum { VOC_NAME_BEGINS = 1, VOC_NAME_HAS, VOC_NAME_IS } VocNameMatch;

/* A rule that fits a column's name. */
typedef struct VocNameHit {
    VocRole role;
    VocNameMatch match;
    gsize end;  /* where its words end in the folded name */
    guint rank; /* its place in the file */
} VocNameHit;

typedef struct VocNames VocNames;

/* Reads `dir`/columns.tsv and `dir`/presets; NULL and VOC_ERROR_FATAL when a file is missing or broken. */
VocNames *voc_names_load(const char *dir, GError **error);
void voc_names_free(VocNames *names); /* NULL is fine */

/* A column's name as names are compared: NFKC, small letters, words with one space between. Free it. */
char *voc_names_fold(VocSlice name);

/* The rules that fit, the best first; a GArray of VocNameHit, free with g_array_unref. */
GArray *voc_names_match(const VocNames *names, const char *folded);

/* What `value` means for the role; VOC_SLICE_NONE when it is not known. Lives as long as the names. */
VocSlice voc_names_value(const VocNames *names, VocRole role, VocSlice value);

/* Whether `value` stands for no value at all ("Did not answer"); an empty one does. */
gboolean voc_names_is_missing(const VocNames *names, VocSlice value);

/* Whether a column of that folded name changes after its message was written. */
gboolean voc_names_is_late(const VocNames *names, const char *folded);

/* The step, 1 to 5, of a scale in words; 0 when it is none. */
int voc_names_label(const VocNames *names, VocSlice value);

/* A tool's own names. */
typedef struct VocPreset VocPreset;

/* The preset whose signs are all among the columns, the one with most signs; NULL when none fits. */
const VocPreset *voc_names_find_preset(const VocNames *names, const char *const *folded, gsize n);

const char *voc_preset_tool(const VocPreset *preset);
const char *voc_preset_channel(const VocPreset *preset); /* NULL when it says none */

/* The role that the preset gives to a column; FALSE when it says nothing of it. */
gboolean voc_preset_role(const VocPreset *preset, const char *folded, VocRole *role);
gboolean voc_preset_scale(const VocPreset *preset, VocRole role, VocScale *scale);

/* Whether a cell of the row behind the header says what kind of answer stands below it. */
gboolean voc_preset_is_subheader(const VocPreset *preset, const char *folded);

/* Tools with presets, for --list: call with 0, 1 … until NULL. */
const char *voc_names_tool(const VocNames *names, gsize i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocNames, voc_names_free)

G_END_DECLS

#endif
