/* What the parts of voc watch share: messages of the last days, counted by theme, and how they are shown. */
#ifndef VOC_CMD_WATCH_H
#define VOC_CMD_WATCH_H

#include "report/facts.h"
#include "report/phrase.h"
#include "weekly.h"

G_BEGIN_DECLS

#define VOC_WATCH_DAYS 14 /* in a sparkline */

typedef enum {
    VOC_WATCH_BY_NUMBER,
    VOC_WATCH_BY_NEGATIVE,
    VOC_WATCH_BY_CHANGE,
    VOC_WATCH_BY_NAME,
    VOC_N_WATCH_SORTS
} VocWatchSort;

typedef struct VocWatchRow {
    VocName theme; /* 0: messages without a theme */
    guint now, before, scored, negative;
    double feeling; /* sum of the segments' sentiment */
    guint history[VOC_WATCH_DAYS];
} VocWatchRow;

typedef struct VocWatch {
    VocWeekly weekly; /* its sources, themes and store; nothing is kept by watching */
    GPtrArray *stages;
    VocFacts *facts;
    GHashTable *ids; /* of messages that are there */
    gint64 last_key; /* of the store */
    guint arrived;   /* messages since the beginning */
    guint problems;  /* exports with something wrong */
    int days;        /* in the window */

    gint32 last_day;
    int last_second; /* of the newest message */
    VocWatchRow total;
    GArray *rows;   /* VocWatchRow, sorted */
    GArray *latest; /* gsize: rows of facts in the window, newest first */

    VocPhrase phrase;
    VocWatchSort sort;
    GString *filter;
    gboolean typing; /* the filter is being typed */
    guint selected;  /* among the rows shown */
    VocName open;    /* the theme whose quotes are shown */
    gboolean is_open;
    guint scroll; /* first quote shown */
    gboolean colour;
    int width, height;
} VocWatch;

/* watch-model.c: reads what the store holds of the last days; then what has come since, from store and
 * sources. */
gboolean voc_watch_start(VocWatch *watch, GError **error);
gboolean voc_watch_poll(VocWatch *watch, gboolean *changed, GError **error);
void voc_watch_count(VocWatch *watch); /* rows and totals, by sort and filter */
void voc_watch_clear(VocWatch *watch);

/* The theme's name in the language in use; "no theme" for 0. */
const char *voc_watch_name(VocWatch *watch, VocName theme);

/* watch-view.c: adds the screen's lines, `height` of them at most, each with a newline. */
void voc_watch_draw(VocWatch *watch, VocBuffer *out);

/* What a key does; FALSE when it ends the program. */
gboolean voc_watch_key(VocWatch *watch, const char *key);

G_END_DECLS

#endif
