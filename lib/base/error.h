/* Errors that cross a room's door: one GError domain for the whole house. */
#ifndef VOC_BASE_ERROR_H
#define VOC_BASE_ERROR_H

#include <glib.h>

G_BEGIN_DECLS

#define VOC_ERROR (voc_error_quark())

/* What a caller may want to tell apart; the message says the rest. */
typedef enum {
    VOC_ERROR_INPUT,  /* bad input: rejected, the rest goes on (exit 1) */
    VOC_ERROR_USAGE,  /* a bad option or argument (exit 2) */
    VOC_ERROR_FATAL,  /* cannot continue: disk full, a lexicon missing (exit 3) */
    VOC_ERROR_CLOSED, /* the reader of our output has gone: end quietly */
    VOC_ERROR_BUSY,   /* another process is at the same work (exit 4) */
} VocErrorCode;

/* What every program of the family exits with. */
typedef enum {
    VOC_EXIT_OK = 0,
    VOC_EXIT_REJECTED = 1, /* some input was rejected or unreadable */
    VOC_EXIT_USAGE = 2,
    VOC_EXIT_FATAL = 3,
    VOC_EXIT_BUSY = 4,
} VocExit;

GQuark voc_error_quark(void);

G_END_DECLS

#endif
