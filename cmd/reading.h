/* Exports as a source of records: the options of voc read, for every program that takes exports. */
#ifndef VOC_CMD_READING_H
#define VOC_CMD_READING_H

#include "filter.h"
#include "read/reader.h"

G_BEGIN_DECLS

/* Adds the options, which point into `options` (zeroed before). */
void voc_reading_options(VocReadOptions *options, GArray *entries);

/* Frees what the options put there. */
void voc_reading_options_clear(VocReadOptions *options);

/* A reader of the operands (NULL-terminated; none: stdin) whose notes go to the program's messages. */
VocReader *voc_reading_open(VocProgram *program, const VocReadOptions *options, char **operands,
                            GError **error);

/* Its records, for voc_program_run and voc_program_collect; the reader must outlive the run. */
VocSource voc_reading_source(VocReader *reader);

/* Shows how far it is; voc_progress_stop ends it. */
void voc_reading_progress(const VocProgram *program, VocReader *reader);

G_END_DECLS

#endif
