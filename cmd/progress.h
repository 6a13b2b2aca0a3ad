/* Bytes, rate and time left on stderr, once a second, while a filter reads. */
#ifndef VOC_CMD_PROGRESS_H
#define VOC_CMD_PROGRESS_H

#include "filter.h"

G_BEGIN_DECLS

/* Shows nothing when stderr is no terminal (unless --progress), with --quiet, or within the first second. */
void voc_progress_start(const VocProgram *program, VocLines *lines);
void voc_progress_stop(void);

/* Wipes the line before a message is written over it. */
void voc_progress_hide(void);

G_END_DECLS

#endif
