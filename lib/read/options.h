/* What a user says of the exports to be read. */
#ifndef VOC_READ_OPTIONS_H
#define VOC_READ_OPTIONS_H

#include <glib.h>

G_BEGIN_DECLS

/* Filled by the command line; zeroed means that everything is found out. All strings are the caller's. */
typedef struct VocReadOptions {
    char *format;    /* a format's name; NULL: told from the content */
    char **map;      /* "FIELD=COLUMN[,FIELD=COLUMN...]", NULL-terminated or NULL */
    char **scale;    /* "RATING=WORST..BEST" */
    char *delimiter; /* one character, "tab" or "none" */
    char *quote;     /* one character or "none" */
    char *charset;
    char *date_order; /* "dmy", "mdy", "ymd" */
    char *timezone;
    char *channel;
    char **agent;       /* names under which the company's own people speak, NULL-terminated or NULL */
    char **own;         /* addresses (a@b.fi) and domains (@b.fi) of the company, NULL-terminated or NULL */
    gboolean no_header; /* the first row is a message */
} VocReadOptions;

G_END_DECLS

#endif
