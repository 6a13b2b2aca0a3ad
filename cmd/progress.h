/* Bytes, rate and time left on stderr, once a second, while a filter reads. */
#ifndef VOC_CMD_PROGRESS_H
#define VOC_CMD_PROGRESS_H

#include "filter.h"

G_BEGIN_DECLS

/* Asked on a thread of its own: raw bytes taken so far and how many there are (0: unknown). */
typedef void (*VocPosition)(void *data, guint64 *taken, guint64 *size);

/* Shows nothing when stderr is no terminal (unless --progress), with --quiet, or within the first second. */
void voc_progress_start(const VocProgram *program, VocLines *lines);
void voc_progress_start_with(const VocProgram *program, VocPosition position, void *data);
void voc_progress_stop(void);

/* Wipes the line before a message is written over it. */
void voc_progress_hide(void);

G_END_DECLS

#endif
