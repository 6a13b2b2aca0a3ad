/* Shell completion, made from the option tables themselves. */
#ifndef VOC_CMD_COMPLETION_H
#define VOC_CMD_COMPLETION_H

#include <glib.h>

/* The completion script for "bash", "zsh" or "fish"; NULL for any other shell. Free it. */
char *voc_completion(const char *shell);

#endif
