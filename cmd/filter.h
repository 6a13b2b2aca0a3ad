/* What every program of the family shares: its options, messages, exit codes, and the loop over records.
 *
 * A filter is a VocFilter in cmd/voc-NAME.c, named voc_filter_NAME with - written as _. The build makes a
 * program of each such file, and puts those that have a stage at the disposal of voc run. */
#ifndef VOC_CMD_FILTER_H
#define VOC_CMD_FILTER_H

#include <glib/gi18n.h>

#include "io/output.h"
#include "stage/runner.h"

G_BEGIN_DECLS

/* What the shared options say, and where the program's words go. */
typedef struct VocProgram {
    const char *name; /* voc-NAME, for messages */
    VocContext *context;
    VocOutput *out;     /* stdout */
    VocOutput *rejects; /* --rejects, or NULL */
    gboolean quiet;
    gboolean line_buffered;
    gboolean progress;
    gboolean packed;   /* -z */
    gboolean terminal; /* stdout is one, and sees what is written */
    guint n_rejected;  /* bad records and unreadable files so far: exit 1 */
} VocProgram;

typedef struct VocFilter VocFilter;
struct VocFilter {
    const char *name;
    const char *summary;  /* one line, translatable (N_) */
    const char *operands; /* for the usage line; NULL: [FILE...] of records */
    gsize settings_size;  /* of the struct that the options fill, zeroed before */

    /* The filter's own options: adds GOptionEntries that point into `settings` to the (zero-terminated)
     * array. */
    void (*options)(void *settings, GArray *entries);

    /* How many of the operands, from the first, are the filter's own and no files: it keeps what it needs of
     * them. Called after the options; -1 and an error (VOC_ERROR_USAGE) when they will not do. NULL: all are
     * files. */
    int (*take)(void *settings, char **operands, GError **error);

    /* A streaming filter: makes its stage. NULL and an error (VOC_ERROR_USAGE for bad options) on failure. */
    VocStage *(*stage)(void *settings, VocContext *context, GError **error);

    /* Any other filter: works on `operands` (NULL-terminated), writes to program->out; FALSE and an error
     * when it cannot go on. */
    gboolean (*run)(VocProgram *program, void *settings, char **operands, GError **error);

    /* Frees what the options put into the settings; may be NULL. */
    void (*clear)(void *settings);
};

/* The program: parses options, runs the filter, tells what was wrong. Returns the exit code. */
int voc_filter_main(const VocFilter *filter, int argc, char **argv);

/* All filters of the family, NULL-terminated, in alphabetical order (made by the build), and the one of that
 * name. */
extern const VocFilter *const voc_filters[];
const VocFilter *voc_filter_find(const char *name);

/* Makes a stage from its name and arguments as voc run writes them ("score --lexicon my.tsv"). NULL and an
 * error (VOC_ERROR_USAGE) on failure. */
VocStage *voc_filter_stage(const char *command, VocContext *context, GError **error);

/* Runs the records of `paths` through `stages` to program->out, bad ones to the rejects. For filters that are
 * more than a stage. */
gboolean voc_program_run(VocProgram *program, VocSource source, VocStage *const *stages, guint n_stages,
                         guint threads, GError **error);

/* What a streaming filter does by itself: the records of the files `paths` through one stage, on one thread.
 */
gboolean voc_program_stream(VocProgram *program, VocStage *stage, char **paths, GError **error);

/* The records of the files `paths` through a stage that gathers something from them, on one thread; they are
 * not written. */
gboolean voc_program_gather(VocProgram *program, VocStage *stage, const char *const *paths, GError **error);

/* voc_program_run to a sink that takes the records themselves. */
gboolean voc_program_collect(VocProgram *program, VocSource source, VocStage *const *stages, guint n_stages,
                             guint threads,
                             gboolean (*records)(void *data, VocRecord *records, guint n, GError **error),
                             void *data, GError **error);

/* Reports bad input: "voc-NAME: file:line: reason" on stderr unless --quiet, `raw` to --rejects. `line` 0:
 * the file itself. FALSE when the rejects cannot be written. */
gboolean voc_program_reject(VocProgram *program, const char *file, guint64 line, const char *reason,
                            VocSlice raw, GError **error);

/* Says something on stderr unless --quiet: "voc-NAME: ...". */
void voc_program_say(VocProgram *program, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Adds an option to the array that VocFilter.options gets. */
static inline void
voc_option(GArray *entries, const char *name, char letter, GOptionArg arg, void *data, const char *help,
           const char *value)
{
    GOptionEntry entry = {name, letter, 0, arg, data, help, value};
    g_array_append_val(entries, entry);
}

/* An option's number; `other` when it was not given. FALSE and an error when it is none. */
gboolean voc_option_number(const char *given, const char *option, double other, double *number,
                           GError **error);

/* The folder that holds `lexicons` and `data`: $VOC_DATADIR, or share/voc beside the program's own folder.
 * Free it. */
char *voc_data_dir(void);

G_END_DECLS

#endif
