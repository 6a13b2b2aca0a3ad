/* voc.conf: what voc weekly and voc watch read, keep and write. See voc-weekly(1). */
#ifndef VOC_CMD_CONFIG_H
#define VOC_CMD_CONFIG_H

#include "base/calendar.h"
#include "filter.h"
#include "page.h"
#include "read/options.h"

G_BEGIN_DECLS

/* Where messages come from: files, globs and folders (a Maildir is one) that are read in the same way. */
typedef struct VocConfigSource {
    char *name;
    char **paths; /* absolute; may be globs */
    VocReadOptions read;
} VocConfigSource;

typedef struct VocConfig {
    char *path, *folder; /* the file, absolute, and where it lies: what its paths are relative to */
    const char *lang;    /* "fi" or "en" */
    VocPeriodKind kind;
    int baseline, weeks, jobs;
    gboolean redact, update;
    char *store, *themes, *actions, *reports; /* absolute; actions may be NULL */
    gboolean pages[VOC_N_PAGES];
    char *key;                  /* absolute: the key of pseudonyms, or NULL */
    char *from, *to, *sendmail; /* NULL where the file does not say */
    GPtrArray *sources;         /* VocConfigSource, in the file's order */
} VocConfig;

/* NULL and VOC_ERROR_USAGE, naming what is wrong, when the file cannot be read or says what voc does not
 * know. */
VocConfig *voc_config_read(const char *path, GError **error);
void voc_config_free(VocConfig *config); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocConfig, voc_config_free)

G_END_DECLS

#endif
