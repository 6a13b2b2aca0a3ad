/* The options that every program shares, and how each program's own are told to people and to shells. */
#ifndef VOC_CMD_OPTIONS_H
#define VOC_CMD_OPTIONS_H

#include "filter.h"

G_BEGIN_DECLS

typedef struct VocShared {
    char *rejects;
    char *morphology;
    gboolean quiet, line_buffered, progress, packed;
    gboolean version, list;
    gboolean done; /* --help, --version or the like has been answered in `answer` */
    char *answer;
    char **operands; /* NULL-terminated */
} VocShared;

/* Parses the command line. FALSE and an error (VOC_ERROR_USAGE) on bad options. */
gboolean voc_options_parse(const VocFilter *filter, void *settings, VocShared *shared, int argc, char **argv,
                           GError **error);

/* Parses the arguments of a stage inside voc run: its own options alone. */
gboolean voc_options_parse_stage(const VocFilter *filter, void *settings, char **words, GError **error);

/* The filter's own options and the shared ones, hidden ones left out, as a zero-terminated array; they point
 * into `settings` and `shared`. */
GArray *voc_options_entries(const VocFilter *filter, void *settings, VocShared *shared);

/* Prints the answer; the exit code. */
int voc_options_exit(const VocShared *shared);

void voc_options_clear(VocShared *shared);

/* Finds the translations beside the program. */
void voc_bind_translations(void);

G_END_DECLS

#endif
