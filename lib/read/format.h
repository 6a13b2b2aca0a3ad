/* What an export format is, and what it gets to work with. A new format is a file in lib/read that defines
 * one VocFormat, and a line in registry.c. */
#ifndef VOC_READ_FORMAT_H
#define VOC_READ_FORMAT_H

#include "io/json.h"
#include "read/dates.h"
#include "read/export.h"
#include "read/identity.h"
#include "read/line-split.h"
#include "read/message.h"
#include "read/names.h"
#include "read/options.h"

G_BEGIN_DECLS

/* One export being read. */
typedef struct VocReading {
    VocExport *export;
    gboolean found; /* in a folder: files beside it are part of what is read */
    const VocReadOptions *options;
    const VocNames *names;
    const char *data_dir; /* the folder that holds columns.tsv and its like */
    VocZone *zone;
    VocIdentity *identity;
    VocJsonReader *json;
    VocBuffer *out;     /* records go here, a line each */
    GHashTable *memory; /* the reader's: see voc_reading_memory */
    GArray *rejects;    /* the reader's: see voc_reading_reject */
    void (*note)(gpointer data, const char *text);
    gpointer note_data;
} VocReading;

/* Rejects a piece of the export: `line` is where it begins (0: the whole file), `raw` what goes to --rejects
 * (copied). */
void voc_reading_reject(VocReading *reading, guint64 line, VocSlice raw, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* More of what was rejected last, byte for byte: for what is too long to be held. The first call of a series
 * that comes in pieces has an empty `raw`. */
void voc_reading_reject_more(VocReading *reading, VocSlice raw);

/* Rejects a line that is too long, piece by piece. */
void voc_reading_reject_line(VocReading *reading, const VocTextLine *line);

/* Tells the user something about the export that costs no message. */
void voc_reading_note(VocReading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* What a format keeps over all exports of a reader (conversations that go over files), made by `make` when it
 * is first asked for; the reader frees it. */
gpointer voc_reading_memory(VocReading *reading, const char *key, gpointer (*make)(void),
                            GDestroyNotify destroy);

/* How sure a probe is. */
enum {
    VOC_PROBE_NO = 0,
    VOC_PROBE_PERHAPS = 20, /* nothing speaks against it */
    VOC_PROBE_LIKELY = 60,
    VOC_PROBE_SURE = 90, /* no other format looks so */
};

typedef struct VocFormat {
    const char *name;       /* for --format */
    const char *summary;    /* what it is, one line */
    const char *recognised; /* by what, one line */

    /* How sure it is that `export`, the beginning of which reads `text`, is of this format; `*why` (static)
     * is a clause for --explain. */
    int (*probe)(VocExport *export, VocSlice text, const char **why);

    /* Looks at the beginning and decides how to read. NULL and an error when it cannot: the file is rejected.
     */
    gpointer (*open)(VocReading *reading, GError **error);

    /* Reads on, about a hundred kilobytes at a time: adds to reading->out, rejects what is bad. FALSE at the
     * end, and on an error, which rejects the rest of the file. */
    gboolean (*step)(gpointer state, VocReading *reading, GError **error);

    /* Says in lines for people what was recognised, why, and how to have it otherwise. */
    void (*explain)(gpointer state, VocReading *reading, VocBuffer *out);

    void (*close)(gpointer state);
} VocFormat;

/* All of them, NULL-terminated, and the one of that name. */
extern const VocFormat *const voc_formats[];
const VocFormat *voc_format_find(const char *name);

/* The format that is surest; NULL when none is. */
const VocFormat *voc_format_probe(VocExport *export, int *confidence, const char **why);

G_END_DECLS

#endif
